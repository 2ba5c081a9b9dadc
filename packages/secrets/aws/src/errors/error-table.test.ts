import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { refusalOf } from '../__fixtures__/refusal-of.ts';
import { REFERENCE, setUp, type SetUp } from '../__fixtures__/set-up.ts';
import type { PlannedError } from '../testing/index.ts';

type Row = readonly [type: string, message: string, code: string, retry: 'never' | 'transient' | 'throttled'];

const ROWS: readonly Row[] = [
  ['ResourceNotFoundException', '', 'NOT_FOUND', 'never'],
  ['AccessDeniedException', '', 'FORBIDDEN', 'never'],
  ['AccessDenied', '', 'FORBIDDEN', 'never'],
  ['UnauthorizedOperation', '', 'FORBIDDEN', 'never'],
  ['NotAuthorized', '', 'FORBIDDEN', 'never'],
  ['OptInRequired', '', 'FORBIDDEN', 'never'],
  ['PublicPolicyException', '', 'FORBIDDEN', 'never'],
  ['UnrecognizedClientException', '', 'FORBIDDEN', 'never'],
  ['InvalidClientTokenIdException', '', 'FORBIDDEN', 'never'],
  ['InvalidClientTokenId', '', 'FORBIDDEN', 'never'],
  ['ExpiredTokenException', '', 'UNAUTHENTICATED', 'never'],
  ['InvalidSignatureException', '', 'UNAUTHENTICATED', 'never'],
  ['SignatureDoesNotMatch', '', 'UNAUTHENTICATED', 'never'],
  ['RequestExpired', '', 'UNAUTHENTICATED', 'never'],
  ['ExpiredToken', '', 'UNAUTHENTICATED', 'never'],
  ['MissingAuthenticationTokenException', '', 'UNAUTHENTICATED', 'never'],
  ['MissingAuthenticationToken', '', 'UNAUTHENTICATED', 'never'],
  ['IncompleteSignature', '', 'UNAUTHENTICATED', 'never'],
  ['IncompleteSignatureException', '', 'UNAUTHENTICATED', 'never'],
  [
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
    'PENDING_DELETION',
    'never',
  ],
  [
    'InvalidRequestException',
    "You can't create this secret because a secret with this name is already scheduled for deletion.",
    'PENDING_DELETION',
    'never',
  ],
  [
    'InvalidRequestException',
    "You tried to perform the operation on a secret that's currently marked deleted.",
    'PENDING_DELETION',
    'never',
  ],
  ['InvalidRequestException', 'The secret is managed by another service.', 'INVALID', 'never'],
  ['InvalidParameterException', '', 'INVALID', 'never'],
  ['InvalidNextTokenException', '', 'INVALID', 'never'],
  ['ValidationException', '', 'INVALID', 'never'],
  ['ValidationError', '', 'INVALID', 'never'],
  ['UnknownOperationException', '', 'INVALID', 'never'],
  ['SerializationException', '', 'INVALID', 'never'],
  ['MalformedPolicyDocumentException', '', 'INVALID', 'never'],
  ['ResourceExistsException', '', 'CONFLICT', 'never'],
  ['PreconditionNotMetException', '', 'CONFLICT', 'never'],
  ['LimitExceededException', 'The size of the secret value exceeds the limit.', 'TOO_LARGE', 'never'],
  ['LimitExceededException', 'You have too many secrets.', 'THROTTLED', 'never'],
  ['ThrottlingException', 'Rate exceeded', 'THROTTLED', 'throttled'],
  ['TooManyRequestsException', '', 'THROTTLED', 'throttled'],
  ['RequestLimitExceeded', '', 'THROTTLED', 'throttled'],
  ['Throttling', '', 'THROTTLED', 'throttled'],
  ['RequestThrottledException', '', 'THROTTLED', 'throttled'],
  ['SlowDown', '', 'THROTTLED', 'throttled'],
  ['DecryptionFailure', '', 'FORBIDDEN', 'never'],
  ['EncryptionFailure', '', 'FORBIDDEN', 'never'],
  ['InternalServiceError', '', 'UNAVAILABLE', 'transient'],
  ['InternalFailure', '', 'UNAVAILABLE', 'transient'],
  ['ServiceUnavailable', '', 'UNAVAILABLE', 'transient'],
  ['InternalServerError', '', 'UNAVAILABLE', 'transient'],
  ['ServiceUnavailableException', '', 'UNAVAILABLE', 'transient'],
  ['RequestTimeoutException', '', 'TIMEOUT', 'transient'],
  ['RequestTimeout', '', 'TIMEOUT', 'transient'],
  ['SomethingNewException', '', 'UNKNOWN', 'never'],
];

describe('what AWS answers with, on the wire', () => {
  it.each(ROWS)('%s (%s) is %s, retry %s', async (type, message, code, retry) => {
    const { server, provider, operations } = await setUp();
    server.failNext({ type, message });
    const error = await refusalOf(() => provider.getSecret(REFERENCE));
    const retryable = retry !== 'never';
    expect(error).toMatchObject({ code, retry, retryable, provider: 'aws-secrets-manager', reference: REFERENCE });
    expect(error.retryAfterMs).toBeUndefined();
    expect(error.message).toContain(REFERENCE);
    // The SDK itself repeats nothing.
    expect(operations()).toEqual(['GetSecretValue']);
  });

  // A request of every kind, since each has errors of its own in the SDK's model.
  it.each<[string, (setUp: SetUp) => Promise<unknown>]>([
    ['setSecret', async ({ provider }) => provider.setSecret(REFERENCE, { data: 'x' })],
    ['rotateSecret', async ({ provider }) => provider.rotateSecret(REFERENCE, { data: 'x' })],
    ['stageSecret', async ({ provider }) => provider.stageSecret(REFERENCE, { data: 'x' })],
    ['promoteSecret', async ({ provider }) => provider.promoteSecret(REFERENCE, 'v'.repeat(32))],
    ['deleteSecret', async ({ provider }) => provider.deleteSecret(REFERENCE)],
    ['restoreSecret', async ({ provider }) => provider.restoreSecret(REFERENCE)],
    ['the labels of a write', async ({ provider }) => provider.setSecret(REFERENCE, { data: 'x', labels: { a: 'b' } })],
  ])('means the same to %s, which asks once', async (_, call) => {
    const ready = await setUp();
    for (const [type, message, code, retry] of ROWS) {
      // To a write without a secret this is not an error but a reason to create it.
      if (code === 'NOT_FOUND') continue;
      ready.server.failNext({ type, message, headers: { 'retry-after': '3' } });
      const error = await refusalOf(async () => call(ready));
      expect([type, error.code, error.retry, error.retryAfterMs]).toEqual([type, code, retry, 3000]);
      expect(ready.operations()).toHaveLength(1);
    }
  });

  it.each<[string, Omit<PlannedError, 'type'>, string, string]>([
    ['status 500 of an error without a known name', { status: 500 }, 'UNAVAILABLE', 'transient'],
    ['status 502', { status: 502 }, 'UNAVAILABLE', 'transient'],
    ['status 503', { status: 503 }, 'UNAVAILABLE', 'transient'],
    ['status 504', { status: 504 }, 'TIMEOUT', 'transient'],
    ['status 408', { status: 408 }, 'TIMEOUT', 'transient'],
    ['status 429', { status: 429 }, 'THROTTLED', 'throttled'],
    ['status 401', { status: 401 }, 'UNAUTHENTICATED', 'never'],
    ['status 403', { status: 403 }, 'FORBIDDEN', 'never'],
    ['status 413', { status: 413 }, 'TOO_LARGE', 'never'],
    // A proxy's 404 says nothing about the secret.
    ['status 404', { status: 404 }, 'UNKNOWN', 'never'],
  ])('%s', async (_, planned, code, retry) => {
    const { server, provider } = await setUp();
    server.failNext({ type: 'Whatever', ...planned });
    expect(await refusalOf(() => provider.getSecret(REFERENCE))).toMatchObject({ code, retry });
  });

  it.each<[Record<string, string>, number]>([
    [{ 'retry-after': '7' }, 7000],
    [{ 'x-amz-retry-after': '250' }, 250],
    [{ 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 0],
    [{ 'retry-after': '0' }, 0],
  ])('reports the wait that %j asks for', async (headers, retryAfterMs) => {
    const { server, provider } = await setUp();
    server.failNext({ type: 'ThrottlingException', headers });
    const error = await refusalOf(() => provider.getSecret(REFERENCE));
    expect(error).toMatchObject({ code: 'THROTTLED', retry: 'throttled', retryAfterMs });
  });

  it.each(['soon', '', 'NaN'])('reports no wait where the answer asks for %j', async (retryAfter) => {
    const { server, provider } = await setUp();
    server.failNext({ type: 'ThrottlingException', headers: { 'retry-after': retryAfter } });
    const error = await refusalOf(() => provider.getSecret(REFERENCE));
    expect(error).toMatchObject({ code: 'THROTTLED', retry: 'throttled' });
    expect(error.retryAfterMs).toBeUndefined();
  });

  it('reports the wait that an overloaded service or a proxy asks for', async () => {
    const { server, provider } = await setUp();
    server.failNext({ type: 'ServiceUnavailable', status: 503, headers: { 'retry-after': '2' } });
    expect(await refusalOf(() => provider.getSecret(REFERENCE))).toMatchObject({
      code: 'UNAVAILABLE',
      retryAfterMs: 2000,
    });
    server.inject({ kind: 'status', status: 429, headers: { 'retry-after': '4' }, body: '<html>slow down</html>' });
    expect(await refusalOf(() => provider.getSecret(REFERENCE))).toMatchObject({
      code: 'THROTTLED',
      retry: 'throttled',
      retryAfterMs: 4000,
    });
  });

  it.each(['com.amazonaws.secretsmanager#ResourceNotFoundException', 'ResourceNotFoundException:http://internal/'])(
    'knows the error by its name also as %s',
    async (type) => {
      const { server, provider } = await setUp();
      server.failNext({ type });
      expect((await refusalOf(() => provider.getSecret(REFERENCE))).code).toBe('NOT_FOUND');
    },
  );

  it('keeps the name, status and request id of the error as its cause, and nothing else', async () => {
    const { server, provider } = await setUp();
    server.failNext({ type: 'AccessDeniedException', message: 'User x is not authorized' });
    const error = await refusalOf(() => provider.getSecret(REFERENCE));
    expect(error.cause).toEqual({
      name: 'AccessDeniedException',
      httpStatus: 400,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(error.message).not.toContain('User x');
  });
});

describe('credentials that the service checks', () => {
  const accepted = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'right' };

  it.each([
    ['are signed with another secret key', { ...accepted, secretAccessKey: 'wrong' }, 'UNAUTHENTICATED'],
    ['are those of nobody', { ...accepted, accessKeyId: 'AKIAIOSFODNN7ANOTHER' }, 'FORBIDDEN'],
    ['have a session that is not theirs', { ...accepted, sessionToken: 'x' }, 'FORBIDDEN'],
  ])('and that %s', async (_, credentials, code) => {
    const { server, operations } = await setUp({}, { credentials: [accepted] });
    const { provider } = await setUp({ clientConfig: { ...server.clientConfig, credentials } });
    expect(await refusalOf(() => provider.getSecret(REFERENCE))).toMatchObject({ code, retryable: false });
    expect(operations()).toEqual([]);
    expect(server.secrets()).toEqual([]);
  });

  it('and that have expired', async () => {
    const { provider } = await setUp({}, { credentials: [{ ...accepted, expiresAt: new Date(0) }] });
    expect((await refusalOf(() => provider.getSecret(REFERENCE))).code).toBe('UNAUTHENTICATED');
  });
});

describe('what goes wrong below', () => {
  it('reports the timeout of a request that the SDK was told to keep as TIMEOUT', async () => {
    const { server } = await setUp();
    const requestHandler = { requestTimeout: 50, throwOnRequestTimeout: true };
    const { provider } = await setUp({ clientConfig: { ...server.clientConfig, requestHandler } });
    server.inject({ kind: 'hang' });
    expect(await refusalOf(() => provider.getSecret(REFERENCE))).toMatchObject({ code: 'TIMEOUT', retry: 'transient' });
    expect(server.requests).toHaveLength(1);
  });

  it('reports a host that has no address as UNAVAILABLE', async () => {
    const { server } = await setUp();
    const lookup = (_host: string, _options: unknown, done: (error: Error) => void): void =>
      done(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
    const { provider } = await setUp({
      clientConfig: {
        ...server.clientConfig,
        endpoint: 'http://secretsmanager.invalid',
        requestHandler: { httpAgent: { lookup } },
      },
    });
    expect(await refusalOf(() => provider.getSecret(REFERENCE))).toMatchObject({
      code: 'UNAVAILABLE',
      retry: 'transient',
      cause: { code: 'ENOTFOUND' },
    });
  });

  it.each([
    ['ECONNRESET', 'UNAVAILABLE'],
    ['ECONNABORTED', 'UNAVAILABLE'],
    ['EPIPE', 'UNAVAILABLE'],
    ['EAI_AGAIN', 'UNAVAILABLE'],
    ['EHOSTUNREACH', 'UNAVAILABLE'],
    ['ENETUNREACH', 'UNAVAILABLE'],
    ['UND_ERR_SOCKET', 'UNAVAILABLE'],
    ['ETIMEDOUT', 'TIMEOUT'],
    ['UND_ERR_CONNECT_TIMEOUT', 'TIMEOUT'],
  ])('reports %s of a transport, also as the cause of its error, as %s', async (networkCode, code) => {
    const { server } = await setUp();
    const reason = Object.assign(new Error('the network'), { code: networkCode });
    for (const failure of [reason, new TypeError('fetch failed', { cause: reason })]) {
      const requestHandler = { handle: async (): Promise<never> => Promise.reject(failure) };
      const { provider } = await setUp({ clientConfig: { ...server.clientConfig, requestHandler } });
      const error = await refusalOf(() => provider.getSecret(REFERENCE));
      expect(error).toMatchObject({ code, retry: 'transient', cause: { code: networkCode } });
    }
  });

  it('reports a server that is not there as UNAVAILABLE', async () => {
    const { server, provider } = await setUp();
    await server.http.kill();
    expect(await refusalOf(() => provider.getSecret(REFERENCE))).toMatchObject({
      code: 'UNAVAILABLE',
      retry: 'transient',
      cause: { code: 'ECONNREFUSED' },
    });
  });

  it.each([
    ['before the answer', { kind: 'reset' }],
    ['within the answer', { kind: 'reset', afterBytes: 5 }],
    ['in good order, too early', { kind: 'truncate', afterBytes: 5 }],
  ] as const)('reports a connection that ends %s as UNAVAILABLE', async (_, fault) => {
    const { server, provider } = await setUp();
    server.seed('tenants/acme/mistral', 'value');
    server.inject(fault);
    expect(await refusalOf(() => provider.getSecret(REFERENCE))).toMatchObject({
      code: 'UNAVAILABLE',
      retry: 'transient',
    });
  });

  it('reports a server that does not speak HTTP as UNAVAILABLE', async () => {
    const server = createServer((socket) =>
      socket
        .on('error', () => {})
        .resume()
        .end('220 mail ready\r\n\r\n'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => new Promise<void>((resolve) => server.close(() => resolve())));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { server: aws } = await setUp();
    const { provider } = await setUp({
      clientConfig: { ...aws.clientConfig, endpoint: `http://127.0.0.1:${port}` },
    });
    expect((await refusalOf(() => provider.getSecret(REFERENCE))).code).toBe('UNAVAILABLE');
  });

  it.each(['json', 'html'] as const)('reports an answer that is no answer (%s) as damaged, for a read', async (as) => {
    const { server, provider } = await setUp();
    server.inject({ kind: 'malformed', as });
    expect(await refusalOf(() => provider.getSecret(REFERENCE))).toMatchObject({
      code: 'INTEGRITY',
      retry: 'transient',
    });
  });

  it.each(['json', 'html'] as const)('does not know whether a write with such an answer (%s) happened', async (as) => {
    const { server, provider } = await setUp();
    server.inject({ kind: 'malformed', as });
    expect(await refusalOf(() => provider.setSecret(REFERENCE, { data: 'x' }))).toMatchObject({ code: 'UNKNOWN' });
  });

  it.each([
    ['no version', { VersionId: undefined }],
    ['an empty version', { VersionId: '' }],
    ['no value', { SecretString: undefined }],
    ['an empty value', { SecretString: '' }],
    ['a value of another type', { SecretString: { nested: true } }],
    ['a secret of another region', { ARN: 'arn:aws:secretsmanager:eu-west-3:123456789012:secret:x-AbCdEf' }],
  ])('takes an answer with %s for damaged', async (_, change) => {
    const { server, provider } = await setUp();
    server.seed('key', 'value');
    server.tamperNext((answer) => ({ ...answer, ...change }));
    const error = await refusalOf(() => provider.getSecret('aws://secretsmanager/us-east-1/key'));
    expect(error).toMatchObject({ code: 'INTEGRITY', retry: 'transient' });
  });

  it('takes the answer about another version for damaged', async () => {
    const { server, provider } = await setUp();
    const version = server.seed('key', 'value');
    server.tamperNext((answer) => ({ ...answer, VersionId: 'f'.repeat(32) }));
    const error = await refusalOf(() => provider.getSecret('aws://secretsmanager/key', { version }));
    expect(error.code).toBe('INTEGRITY');
  });

  it('takes binary that is no base64 for damaged', async () => {
    const { server, provider } = await setUp();
    server.seed('key', Uint8Array.of(0, 1, 2));
    server.tamperNext((answer) => ({ ...answer, SecretBinary: '***' }));
    expect((await refusalOf(() => provider.getSecret('aws://secretsmanager/key'))).code).toBe('INTEGRITY');
  });

  it.each<[string, () => never, string]>([
    [
      'the SDK’s own error for credentials',
      () => {
        throw Object.assign(new Error('no credentials'), { name: 'CredentialsProviderError' });
      },
      'UNAUTHENTICATED',
    ],
    [
      'a bug in a provider of credentials',
      () => {
        throw new TypeError('undefined is not a function');
      },
      'UNKNOWN',
    ],
    [
      'something that is not even an error',
      () => {
        // oxlint-disable-next-line typescript/only-throw-error
        throw 'nothing';
      },
      'UNKNOWN',
    ],
  ])('turns %s into an error of its own', async (_, credentials, code) => {
    const { server } = await setUp();
    const { provider } = await setUp({ clientConfig: { ...server.clientConfig, credentials } });
    expect((await refusalOf(() => provider.getSecret(REFERENCE))).code).toBe(code);
  });

  it('says what to do when no region is known', async () => {
    const { server } = await setUp();
    const { region: _, ...clientConfig } = server.clientConfig;
    const { provider } = await setUp({
      clientConfig: {
        ...clientConfig,
        region: async () => {
          throw new Error('Region is missing');
        },
      },
    });
    const error = await refusalOf(() => provider.getSecret(REFERENCE));
    expect(error).toMatchObject({ code: 'INVALID', message: expect.stringContaining('AWS_REGION') });
  });
});
