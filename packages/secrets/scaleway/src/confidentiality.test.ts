import { SecretProviderError } from '@mortise/secrets';
import { type CanaryFinding, createCanary, type Fault, findCanary } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { print, startBackend } from './__fixtures__/backend.ts';
import type { ScalewaySecretManagerProvider } from './index.ts';

const REFERENCE = 'scw://secret-manager/key';
const CANARY = createCanary(1);
const BASE64 = Buffer.from(CANARY).toString('base64');

type Call = (provider: ScalewaySecretManagerProvider) => Promise<unknown>;

const CALLS: readonly [name: string, call: Call][] = [
  ['getSecret', async (provider) => provider.getSecret(REFERENCE)],
  ['setSecret', async (provider) => provider.setSecret(REFERENCE, { data: CANARY })],
  ['rotateSecret', async (provider) => provider.rotateSecret(REFERENCE, { data: CANARY })],
  [
    'setSecret with a key',
    async (provider) => provider.setSecret(REFERENCE, { data: CANARY }, { idempotencyKey: 'k' }),
  ],
];

/** Answers that repeat the secret, in every place that an error could be made of. */
const ECHOES: readonly [name: string, fault: Fault][] = [
  ...[400, 401, 403, 404, 409, 410, 412, 413, 418, 429, 500, 503].map((status): [string, Fault] => [
    `status ${status} with a body of text`,
    { kind: 'status', status, body: `no: ${CANARY} ${BASE64}` },
  ]),
  ...['not_found', 'invalid_arguments', 'precondition_failed', 'too_many_requests', 'expired', CANARY].map(
    (type): [string, Fault] => [
      `type ${type === CANARY ? 'that is the secret' : type}`,
      {
        kind: 'status',
        status: 409,
        headers: { 'x-request-id': CANARY, 'retry-after': BASE64 },
        body: JSON.stringify({
          type,
          message: CANARY,
          resource: CANARY,
          resource_id: BASE64,
          help_message: CANARY,
          precondition: CANARY,
          expired_since: CANARY,
          reset_at: CANARY,
          current_state: CANARY,
          fields: { [CANARY]: [BASE64] },
          details: [{ argument_name: CANARY, reason: BASE64, help_message: CANARY }],
        }),
      },
    ],
  ),
  ['a success that is no JSON', { kind: 'status', status: 200, body: `{"data":"${BASE64}" ${CANARY}` }],
  ['a success that is text', { kind: 'status', status: 200, body: CANARY, headers: { 'content-type': 'text/plain' } }],
  [
    'a success of the wrong shape',
    {
      kind: 'status',
      status: 200,
      body: JSON.stringify({ data: [BASE64], revision: CANARY, secret_id: CANARY, total_count: CANARY }),
    },
  ],
  [
    'a success with the wrong checksum',
    {
      kind: 'status',
      status: 200,
      body: JSON.stringify({
        data: BASE64,
        data_crc32: 1,
        revision: 1,
        secret_id: '624d7f85-d701-41e3-8c42-be04a5b42fc8',
        type: CANARY,
      }),
    },
  ],
];

async function errorOf(call: Promise<unknown>): Promise<SecretProviderError> {
  const outcome: unknown = await call.catch((error: unknown) => error);
  if (SecretProviderError.is(outcome)) return outcome;
  throw new TypeError('It should have failed with a SecretProviderError');
}

/** Where an error, or anything in the chain of its causes, shows the secret or the token in whatever form. */
function findings(error: SecretProviderError, token: string): CanaryFinding[] {
  const chain: unknown[] = [];
  for (let link: unknown = error; link !== undefined && chain.length < 10;) {
    chain.push(link);
    link = link instanceof Error ? link.cause : undefined;
  }
  expect(chain.length).toBeLessThan(10);
  const printed = chain.flatMap((link) => [link, print(link), JSON.stringify(link), `${Object(link)}`]);
  return [CANARY, token].flatMap((secret) => findCanary(printed, secret, { inspect: print }));
}

describe.each(CALLS)('an error of %s', (_, call) => {
  it.each(ECHOES)('shows neither the secret nor the token when the service repeats it: %s', async (__, fault) => {
    const { server, provider } = await startBackend({}, { token: 'token-4b5e0d6c-canary' });
    server.addSecret({ name: 'key', versions: [CANARY] });
    server.setFaults(() => [fault]);
    expect(findings(await errorOf(call(provider)), server.token)).toEqual([]);
  });

  it.each<[string, Fault]>([
    ['reset', { kind: 'reset', afterBytes: 150 }],
    ['cut off', { kind: 'truncate', afterBytes: 150 }],
  ])('shows neither when the answer is %s', async (__, fault) => {
    const { server, provider } = await startBackend();
    server.addSecret({ name: 'key', versions: [CANARY] });
    server.setFaults(() => [fault]);
    expect(findings(await errorOf(call(provider)), server.token)).toEqual([]);
  });

  it('shows neither when fetch puts the request into what it throws', async () => {
    const { server, connect } = await startBackend();
    const provider = connect({
      fetch: async (input, init) =>
        Promise.reject(
          Object.assign(new TypeError(`failed: ${JSON.stringify(init)} ${CANARY}`), { input, init, cause: init }),
        ),
    });
    expect(findings(await errorOf(call(provider)), server.token)).toEqual([]);
  });
});

describe('a secret', () => {
  it('is in no error about what is wrong with it', async () => {
    const { server, provider } = await startBackend();
    const failures = [
      await errorOf(provider.setSecret(REFERENCE, { data: CANARY.repeat(2000) })),
      await errorOf(provider.setSecret(REFERENCE, { data: `${CANARY}*`, encoding: 'base64' })),
      await errorOf(provider.setSecret(`${REFERENCE}?version=1`, { data: CANARY })),
      await errorOf(provider.setSecret(CANARY, { data: CANARY })),
      await errorOf(provider.getSecret(REFERENCE, { version: CANARY })),
    ];
    expect(failures.flatMap((error) => findings(error, server.token))).toEqual([]);
  });

  it('is not shown by the value that carries it, nor by the provider that read it', async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ name: 'key', versions: [CANARY] });
    const value = await provider.getSecret(REFERENCE);
    expect(new TextDecoder().decode(value.data)).toBe(CANARY);
    expect(print(value)).toContain('redacted');
    expect(findCanary([value.metadata, print(value), JSON.stringify(value), print(provider)], CANARY)).toEqual([]);
    expect(findCanary([print(provider), JSON.stringify(provider)], server.token)).toEqual([]);
  });

  it('goes over the wire in the body alone: not in a URL, not in a header', async () => {
    const { server, provider } = await startBackend();
    await provider.setSecret(REFERENCE, { data: CANARY }, { idempotencyKey: 'key' });
    await provider.getSecret(REFERENCE);
    const outside = server.requests.map(({ path, headers }) => [path, headers]);
    expect(outside.length).toBeGreaterThan(2);
    expect(findCanary(outside, CANARY)).toEqual([]);
  });
});
