import type { JsonObject } from '../../call/json.ts';
import { all, either, filledListOf, listOf, mapOf, object, someOf, terms, word } from './terms.ts';

/** Form of a webhook contract. */
export function webhookForm(): JsonObject {
  const { amount, flag, header, name, period, pointer, scalar, status, text } = terms();
  const place = either(object({ header }), object({ pointer }), object({ query: name }), object({ form: name }));
  const unit = word('seconds ms iso');
  const keySource = either(
    object({ secretField: name }, { encoding: word('utf-8 base64 hex'), prefix: name, prefixOptional: flag }),
    object({ keySetUrl: name, format: word('jwks tink') }, { maxAgeMs: period }),
  );
  const proofs = [
    object(
      {
        scheme: word('signature'),
        algorithm: word('hmac-sha1 hmac-sha256 hmac-sha512 ed25519 ecdsa-p256-sha256'),
        signature: object(
          { header: someOf(header), encoding: word('hex base64 base64url') },
          { prefix: name, prefixOptional: flag, items: object(all('separator assign name', name)) },
        ),
        signed: name,
        key: keySource,
      },
      {
        timestamp: object(
          { from: either(place, object({ item: name })), unit },
          all('toleranceMs futureToleranceMs', amount),
        ),
        token: object({ from: place, secretField: name }, { prefix: text }),
        bodyDigest: object(
          { from: place, algorithm: word('sha256'), encoding: word('hex base64') },
          { optional: flag },
        ),
      },
    ),
    object({ scheme: word('token'), from: place, secretField: name }, { prefix: text }),
    object({ scheme: word('basic'), ...all('usernameField passwordField', name) }),
    object(
      { scheme: word('jwt'), algorithm: word('RS256 ES256 HS256'), key: keySource },
      { header, issuer: someOf(name), audienceField: name, claimFields: mapOf(name), claims: mapOf(scalar) },
    ),
    object({ scheme: word('none'), reason: name }),
  ];
  const secret = object({ value: place, secretField: name });
  const handshake = object(
    {
      method: word('GET POST'),
      when: filledListOf(object({ value: place }, { equals: text })),
      answer: object({}, { ...all('status refusedStatus', status), echo: place, echoAs: name }),
    },
    { token: secret, signed: flag, keep: secret },
  );
  return object(
    { verification: either(...proofs, filledListOf(either(...proofs))) },
    {
      key: name,
      handshakes: listOf(handshake),
      ...all('eventId eventType', filledListOf(place)),
      occurredAt: object({ value: place, unit }),
      ack: object({ status }, { withinMs: period }),
      registrationSupported: flag,
    },
  );
}
