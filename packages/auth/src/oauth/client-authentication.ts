import type { OAuth2AuthConfig } from '@mortise/core';
import { type ClientAuth, ClientSecretPost, modifyAssertion, None, PrivateKeyJwt } from 'oauth4webapi';
import { type AuthFields, readField, requireField } from '../credentials/auth-fields.ts';
import { toBase64 } from '../encoding/base64.ts';
import { OAuthError } from '../errors/oauth-error.ts';
import { importPrivateKey, type PrivateCryptoKey } from '../service-account/private-key.ts';

/** How a client proves itself, and what of it must not be shown. */
export interface ClientIdentity {
  readonly clientId: string;
  readonly secrets: readonly string[];
  authentication(): Promise<ClientAuth>;
}

/**
 * The client that the connection's fields name.
 *
 * @param audience What a signed assertion is addressed to: the server's issuer, or its token endpoint.
 * @throws {AuthError} `MISSING_FIELD`
 */
export function clientIdentity(method: OAuth2AuthConfig, fields: AuthFields, audience: string): ClientIdentity {
  const clientId = requireField(fields, [method.clientIdField ?? 'clientId'], 'config or secret').value;
  switch (method.clientAuthentication ?? defaultAuthentication(method, fields)) {
    case 'none':
      return { clientId, secrets: [], authentication: async () => None() };
    case 'post': {
      const secret = clientSecret(method, fields);
      return { clientId, secrets: [secret], authentication: async () => ClientSecretPost(secret) };
    }
    case 'basic': {
      const secret = clientSecret(method, fields);
      return { clientId, secrets: [secret], authentication: async () => secretInHeader(secret) };
    }
    case 'private_key_jwt':
      return keyIdentity(clientId, requireField(fields, [method.privateKeyField ?? 'privateKey']).value, {
        audience,
        keyId: readField(fields, 'privateKeyId', 'config or secret'),
      });
    default:
      throw new OAuthError({ code: 'UNSUPPORTED', message: 'The auth method names no known client authentication' });
  }
}

/** A client without a secret is a public one, which PKCE protects; unless the spec says how it authenticates. */
function defaultAuthentication(method: OAuth2AuthConfig, fields: AuthFields): 'post' | 'none' {
  const isPublic =
    method.grantType !== 'client_credentials' &&
    method.clientSecretField === undefined &&
    method.pkce === true &&
    readField(fields, 'clientSecret') === undefined;
  return isPublic ? 'none' : 'post';
}

function clientSecret(method: OAuth2AuthConfig, fields: AuthFields): string {
  return requireField(fields, [method.clientSecretField ?? 'clientSecret']).value;
}

/**
 * Encoded as forms are (RFC 6749, appendix B), which leaves `-`, `.`, `_` as they are: vendors that do not decode then
 * understand the usual ids and secrets too.
 */
function secretInHeader(secret: string): ClientAuth {
  return (_server, client, _body, headers) => {
    headers.set('authorization', `Basic ${toBase64(`${formEncode(client.client_id)}:${formEncode(secret)}`)}`);
  };
}

function formEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

function keyIdentity(
  clientId: string,
  pem: string,
  { audience, keyId }: { readonly audience: string; readonly keyId: string | undefined },
): ClientIdentity {
  let key: Promise<PrivateCryptoKey> | undefined;
  return {
    clientId,
    secrets: [pem],
    authentication: async () => {
      key ??= importPrivateKey(pem).then(({ key: imported }) => imported);
      return PrivateKeyJwt(keyId === undefined ? await key : { key: await key, kid: keyId }, {
        [modifyAssertion]: (_header, payload) => {
          payload['aud'] = audience;
        },
      });
    },
  };
}
