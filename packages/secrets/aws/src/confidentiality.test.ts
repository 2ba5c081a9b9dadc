import { inspect } from 'node:util';
import type { SecretProviderError } from '@mortise/secrets';
import { createCanary, findCanary } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
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
