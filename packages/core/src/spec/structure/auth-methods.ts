import type { JsonObject } from '../../call/json.ts';
import { all, either, listOf, mapOf, object, terms, word } from './terms.ts';

/** Form of an auth method. */
export function authMethodForm(): JsonObject {
  const { amount, flag, name, period, pointer, signing, text } = terms();
  return either(
    object({ type: word('api-key') }, { ...all('headerName queryParam secretField', name), prefix: text }),
    object(
      {
        type: word('oauth2'),
        grantType: word('authorization_code client_credentials refresh_token device_code'),
        tokenUrl: name,
        scopes: listOf(name),
      },
      {
        ...all('authorizationUrl revocationUrl introspectionUrl deviceAuthorizationUrl', name),
        pkce: flag,
        clientAuthentication: word('post basic none private_key_jwt'),
        bodyFormat: word('form json'),
        ...all('scopeSeparator scopeParam', name),
        ...all('authorizationParams tokenParams', mapOf(text)),
        tokenResponse: object(
          {},
          {
            ...all('accessToken refreshToken expiresIn scope okPointer', pointer),
            expiresAt: object({ pointer, format: word('iso epoch-seconds epoch-ms') }),
            defaultTokenType: name,
            defaultExpiresInSeconds: period,
          },
        ),
        refresh: object(
          {},
          { rotation: word('rotating reusable'), reuseIntervalMs: amount, idleLifetimeMs: period, sendScope: flag },
        ),
        ...all('clientIdField clientSecretField tokenField refreshTokenField privateKeyField headerName', name),
        prefix: text,
      },
    ),
    object({ type: word('bearer') }, { tokenField: name }),
    object({ type: word('header'), headerName: name }, { valuePrefix: text, secretField: name }),
    object({ type: word('basic') }, all('usernameField passwordField', name)),
    object(
      { type: word('webhook-signing'), algorithm: signing, signatureHeader: name },
      { ...all('timestampHeader secretField', name), toleranceMs: amount },
    ),
    object(
      { type: word('service-account'), credentialFormat: word('json-key pem p12') },
      {
        ...all('credentialField tokenUrl audience issuerField subjectField', name),
        grant: word('jwt-bearer app-jwt'),
        scopes: listOf(name),
        assertionLifetimeSeconds: period,
      },
    ),
    object({ type: word('path-token'), tokenField: name }),
  );
}
