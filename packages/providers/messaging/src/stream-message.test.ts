import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import type { MessagingProvider } from './messaging-provider.ts';
import { streamMessage } from './stream-message.ts';

/** A provider that notes what was shown and when. */
function recorder(clock: FakeClock) {
  const shown: (readonly [number, string])[] = [];
  const keys: (string | undefined)[] = [];
  const note = async (text: string, key: string | undefined) => {
    shown.push([clock.monotonicMs(), text]);
    keys.push(key);
    return { id: 'msg:C1::M1', status: 'sent' as const };
  };
  const provider: MessagingProvider = {
    sendMessage: ({ text }, options) => note(text, options?.idempotencyKey),
    updateMessage: (_id, { text }, options) => note(text, options?.idempotencyKey),
  };
  return { provider, shown, keys };
}

const time = (clock: FakeClock) => ({ now: clock.monotonicMs, sleep: clock.sleep });

describe('a streamed message', () => {
  it('shows the first text at once and the rest after the interval, also while the source is silent', async () => {
    const clock = new FakeClock();
    const { provider, shown } = recorder(clock);
    async function* source(): AsyncGenerator<string, void> {
      yield 'a';
      await clock.sleep(100);
      yield 'b';
      yield 'c';
      await clock.sleep(5000);
      yield 'd';
    }
    const result = await clock.settle(
      streamMessage(provider, { channelId: 'C1' }, source(), { minIntervalMs: 1000, ...time(clock) }),
    );
    expect(result.id).toBe('msg:C1::M1');
    expect(shown).toEqual([
      [0, 'a'],
      [1000, 'abc'],
      [5100, 'abcd'],
    ]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('ends with all of the text, in its interval, when the source throws, and throws the same', async () => {
    const clock = new FakeClock();
    const { provider, shown } = recorder(clock);
    const failure = new Error('the model broke');
    async function* source(): AsyncGenerator<string, void> {
      yield 'a';
      yield 'b';
      throw failure;
    }
    const call = streamMessage(provider, { channelId: 'C1' }, source(), { minIntervalMs: 1000, ...time(clock) });
    await expect(clock.settle(call)).rejects.toBe(failure);
    expect(shown.at(-1)).toEqual([1000, 'ab']);
  });

  it('uses the idempotency key for the first message alone', async () => {
    const clock = new FakeClock();
    const { provider, keys } = recorder(clock);
    async function* source(): AsyncGenerator<string, void> {
      yield 'a';
      yield 'b';
    }
    await clock.settle(streamMessage(provider, { channelId: 'C1' }, source(), { idempotencyKey: 'k', ...time(clock) }));
    expect(keys).toEqual(['k', undefined]);
  });

  it.each([
    ['aborted', (clock: FakeClock, stop: AbortController) => clock.advance(10).then(() => stop.abort())],
    ['timeout', (clock: FakeClock) => clock.advance(50)],
  ] as const)('ends with "%s" while the source is silent, and lets go of it', async (code, end) => {
    const clock = new FakeClock();
    const stop = new AbortController();
    let isReleased = false;
    const source: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => {}),
        return: async () => {
          isReleased = true;
          return { done: true, value: undefined };
        },
      }),
    };
    const call = streamMessage(recorder(clock).provider, {}, source, {
      signal: stop.signal,
      timeoutMs: 50,
      ...time(clock),
    });
    call.catch(() => undefined);
    await end(clock, stop);
    await expect(call).rejects.toMatchObject({ code });
    expect(isReleased).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });

  it('refuses a provider that cannot edit, and a source without text', async () => {
    const clock = new FakeClock();
    const { provider } = recorder(clock);
    const rest: MessagingProvider = { sendMessage: (input) => provider.sendMessage(input) };
    const empty = (): AsyncIterable<string> => (async function* none(): AsyncGenerator<string, void> {})();
    await expect(streamMessage(rest, {}, empty())).rejects.toMatchObject({ code: 'unsupported' });
    await expect(streamMessage(provider, {}, empty(), time(clock))).rejects.toMatchObject({ field: 'text' });
  });
});
