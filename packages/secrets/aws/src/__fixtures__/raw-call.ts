import { onTestFinished } from 'vitest';
import { type AwsSecretsServer, type AwsSecretsServerOptions, startAwsSecretsServer } from '../testing/index.ts';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Readonly<Record<string, unknown>>;
}

/** A server that ends with the test. */
export async function startServer(options: AwsSecretsServerOptions = {}): Promise<AwsSecretsServer> {
  const server = await startAwsSecretsServer(options);
  onTestFinished(async () => server.close());
  return server;
}

/** Headers as a client sends them, written down from the vendor's documentation; the signature is of the right form. */
export function rawHeaders(operation: string, region = 'us-east-1'): Record<string, string> {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${region}/secretsmanager/aws4_request`;
  return {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `secretsmanager.${operation}`,
    'x-amz-date': time,
    authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/${scope}, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=${'0'.repeat(64)}`,
  };
}

/** One request without any SDK. */
export async function rawCall(
  server: AwsSecretsServer,
  operation: string,
  body: unknown,
  { headers = {}, region }: { headers?: Record<string, string | undefined>; region?: string } = {},
): Promise<RawAnswer> {
  const merged = Object.entries({ ...rawHeaders(operation, region), ...headers });
  const response = await fetch(`${server.url}/`, {
    method: 'POST',
    headers: Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== undefined)),
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  const json = typeof answer === 'object' && answer !== null ? Object.fromEntries(Object.entries(answer)) : {};
  return { status: response.status, headers: response.headers, json };
}
