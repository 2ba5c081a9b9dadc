import { inspect } from 'node:util';
import type { SecretProviderError } from '@mortise/secrets';
import { createCanary, findCanary } from '@mortise/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { refusalOf } from './__fixtures__/refusal-of.ts';
import { NAME, REFERENCE, setUp, type SetUp } from './__fixtures__/set-up.ts';

const CANARY = createCanary();
const PRINT = { inspect: (value: unknown) => inspect(value, { depth: 12, showHidden: true }), fragmentLength: 12 };

/** Where the canary is in whatever came out. */
function findings(value: unknown): unknown[] {
  return findCanary(value, CANARY, PRINT);
}

type Failing = (setUp: SetUp) => Promise<unknown>;

const READ: Failing = ({ provider }) => provider.getSecret(REFERENCE);
const SET: Failing = ({ provider }) => provider.setSecret(REFERENCE, { data: CANARY });
const ROTATE: Failing = ({ provider }) => provider.rotateSecret(REFERENCE, { data: CANARY });
const BYTES: Failing = ({ provider }) =>
  provider.setSecret(REFERENCE, { data: new TextEncoder().encode(`${CANARY}\u0000`) });

const BASE64 = Buffer.from(CANARY).toString('base64');

const EVERY_WRITE = {
  setSecret: SET,
  'setSecret of bytes': BYTES,
  rotateSecret: ROTATE,
  stageSecret: async ({ provider }) => provider.stageSecret(REFERENCE, { data: CANARY }, { idempotencyKey: CANARY }),
} satisfies Record<string, Failing>;

/** Neither in the error nor in any link of its causes, printed in whichever way. */
function expectNowhere(error: SecretProviderError): void {
  for (let link: unknown = error, depth = 0; link !== undefined; depth += 1) {
    expect(depth).toBeLessThan(5);
    expect(findings(link)).toEqual([]);
    expect(findings([`${Object(link)}`, JSON.stringify(link), Object(link).stack])).toEqual([]);
    link = Object(link).cause;
  }
}

function circular(error: Error): Error {
  return Object.assign(error, { cause: error });
}

function hostile(): unknown {
  const refuse = (): never => {
    throw new Error(CANARY);
  };
  return new Proxy(new Error(CANARY), { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse });
}

describe('a secret is in no error', () => {
  it.each<[string, Failing, (setUp: SetUp) => void]>([
    ['in the message of an error that AWS knows', SET, ({ server }) => fail(server, 'InvalidParameterException')],
    ['in the message of one that nobody knows', SET, ({ server }) => fail(server, 'NewException')],
    ['in the message of an error with status 500', ROTATE, ({ server }) => fail(server, 'InternalFailure', 500)],
    ['in the name of the error', SET, ({ server }) => server.failNext({ type: CANARY })],
    ['in a name that looks like one', SET, ({ server }) => server.failNext({ type: `${CANARY}Exception` })],
    [
      'in the headers',
      READ,
      ({ server }) =>
        server.failNext({
          type: 'ThrottlingException',
          headers: { 'x-amzn-requestid': CANARY, 'retry-after': CANARY, 'x-amz-id-2': CANARY, 'x-echo': CANARY },
        }),
    ],
    [
      'in an answer that is no JSON',
      READ,
      ({ server }) => server.inject({ kind: 'status', status: 200, body: `{"SecretString":"${CANARY}` }),
    ],
    [
      'in an error that is no JSON',
      READ,
      ({ server }) => server.inject({ kind: 'status', status: 400, body: `<html>${CANARY}</html>` }),
    ],
    [
      'in an error page with status 502',
      READ,
      ({ server }) => server.inject({ kind: 'status', status: 502, body: `<html>${CANARY}</html>` }),
    ],
    ['in an answer without a version', READ, ({ server }) => tamper(server, { VersionId: undefined })],
    ['in an answer with binary that is none', READ, ({ server }) => tamper(server, { SecretBinary: CANARY })],
    ['as the version of the answer', READ, ({ server }) => tamper(server, { VersionId: { [CANARY]: CANARY } })],
    ['as an odd date', READ, ({ server }) => tamper(server, { CreatedDate: CANARY })],
    ['in the answer to a write', SET, ({ server }) => tamper(server, { VersionId: undefined, Echo: CANARY })],
    ['read back damaged', ROTATE, ({ server }) => tamper(server, { SecretString: `${CANARY}x` }, 'GetSecretValue')],
    ['sent as bytes', BYTES, ({ server }) => fail(server, 'EncryptionFailure')],
    ['when the connection breaks', SET, ({ server }) => server.inject({ kind: 'reset' })],
    ['when the answer breaks off', READ, ({ server }) => server.inject({ kind: 'truncate', afterBytes: 40 })],
  ])('%s', async (_, call, prepare) => {
    const ready = await setUp();
    ready.server.seed(NAME, CANARY);
    prepare(ready);
    const error = await refusalOf(() => call(ready));
    expect(findings(error)).toEqual([]);
    expect(findings(error.cause)).toEqual([]);
    expect(findings([error.stack, JSON.stringify(error)])).toEqual([]);
    expect(error.message).toContain(NAME);
  });

  it.each(Object.entries(EVERY_WRITE))('when AWS echoes all that %s sent', async (_, call) => {
    for (const [status, type] of [
      [400, 'InvalidParameterException'],
      [400, 'LimitExceededException'],
      [400, 'EncryptionFailure'],
      [400, 'NewException'],
      [429, ''],
      [500, 'InternalServiceError'],
      [200, ''],
    ] as const) {
      const ready = await setUp();
      ready.server.seed(NAME, 'old');
      // As a proxy in debugging mode would: the value in text, in base64, and as a member of whatever name.
      const echo = {
        __type: type,
        Message: CANARY,
        message: `${CANARY} ${BASE64}`,
        SecretString: CANARY,
        SecretBinary: BASE64,
        request: { headers: { authorization: CANARY }, body: JSON.stringify({ SecretString: CANARY }) },
        cause: { message: CANARY },
        stack: CANARY,
        code: CANARY,
        name: CANARY,
        $metadata: { requestId: CANARY },
        [CANARY]: BASE64,
      };
      ready.server.inject({
        kind: 'status',
        status,
        headers: { 'x-amzn-requestid': CANARY, 'x-amzn-errortype': type, 'retry-after': CANARY },
        body: JSON.stringify(echo),
      });
      const error = await refusalOf(async () => call(ready));
      expect(error.message).toContain(NAME);
      expectNowhere(error);
    }
  });

  it.each<[string, (reason: object) => unknown]>([
    ['an error that holds the request', (held) => Object.assign(new Error(CANARY), held)],
    ['an error whose cause holds it', (held) => new Error('failed', { cause: Object.assign(new Error(CANARY), held) })],
    ['several errors', (held) => new AggregateError([Object.assign(new Error(CANARY), held)], CANARY)],
    ['an error named after it', (held) => Object.assign(new Error('x'), held, { name: CANARY, code: CANARY })],
    ['an error that caused itself', (held) => circular(Object.assign(new Error(CANARY), held))],
    ['an object', (held) => ({ ...held, message: CANARY })],
    ['the secret itself', () => CANARY],
    ['a symbol of it', () => Symbol(CANARY)],
    ['an error whose fields cannot be read', () => hostile()],
  ])('when a client that was given throws %s', async (_, thrown) => {
    const request = { input: { SecretString: CANARY }, body: new TextEncoder().encode(CANARY), $response: { CANARY } };
    const client = { send: async (): Promise<never> => Promise.reject(thrown(request)) };
    const { provider } = await setUp({ client });
    for (const call of [
      () => provider.getSecret(REFERENCE),
      () => provider.setSecret(REFERENCE, { data: CANARY }),
      () => provider.rotateSecret(REFERENCE, { data: CANARY }),
    ]) {
      const error = await refusalOf(call);
      expect(error.code).toBe('UNKNOWN');
      expectNowhere(error);
    }
  });

  it('when a provider of credentials throws them', async () => {
    const { server } = await setUp();
    for (const name of ['CredentialsProviderError', 'TokenProviderError', 'Error', CANARY]) {
      const credentials = async (): Promise<never> =>
        Promise.reject(Object.assign(new Error(`refused ${CANARY}`), { name, secretAccessKey: CANARY }));
      const { provider } = await setUp({ clientConfig: { ...server.clientConfig, credentials } });
      expectNowhere(await refusalOf(() => provider.getSecret(REFERENCE)));
    }
    expect(server.requests).toEqual([]);
  });

  it('of the deadline while the value is on its way', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, CANARY);
    await provider.getSecret(REFERENCE);
    server.inject({ kind: 'split', at: [200], gapMs: 60_000 }, { kind: 'hang' });
    for (const call of [
      () => provider.getSecret(REFERENCE, { timeoutMs: 100 }),
      () => provider.setSecret(REFERENCE, { data: CANARY }, { timeoutMs: 100 }),
    ]) {
      const error = await refusalOf(call);
      expect(error.code).toBe('TIMEOUT');
      expectNowhere(error);
    }
  });

  it('when it is refused before it is sent', async () => {
    const { provider } = await setUp();
    for (const payload of [
      { data: CANARY.repeat(5000) },
      { data: `${CANARY}%`, encoding: 'base64' },
      { data: 'x', labels: { [`${CANARY};`]: CANARY } },
      { data: 'x', labels: { key: `${CANARY};` } },
    ] as const) {
      expect(findings(await refusalOf(() => provider.setSecret(REFERENCE, payload)))).toEqual([]);
    }
    expect(
      findings(
        await refusalOf(() => provider.setSecret(REFERENCE, { data: 'x' }, { idempotencyKey: CANARY.repeat(99) })),
      ),
    ).toEqual([]);
  });

  it('when it stands where the reference belongs', async () => {
    const { provider } = await setUp();
    for (const call of [
      () => provider.getSecret(CANARY),
      () => provider.setSecret(CANARY, { data: 'x' }),
      () => provider.getSecret(REFERENCE, { version: `${CANARY} ${'x'.repeat(300)}` }),
      () => provider.promoteSecret(REFERENCE, CANARY.slice(0, 20)),
    ]) {
      const error: SecretProviderError = await refusalOf(call);
      expect(findings(error)).toEqual([]);
    }
  });

  it('when the whole batch fails or one of it', async () => {
    const { server, provider } = await setUp();
    server.tamperNext((answer) => ({
      ...answer,
      SecretValues: [{ Name: NAME, SecretString: CANARY }],
      Errors: [{ SecretId: 'other', ErrorCode: CANARY, Message: CANARY }],
    }));
    for (const { error } of (await provider.getSecrets([REFERENCE, 'aws://secretsmanager/other'])).values()) {
      expect(error?.code).toBe('INTEGRITY');
      expect(findings(error)).toEqual([]);
    }
  });
});

describe('a secret is not shown', () => {
  it('by anything that is printed while calls succeed and fail', async () => {
    const printed: unknown[] = [];
    const methods = ['log', 'info', 'debug', 'warn', 'error', 'trace'] as const;
    for (const method of methods) {
      const spy = vi.spyOn(console, method).mockImplementation((...parts) => void printed.push(parts));
      onTestFinished(() => spy.mockRestore());
    }
    for (const stream of [process.stdout, process.stderr]) {
      const write = vi.spyOn(stream, 'write').mockImplementation((chunk) => printed.push(chunk) > 0);
      onTestFinished(() => write.mockRestore());
    }
    const onWarning = (warning: Error): void => void printed.push(warning);
    process.on('warning', onWarning);
    onTestFinished(() => void process.off('warning', onWarning));
    const ready = await setUp();
    for (const call of [SET, ROTATE, BYTES, READ]) await call(ready);
    for (const call of [SET, ROTATE, BYTES, READ]) {
      fail(ready.server, 'InternalFailure', 500);
      await refusalOf(async () => call(ready));
    }
    await new Promise(setImmediate);
    expect(findings(printed)).toEqual([]);
  });

  it('by the log of the SDK, where the client’s configuration has one', async () => {
    const { server } = await setUp();
    const lines: unknown[] = [];
    const note = (...parts: unknown[]): void => void lines.push(parts);
    const logger = { trace: note, debug: note, info: note, warn: note, error: note };
    const ready = await setUp({ clientConfig: { ...server.clientConfig, logger } });
    for (const call of [SET, ROTATE, BYTES, READ]) await call(ready);
    expect(lines).not.toEqual([]);
    // What the SDK says of failures, in which AWS may repeat the value.
    const before = lines.length;
    fail(server, 'InvalidParameterException');
    await refusalOf(async () => SET(ready));
    server.inject({ kind: 'status', status: 500, headers: { 'x-amzn-requestid': CANARY }, body: CANARY });
    await refusalOf(async () => READ(ready));
    const failures = lines.slice(before).flat();
    expect(failures).toContainEqual(
      expect.objectContaining({
        commandName: 'PutSecretValueCommand',
        error: expect.objectContaining({ name: 'InvalidParameterException', httpStatus: 400 }),
      }),
    );
    expect(findings(lines)).toEqual([]);
  });

  it('by a log that is written to as an object of a class is', async () => {
    const { server } = await setUp();
    class Log {
      readonly #lines: unknown[] = [];
      readonly debug = (): void => {};
      readonly info = (): void => {};
      readonly warn = (): void => {};
      error(...parts: unknown[]): void {
        this.#lines.push(...parts);
      }
      get lines(): readonly unknown[] {
        return this.#lines;
      }
    }
    const logger = new Log();
    const ready = await setUp({ clientConfig: { ...server.clientConfig, logger } });
    fail(server, 'InternalFailure', 500);
    expect((await refusalOf(async () => SET(ready))).code).toBe('UNAVAILABLE');
    expect(logger.lines).toHaveLength(1);
    expect(findings(logger.lines)).toEqual([]);
  });

  it('outside the body of a request', async () => {
    const ready = await setUp();
    for (const call of [SET, ROTATE, BYTES]) await call(ready);
    await ready.provider.setSecret(REFERENCE, { data: CANARY }, { idempotencyKey: CANARY });
    const outside = ready.server.requests.map(({ method, path, headers }) => [method, path, headers]);
    expect(outside.length).toBeGreaterThan(5);
    expect(findings(outside)).toEqual([]);
    // A key may be as secret as what it is for: AWS shows tokens as ids of versions.
    expect(findings(ready.server.secret(NAME)?.versions.map(({ id }) => id))).toEqual([]);
  });

  it('by the value that carries it', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, CANARY);
    const value = await provider.getSecret(REFERENCE);
    expect(new TextDecoder().decode(value.data)).toBe(CANARY);
    expect(findings(JSON.stringify(value))).toEqual([]);
    expect(findings(PRINT.inspect(value))).toEqual([]);
    expect(findings(Object.entries(value))).toEqual([]);
  });

  it('by the provider, nor are its credentials', async () => {
    const { server } = await setUp();
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: CANARY };
    const { provider } = await setUp({ clientConfig: { ...server.clientConfig, credentials } });
    await provider.setSecret(REFERENCE, { data: CANARY });
    expect(findings(PRINT.inspect(provider))).toEqual([]);
    expect(findings(JSON.stringify(provider))).toEqual([]);
  });
});

it('the search finds what it looks for', () => {
  expect(findings(new Error(`got ${CANARY}`))).not.toEqual([]);
});

function fail(server: SetUp['server'], type: string, status = 400): void {
  server.failNext({ type, status, message: `The value ${CANARY} was marked for deletion` });
}

function tamper(server: SetUp['server'], change: object, operation?: 'GetSecretValue'): void {
  server.tamperNext((answer) => ({ ...answer, ...change }), operation);
}
