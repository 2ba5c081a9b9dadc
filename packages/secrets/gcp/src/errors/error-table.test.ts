import type { SecretProviderErrorCode } from '@mortise/secrets';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../__fixtures__/refusal-of.ts';
import { connect, startServer, TRANSPORTS } from '../__fixtures__/start.ts';
import type { GcpFault } from '../testing/index.ts';
import { GcpCallError } from './gcp-call-error.ts';
import type { RpcStatus } from './rpc-status.ts';

type Row = readonly [status: RpcStatus, message: string, code: SecretProviderErrorCode, retryable: boolean];

/** What comes back from a read. */
const READ_ROWS: readonly Row[] = [
  ['NOT_FOUND', 'Secret [projects/1/secrets/s] not found or has no versions.', 'NOT_FOUND', false],
  ['PERMISSION_DENIED', "Permission 'secretmanager.versions.access' denied", 'FORBIDDEN', false],
  ['UNAUTHENTICATED', 'Request had invalid authentication credentials.', 'UNAUTHENTICATED', false],
  [
    'FAILED_PRECONDITION',
    'Secret Version [projects/1/secrets/s/versions/2] is in DISABLED state.',
    'VERSION_DISABLED',
    false,
  ],
  [
    'FAILED_PRECONDITION',
    'Secret Version [projects/1/secrets/s/versions/2] is in DESTROYED state.',
    'VERSION_DISABLED',
    false,
  ],
  ['FAILED_PRECONDITION', 'Words that nobody has seen before.', 'VERSION_DISABLED', false],
  [
    'FAILED_PRECONDITION',
    'Cloud KMS CryptoKeyVersion k is not enabled, current state is: DISABLED.',
    'FORBIDDEN',
    false,
  ],
  ['INVALID_ARGUMENT', 'Invalid resource field value in the request.', 'INVALID', false],
  ['OUT_OF_RANGE', 'Out of range.', 'INVALID', false],
  ['ALREADY_EXISTS', 'Already exists.', 'CONFLICT', false],
  ['ABORTED', 'Concurrent changes.', 'CONFLICT', false],
  ['RESOURCE_EXHAUSTED', "Quota exceeded for quota metric 'Access requests'", 'THROTTLED', true],
  ['UNAVAILABLE', 'The service is currently unavailable.', 'UNAVAILABLE', true],
  ['INTERNAL', 'Internal error encountered.', 'UNAVAILABLE', true],
  ['DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.', 'TIMEOUT', true],
  ['CANCELLED', 'The operation was cancelled.', 'TIMEOUT', true],
  ['UNKNOWN', 'Stream removed.', 'UNKNOWN', false],
  ['UNIMPLEMENTED', 'Method not found.', 'UNSUPPORTED', false],
  ['DATA_LOSS', 'Unrecoverable data loss.', 'INTEGRITY', true],
];

/** What comes back from adding a version. */
const WRITE_ROWS: readonly Row[] = [
  ['INVALID_ARGUMENT', 'The payload exceeds the maximum size of 65536 bytes.', 'TOO_LARGE', false],
  ['OUT_OF_RANGE', 'The payload must be at most 64 KiB.', 'TOO_LARGE', false],
  ['INVALID_ARGUMENT', 'The specified data_crc32c does not match the data of the payload.', 'INTEGRITY', true],
  ['INVALID_ARGUMENT', 'Field [payload] is required.', 'INVALID', false],
  ['FAILED_PRECONDITION', 'The etag provided in the request does not match.', 'CONFLICT', false],
  ['FAILED_PRECONDITION', 'The secret cannot take versions now.', 'INVALID', false],
  ['PERMISSION_DENIED', 'Permission denied.', 'FORBIDDEN', false],
  ['RESOURCE_EXHAUSTED', 'Quota exceeded.', 'THROTTLED', true],
];

describe.each(TRANSPORTS)('over %s', (transport) => {
  it.each(READ_ROWS)('a read that ends with %s, "%s", is %s', async (status, message, code, retryable) => {
    const server = await startServer();
    server.seed('s', 'value');
    // Twice, because damaged answers are asked for again.
    server.inject({ kind: 'status', status, message }, { times: 2 });
    const error = await refusalOf(connect(server, { transport }).getSecret('gcp://secrets/s'));
    expect(error).toMatchObject({ code, retryable, provider: 'gcp-secret-manager', reference: 'gcp://secrets/s' });
    expect(error.message).toContain(status);
    expect(error.message).not.toContain(message);
    expect(error.cause).toBeInstanceOf(GcpCallError);
    expect(error.cause).toMatchObject({ code: status, rpc: 'AccessSecretVersion' });
    expect(server.requests).toHaveLength(code === 'INTEGRITY' ? 2 : 1);
  });

  it.each(WRITE_ROWS)('a write that ends with %s, "%s", is %s', async (status, message, code, retryable) => {
    const server = await startServer();
    server.inject({ kind: 'status', status, message });
    const error = await refusalOf(connect(server, { transport }).setSecret('gcp://secrets/s', { data: 'x' }));
    expect(error).toMatchObject({ code, retryable });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['RESOURCE_EXHAUSTED', 1500, 1500],
    ['UNAVAILABLE', 250, 250],
    ['RESOURCE_EXHAUSTED', 864_000_000, 3_600_000],
    ['RESOURCE_EXHAUSTED', undefined, undefined],
  ] as const)('%s with RetryInfo of %s ms is retryable after %s', async (status, retryDelayMs, expected) => {
    const server = await startServer();
    server.inject({ kind: 'status', status, ...(retryDelayMs === undefined ? {} : { retryDelayMs }) });
    const error = await refusalOf(connect(server, { transport }).getSecret('gcp://secrets/s'));
    expect(error.retryAfterMs).toBe(expected);
  });

  it.each([
    ['SERVICE_DISABLED', 'not enabled in the project'],
    ['BILLING_DISABLED', 'billing account'],
    ['IAM_PERMISSION_DENIED', 'secretmanager.versions.access'],
  ])('PERMISSION_DENIED because of %s says what to do', async (reason, advice) => {
    const server = await startServer();
    server.inject({ kind: 'status', status: 'PERMISSION_DENIED', reason });
    const error = await refusalOf(connect(server, { transport }).getSecret('gcp://secrets/s'));
    expect(error.message).toContain(advice);
  });

  const reset: GcpFault = { kind: 'reset' };
  const truncated: GcpFault = { kind: 'truncate', afterBytes: 4 };
  it.each([
    ['a connection that breaks', reset, ['UNAVAILABLE']],
    ['an answer that breaks off', truncated, ['UNAVAILABLE']],
    ['a 502 of a proxy', { kind: 'http', status: 502, body: '<html>Bad gateway' }, ['UNAVAILABLE']],
    ['a 503 of a proxy', { kind: 'http', status: 503, body: '' }, ['UNAVAILABLE']],
    ['a 504 of a proxy', { kind: 'http', status: 504, body: '{"error":"late"}' }, ['UNAVAILABLE', 'TIMEOUT']],
    ['a 429 of a proxy', { kind: 'http', status: 429, body: 'slow down' }, ['THROTTLED', 'UNAVAILABLE']],
    ['a 401 of a proxy', { kind: 'http', status: 401, body: '<html>' }, ['UNAUTHENTICATED']],
    ['a 403 of a proxy', { kind: 'http', status: 403, body: '<html>' }, ['FORBIDDEN']],
    ['a 404 of a proxy, which is no secret that is absent', { kind: 'http', status: 404, body: '<html>' }, ['UNKNOWN']],
    ['a page to sign in', { kind: 'http', status: 200, body: '<html>' }, ['INTEGRITY', 'UNAVAILABLE']],
    ['a damaged answer', { kind: 'corrupt', part: 'answer' }, ['INTEGRITY']],
    ['a damaged payload', { kind: 'corrupt', part: 'payload' }, ['INTEGRITY']],
    ['a wrong checksum', { kind: 'corrupt', part: 'checksum' }, ['INTEGRITY']],
  ] as const satisfies readonly (readonly [string, GcpFault, readonly SecretProviderErrorCode[]])[])(
    '%s is told as it is',
    async (_, fault, codes) => {
      const server = await startServer();
      server.seed('s', 'value');
      server.inject(fault, { times: 2 });
      const error = await refusalOf(connect(server, { transport }).getSecret('gcp://secrets/s'));
      expect(codes).toContain(error.code);
    },
  );

  it('a server that is not there is UNAVAILABLE', async () => {
    const server = await startServer();
    const provider = connect(server, { transport });
    await server.close();
    expect(await refusalOf(provider.getSecret('gcp://secrets/s'))).toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
    });
  });
});
