import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Fault } from '@mortise/testing';
import { describe, expect, it, vi } from 'vitest';
import { refusalOf } from './__fixtures__/refusal-of.ts';
import { NAME, REFERENCE, setUp, type SetUp } from './__fixtures__/set-up.ts';
import { AwsSecretsManagerProvider } from './index.ts';
import { runForCaller } from './run-for-caller.ts';

type Call = (setUp: SetUp, options: { signal?: AbortSignal; timeoutMs?: number }) => Promise<unknown>;

const CALLS: readonly (readonly [string, Call])[] = [
  ['getSecret', ({ provider }, options) => provider.getSecret(REFERENCE, options)],
  ['getSecrets', ({ provider }, options) => provider.getSecrets([REFERENCE], options)],
  ['setSecret', ({ provider }, options) => provider.setSecret(REFERENCE, { data: 'x' }, options)],
  ['rotateSecret', ({ provider }, options) => provider.rotateSecret(REFERENCE, { data: 'x' }, options)],
  ['stageSecret', ({ provider }, options) => provider.stageSecret(REFERENCE, { data: 'x' }, options)],
  ['promoteSecret', ({ provider }, options) => provider.promoteSecret(REFERENCE, 'v'.repeat(32), options)],
  ['deleteSecret', ({ provider }, options) => provider.deleteSecret(REFERENCE, options)],
  ['restoreSecret', ({ provider }, options) => provider.restoreSecret(REFERENCE, options)],
];

const REASON = new DOMException('The caller went away', 'AbortError');

async function outcomeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'resolved',
    (error: unknown) => error,
  );
}

describe.each(CALLS)('%s', (_, call) => {
  it('asks nothing for a caller who has left already', async () => {
    const ready = await setUp();
    expect(await outcomeOf(call(ready, { signal: AbortSignal.abort(REASON) }))).toBe(REASON);
    expect(ready.server.requests).toEqual([]);
  });

  it('rejects with the caller’s own reason, and closes the connection', async () => {
    const ready = await setUp();
    ready.server.inject({ kind: 'hang' });
    const controller = new AbortController();
    const outcome = outcomeOf(call(ready, { signal: controller.signal }));
    await vi.waitFor(() => expect(ready.server.requests).toHaveLength(1));
    controller.abort(REASON);
    expect(await outcome).toBe(REASON);
    await vi.waitFor(() => expect(ready.server.requests[0]?.isClosedByClient).toBe(true));
  });

  it('ends with TIMEOUT when the server never answers, and closes the connection', async () => {
    const ready = await setUp();
    // The SDK is loaded and the client made outside the time that is measured.
    await refusalOf(() => ready.provider.getSecret(REFERENCE));
    ready.server.inject({ kind: 'hang' });
    const error = await refusalOf(() => call(ready, { timeoutMs: 300 }));
    expect(error).toMatchObject({ code: 'TIMEOUT', retry: 'transient', message: expect.stringContaining('300 ms') });
    await vi.waitFor(() => expect(ready.server.requests[1]?.isClosedByClient).toBe(true));
  });
});

describe('limits', () => {
  it('end a call whose answer stops half-way', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'x'.repeat(1000));
    server.inject({ kind: 'split', at: [10], gapMs: 60_000 });
    expect((await refusalOf(() => provider.getSecret(REFERENCE, { timeoutMs: 300 }))).code).toBe('TIMEOUT');
  });

  it('come from the provider where the call has none', async () => {
    const { server, provider } = await setUp({ timeoutMs: 300 });
    server.inject({ kind: 'hang' });
    expect((await refusalOf(() => provider.getSecret(REFERENCE))).message).toContain('300 ms');
  });

  it('are one for all requests of a call', async () => {
    const { server, provider, operations } = await setUp();
    server.seed(NAME, 'old');
    server.inject('none', { kind: 'hang' });
    const error = await refusalOf(() => provider.rotateSecret(REFERENCE, { data: 'new' }, { timeoutMs: 400 }));
    expect(error.code).toBe('TIMEOUT');
    expect(operations()).toEqual(['PutSecretValue']);
  });

  it('end a call that waits for credentials', async () => {
    const { server } = await setUp();
    const credentials = async (): Promise<never> => new Promise(() => {});
    const { provider } = await setUp({ clientConfig: { ...server.clientConfig, credentials } });
    expect((await refusalOf(() => provider.getSecret(REFERENCE, { timeoutMs: 50 }))).code).toBe('TIMEOUT');
    const controller = new AbortController();
    const outcome = outcomeOf(provider.getSecret(REFERENCE, { signal: controller.signal }));
    controller.abort(REASON);
    expect(await outcome).toBe(REASON);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])('refuse %d milliseconds', async (timeoutMs) => {
    const { server, provider } = await setUp();
    expect((await refusalOf(() => provider.getSecret(REFERENCE, { timeoutMs }))).code).toBe('INVALID');
    expect((await refusalOf(() => new AwsSecretsManagerProvider({ timeoutMs }))).code).toBe('INVALID');
    expect(server.requests).toEqual([]);
  });

  it('leave no timer and no listener behind', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'x');
    await provider.getSecret(REFERENCE);
    const controller = new AbortController();
    const added = vi.spyOn(controller.signal, 'addEventListener');
    const removed = vi.spyOn(controller.signal, 'removeEventListener');
    const cleared = vi.spyOn(globalThis, 'clearTimeout');
    const set = vi.spyOn(globalThis, 'setTimeout');
    const subject = { provider: 'p', operation: 'read', reference: REFERENCE };
    await runForCaller(subject, { signal: controller.signal, timeoutMs: 5000 }, async () => 'fine');
    expect(removed.mock.calls.length).toBe(added.mock.calls.length);
    expect(cleared.mock.calls).toEqual(set.mock.results.map(({ value }) => [value]));
  });
});

describe('retries by the SDK, where the client’s configuration asks for them', () => {
  it('do not multiply: no request is repeated by anybody else', async () => {
    const { server } = await setUp();
    const { provider } = await setUp({ clientConfig: { ...server.clientConfig, maxAttempts: 2 } });
    server.http.setFaults(() => [{ kind: 'status', status: 500 }]);
    expect((await refusalOf(() => provider.getSecret(REFERENCE))).code).toBe('UNAVAILABLE');
    expect(server.requests).toHaveLength(2);
  });

  it('and the time of the call end while the SDK waits for its next attempt', async () => {
    const { server } = await setUp();
    const { provider } = await setUp({ clientConfig: { ...server.clientConfig, maxAttempts: 3 } });
    // The SDK waits for as long as it is told here, in milliseconds.
    const headers = { 'x-amz-retry-after': '300' };
    server.http.setFaults(() => [{ kind: 'status', status: 500, headers }]);
    const controller = new AbortController();
    const outcome = outcomeOf(provider.getSecret(REFERENCE, { signal: controller.signal }));
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    controller.abort(REASON);
    expect(await outcome).toBe(REASON);
    expect((await refusalOf(() => provider.getSecret(REFERENCE, { timeoutMs: 100 }))).code).toBe('TIMEOUT');
    expect(server.requests).toHaveLength(2);
    // Longer than the SDK would have waited.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(server.requests).toHaveLength(2);
  });
});

describe.each(CALLS)('%s, with the SDK’s retries off', (_, call) => {
  it.each<Fault>([{ kind: 'status', status: 503 }, { kind: 'status', status: 429 }, { kind: 'reset' }])(
    'is sent once, whatever goes wrong: %j',
    async (fault) => {
      const ready = await setUp();
      ready.server.seed(NAME, 'old');
      ready.server.http.setFaults(() => [fault]);
      const outcome = await call(ready, {}).catch((error: unknown) => error);
      // A batch gives its failure to each of its references.
      const error = outcome instanceof Map ? Object(outcome.get(REFERENCE)).error : outcome;
      expect(error).toMatchObject({ name: 'SecretProviderError', retryable: true });
      expect(ready.server.requests).toHaveLength(1);
    },
  );
});

describe('a call that was called off', () => {
  it.each(CALLS)('%s does not disturb another one of the same provider', async (_, call) => {
    const ready = await setUp();
    ready.server.seed(NAME, 'value');
    ready.server.inject({ kind: 'hang' });
    const controller = new AbortController();
    const outcome = outcomeOf(call(ready, { signal: controller.signal }));
    await vi.waitFor(() => expect(ready.server.requests).toHaveLength(1));
    const other = ready.provider.getSecret(REFERENCE);
    controller.abort(REASON);
    expect(await outcome).toBe(REASON);
    expect((await other).version).toHaveLength(36);
  });

  it('while the SDK was loaded sends nothing afterwards', async () => {
    const { server, provider } = await setUp();
    const controller = new AbortController();
    const outcome = outcomeOf(provider.setSecret(REFERENCE, { data: 'x' }, { signal: controller.signal }));
    controller.abort(REASON);
    expect(await outcome).toBe(REASON);
    await provider.close();
    // A later call of another provider would come after anything that was still on its way.
    const { provider: later } = await setUp({ clientConfig: server.clientConfig });
    await refusalOf(() => later.getSecret(REFERENCE));
    expect(server.operations.map(({ operation }) => operation)).toEqual(['GetSecretValue']);
  });
});

describe('close', () => {
  it.each(CALLS)('leaves no connection open after %s that hung, was called off or ran out of time', async (_, call) => {
    const ready = await setUp();
    const { server, provider } = ready;
    server.seed(NAME, 'x');
    await provider.getSecret(REFERENCE);
    server.http.setFaults(() => [{ kind: 'hang' }]);
    const controller = new AbortController();
    const calledOff = outcomeOf(call(ready, { signal: controller.signal }));
    const late = refusalOf(async () => call(ready, { timeoutMs: 100 }));
    await vi.waitFor(() => expect(server.requests).toHaveLength(3));
    controller.abort(REASON);
    expect(await calledOff).toBe(REASON);
    expect((await late).code).toBe('TIMEOUT');
    await provider.close();
    await vi.waitFor(async () => expect(await server.http.countConnections()).toBe(0));
  });

  it('makes no client for a call that is still loading the SDK and has been called off', async () => {
    const made: unknown[] = [];
    const { provider } = await setUp({
      client: (region) => {
        made.push(region);
        return { send: async () => ({}) };
      },
    });
    const controller = new AbortController();
    const outcome = outcomeOf(provider.getSecret(REFERENCE, { signal: controller.signal }));
    controller.abort(REASON);
    expect(await outcome).toBe(REASON);
    await provider.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(made).toEqual([]);
  });

  it('leaves no connection open', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'x');
    await Promise.all(Array.from({ length: 5 }, () => provider.getSecret(REFERENCE)));
    expect(await server.http.countConnections()).toBeGreaterThan(0);
    await provider.close();
    await vi.waitFor(async () => expect(await server.http.countConnections()).toBe(0));
  });

  it('lets running calls end, and refuses later ones', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'x');
    server.inject({ kind: 'latency', delayMs: 50 });
    const running = provider.getSecret(REFERENCE);
    await provider.close();
    expect((await running).version).toHaveLength(36);
    for (const call of [() => provider.getSecret(REFERENCE), () => provider.setSecret(REFERENCE, { data: 'x' })]) {
      expect(await refusalOf(call)).toMatchObject({ code: 'INVALID', message: expect.stringContaining('closed') });
    }
    await provider.close();
  });

  it('lets the process end by itself', async () => {
    const program = `
      const { AwsSecretsManagerProvider } = await import(${JSON.stringify(new URL('index.ts', import.meta.url).href)});
      const { startAwsSecretsServer } = await import(${JSON.stringify(new URL('testing/index.ts', import.meta.url).href)});
      const server = await startAwsSecretsServer();
      const provider = new AwsSecretsManagerProvider({ clientConfig: server.clientConfig, timeoutMs: 600_000 });
      await provider.setSecret(${JSON.stringify(REFERENCE)}, { data: 'x' });
      await provider.close();
      await server.close();
      console.log(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').join());
    `;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions', '@mortise/source', '--input-type=module', '--eval', program],
      { cwd: new URL('..', import.meta.url), timeout: 20_000 },
    );
    expect(stdout).toBe('\n');
  });
});
