import type { JsonObject } from '../../call/json.ts';
import type { requestForms } from './requests.ts';
import { all, either, listOf, mapOf, object, terms, word } from './terms.ts';

/** Form of a transport. */
export function transportForm({ resetFormat, rest }: ReturnType<typeof requestForms>): JsonObject {
  const { amount, flag, name, period, signing, text, versionText } = terms();
  return either(
    object(
      { type: word('rest') },
      {
        baseUrl: name,
        defaultHeaders: mapOf(text),
        apiVersionHeader: name,
        rateLimitHeaders: object({ remaining: name, reset: name }, { limit: name, resetFormat }),
        acceptContentTypes: listOf(name),
        ...rest,
      },
    ),
    object(
      { type: word('mcp'), transport: word('stdio http sse') },
      { ...all('url command', name), args: listOf(text), toolPrefix: text },
    ),
    object(
      { type: word('webhook') },
      {
        inbound: object({ signatureHeader: name, signingAlgorithm: signing }, { registrationSupported: flag }),
        outbound: object({ deliveryRetries: amount, timeoutMs: period }),
      },
    ),
    object(
      { type: word('sdk'), packageName: name },
      { minVersion: versionText, runtime: word('node browser universal') },
    ),
  );
}
