import { mintServiceAccountToken, OAuthClient, requestCredentials, type RequestCredentials } from '@mortise/auth';
import type { IntegrationAuthConfig, IntegrationSpec, OAuth2AuthConfig, ServiceAccountAuthConfig } from '@mortise/core';

/** What was asked of a token endpoint. */
export interface TokenRequest {
  readonly url: string;
  readonly form: URLSearchParams;
}

const TOKEN = 'token-of-the-endpoint';

/**
 * The credentials of a request by one method of a spec, made from the spec's own example. Tokens are fetched as in earnest, from
 * an endpoint that answers every request.
 */
export async function credentialsOf(
  spec: IntegrationSpec,
  method: IntegrationAuthConfig,
): Promise<{ credentials: RequestCredentials; asked: TokenRequest[] }> {
  const asked: TokenRequest[] = [];
  const fields = { config: { ...spec.configSchema.example }, secrets: textsOf(spec.secretSchema.example) };
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    asked.push({ url: url, form: new URLSearchParams(await new Response(init.body).text()) });
    return Response.json({ access_token: TOKEN, token_type: 'Bearer', expires_in: 3600 });
  };
  if (method.type === 'oauth2') {
    const client = new OAuthClient(method satisfies OAuth2AuthConfig, { ...fields, fetch });
    const token = await client.refresh({
      accessToken: '',
      tokenType: 'Bearer',
      refreshToken: fields.secrets['refreshToken'] ?? '',
    });
    return { credentials: requestCredentials(method, { ...fields, token }), asked };
  }
  if (method.type === 'service-account') {
    const secrets = { ...fields.secrets, ...(await keyMaterial(method)) };
    const token = await mintServiceAccountToken(method, { ...fields, secrets, fetch });
    return { credentials: requestCredentials(method, { ...fields, token }), asked };
  }
  return { credentials: requestCredentials(method, fields), asked };
}

/** A key that signs, in place of the example's, under the names that the method reads. */
async function keyMaterial(method: ServiceAccountAuthConfig): Promise<Record<string, string>> {
  const pem = await privateKey();
  const file = { type: 'service_account', client_email: 'robot@example.com', private_key: pem };
  if (method.credentialFormat === 'pem') return { [method.credentialField ?? 'privateKey']: pem };
  return method.credentialField === undefined ? file : { [method.credentialField]: JSON.stringify(file) };
}

async function privateKey(): Promise<string> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: 'SHA-256',
  };
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const bytes = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  return `-----BEGIN PRIVATE KEY-----\n${btoa(String.fromCodePoint(...bytes))}\n-----END PRIVATE KEY-----\n`;
}

function textsOf(example: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(example).map(([name, value]) => [name, String(value)]));
}
