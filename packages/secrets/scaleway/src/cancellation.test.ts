import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { type Backend, startBackend } from './__fixtures__/backend.ts';
import type { ScalewaySecretManagerProvider } from './index.ts';
import type { CallerOptions } from './run-for-caller.ts';

const REFERENCE = 'scw://secret-manager/key';

type Call = (provider: ScalewaySecretManagerProvider, options: CallerOptions) => Promise<unknown>;

const CALLS: readonly [name: string, call: Call][] = [
  ['getSecret', async (provider, options) => provider.getSecret(REFERENCE, options)],
  ['setSecret', async (provider, options) => provider.setSecret(REFERENCE, { data: 'x' }, options)],
  ['rotateSecret', async (provider, options) => provider.rotateSecret(REFERENCE, { data: 'x' }, options)],
  ['deleteSecret', async (provider, options) => provider.deleteSecret(REFERENCE, options)],
  ['restoreSecret', async (provider, options) => provider.restoreSecret(REFERENCE, options)],
  ['retireVersion', async (provider, options) => provider.retireVersion(REFERENCE, '1', options)],
];

async function startHanging(clock = new FakeClock()): Promise<Backend & { readonly clock: FakeClock }> {
  const backend = await startBackend({ setTimer: clock.setTimer });
  backend.server.addSecret({ name: 'key', versions: ['one', 'two'] });
  backend.server.setFaults(() => [{ kind: 'hang' }]);
  return { ...backend, clock };
}

const failureOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );

describe.each(CALLS)('%s', (_, call) => {
  it("rejects with the caller's own reason when it leaves, and cancels the request", async () => {
    const { server, provider, clock } = await startHanging();
    const controller = new AbortController();
    const failed = failureOf(call(provider, { signal: controller.signal }));
    await expect.poll(() => server.requests.length).toBe(1);
    const reason = { gone: true };
    controller.abort(reason);
    expect(await failed).toBe(reason);
    await expect.poll(() => server.requests[0]?.isClosedByClient).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });

  it('sends nothing for a caller that has left already', async () => {
    const { server, provider, clock } = await startHanging();
    const reason = new Error('gone');
    expect(await failureOf(call(provider, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(server.requests).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is TIMEOUT after 10 s, or after the time that the call asks for, and cancels the request', async () => {
    for (const [options, limitMs] of [
      [{}, 10_000],
      [{ timeoutMs: 250 }, 250],
    ] as const) {
      const { server, provider, clock } = await startHanging();
      const failed = failureOf(call(provider, options));
      await expect.poll(() => server.requests.length).toBe(1);
      await clock.advance(limitMs - 1);
      expect(clock.pendingTimers).toBe(1);
      await clock.advance(1);
      expect(await failed).toMatchObject({ name: 'SecretProviderError', code: 'TIMEOUT', retryable: true });
      await expect.poll(() => server.requests[0]?.isClosedByClient).toBe(true);
      expect(clock.pendingTimers).toBe(0);
    }
  });

  it('refuses a time that is none', async () => {
    const { server, provider } = await startHanging();
    expect(await failureOf(call(provider, { timeoutMs: -1 }))).toMatchObject({ code: 'INVALID' });
    expect(server.requests).toEqual([]);
  });
});

describe('a caller that leaves', () => {
  it('is heeded while the body of the answer comes in', async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ name: 'key', versions: ['value'] });
    server.inject({ kind: 'split', at: [10], gapMs: 60_000 });
    const controller = new AbortController();
    const failed = failureOf(provider.getSecret(REFERENCE, { signal: controller.signal }));
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort('gone');
    expect(await failed).toBe('gone');
    await expect.poll(() => server.requests[0]?.isClosedByClient).toBe(true);
  });

  it('is heeded between two requests of one write, of which the second is never sent', async () => {
    const { server, connect } = await startBackend();
    const controller = new AbortController();
    const provider = connect({
      fetch: async (input, init) => {
        const answer = await fetch(input, init);
        const text = await answer.text();
        controller.abort('gone');
        return new Response(text, answer);
      },
    });
    const signal = controller.signal;
    expect(await failureOf(provider.setSecret(REFERENCE, { data: 'x' }, { signal }))).toBe('gone');
    expect(server.requests).toHaveLength(1);
    expect(server.secrets).toEqual([]);
  });

  it('need not wait for a fetch or a token source that does not heed the signal', async () => {
    const never = new Promise<never>(() => {});
    for (const options of [{ fetch: async () => never }, { token: async () => never }]) {
      const { connect } = await startBackend();
      const controller = new AbortController();
      const failed = failureOf(connect(options).getSecret(REFERENCE, { signal: controller.signal }));
      controller.abort('gone');
      expect(await failed).toBe('gone');
    }
  });

  it('does not disturb another call of the same provider', async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ name: 'key', versions: ['value'] });
    server.inject({ kind: 'hang' });
    const controller = new AbortController();
    const failed = failureOf(provider.getSecret(REFERENCE, { signal: controller.signal }));
    await expect.poll(() => server.requests.length).toBe(1);
    const other = provider.getSecret(REFERENCE);
    controller.abort('gone');
    expect(await failed).toBe('gone');
    expect((await other).version).toBe('1');
  });
});

describe('a call that ends well', () => {
  it('leaves no timer and no listener behind', async () => {
    const clock = new FakeClock();
    const { server, provider } = await startBackend({ setTimer: clock.setTimer });
    server.addSecret({ name: 'key', versions: ['value'] });
    const { signal } = new AbortController();
    const listeners: string[] = [];
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (type: string, ...rest: [never, never]) => {
      listeners.push(type);
      add(type, ...rest);
    };
    signal.removeEventListener = (type: string, ...rest: [never, never]) => {
      listeners.pop();
      remove(type, ...rest);
    };
    await provider.getSecret(REFERENCE, { signal });
    expect(clock.pendingTimers).toBe(0);
    expect(listeners).toEqual([]);
  });
});
