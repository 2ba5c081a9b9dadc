import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { createKeySets, type KeySetsOptions } from './key-sets.ts';
import { KeySetError } from './key-set-error.ts';

const ADDRESS = 'https://vendor.test/keys.json';
const HOUR_MS = 3_600_000;
const json = (value: unknown, init?: ResponseInit): Response => new Response(JSON.stringify(value), init);

/** Key sets over a vendor that answers as told, with a clock that moves as told. */
function setUp(answer: (call: number) => Response | Promise<Response>, more: KeySetsOptions = {}) {
  const clock = new FakeClock();
  const requests: RequestInit[] = [];
  const keySets = createKeySets({
    now: clock.now,
    setTimer: clock.setTimer,
    fetch: async (_url, init) => {
      requests.push(init);
      return answer(requests.length);
    },
    ...more,
  });
  const get = (refresh = false) => keySets.get(ADDRESS, { maxAgeMs: HOUR_MS, refresh });
  return { clock, requests, get, keySets };
}

describe('key sets', () => {
  it('are fetched once for simultaneous callers, and once in their time', async () => {
    const { clock, requests, get } = setUp((call) => json({ keys: [], call }));
    const all = await Promise.all([get(), get(), get()]);
    expect(new Set(all).size).toBe(1);
    await clock.advance(HOUR_MS);
    expect(await get()).toBe(all[0]);
    expect(requests).toHaveLength(1);
    await clock.advance(1);
    expect(await get()).toEqual({ keys: [], call: 2 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('are asked for without following redirects, and with a signal that ends the asking', async () => {
    const { requests, get } = setUp(() => json({}));
    await get();
    expect(requests[0]).toMatchObject({ redirect: 'manual', headers: { accept: 'application/json' } });
    expect(requests[0]?.signal).toBeInstanceOf(AbortSignal);
  });

  it('are fetched anew for an unknown key, at most once a minute', async () => {
    const { clock, requests, get } = setUp((call) => json({ call }));
    await get();
    expect(await get(true)).toEqual({ call: 1 });
    await clock.advance(60_000);
    expect(await Promise.all([get(true), get(true)])).toEqual([{ call: 2 }, { call: 2 }]);
    expect(await get(true)).toEqual({ call: 2 });
    expect(requests).toHaveLength(2);
  });

  it('are not asked for again right after a failure, and not used beyond their time', async () => {
    const { clock, requests, get } = setUp((call) => (call === 1 ? json({ call }) : new Response('', { status: 503 })));
    await get();
    await clock.advance(HOUR_MS + 1);
    await expect(get()).rejects.toThrow(KeySetError);
    await expect(get()).rejects.toThrow('a moment ago');
    expect(requests).toHaveLength(2);
    await clock.advance(5000);
    await expect(get()).rejects.toThrow('status 503');
    expect(requests).toHaveLength(3);
  });

  it('that cannot be renewed are still used while they are young enough', async () => {
    const { clock, get } = setUp((call) => (call === 1 ? json({ call }) : new Response('', { status: 500 })));
    await get();
    await clock.advance(61_000);
    await expect(get(true)).rejects.toThrow(KeySetError);
    expect(await get(true)).toEqual({ call: 1 });
    expect(await get()).toEqual({ call: 1 });
  });

  it.each<[string, () => Response | Promise<Response>, string]>([
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { location: 'https://evil.test/' } }),
      'status 302',
    ],
    ['no JSON', () => new Response('<html>'), 'could not be fetched'],
    ['no object', () => json('keys'), 'no JSON object'],
    ['null', () => json(null), 'no JSON object'],
    ['no body', () => new Response(null), 'could not be fetched'],
    ['too much', () => new Response('x'.repeat(300_000)), 'exceeds 262144 bytes'],
    ['a network failure', () => Promise.reject(new TypeError('ECONNRESET')), 'could not be fetched'],
  ])('are refused where the answer is %s', async (_what, answer, message) => {
    const { get, clock } = setUp(answer);
    const error: unknown = await get().catch((reason: unknown) => reason);
    expect(KeySetError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'KEY_SET_UNAVAILABLE', retryable: true });
    expect(String(error)).toContain(message);
    expect(clock.pendingTimers).toBe(0);
  });

  it('are given up on when the vendor is silent, and asked for again later', async () => {
    const { clock, get, requests } = setUp((call) => (call === 1 ? new Promise(() => undefined) : json({ call })));
    const failed = get().catch(String);
    await clock.advance(5000);
    expect(await failed).toContain('within 5000 ms');
    expect(requests[0]?.signal?.aborted).toBe(true);
    await clock.advance(5000);
    expect(await get()).toEqual({ call: 2 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('are never asked for in the clear', async () => {
    const { keySets, requests } = setUp(() => json({}));
    await expect(keySets.get('http://vendor.test/', { maxAgeMs: 1 })).rejects.toThrow('https');
    expect(requests).toHaveLength(0);
  });

  it('of many addresses do not fill the memory', async () => {
    const { keySets, requests } = setUp(() => json({}), { maxSets: 4 });
    for (let index = 0; index < 100; index += 1)
      await keySets.get(`https://vendor.test/${index}`, { maxAgeMs: HOUR_MS });
    await keySets.get('https://vendor.test/99', { maxAgeMs: HOUR_MS });
    expect(requests).toHaveLength(100);
    await keySets.get('https://vendor.test/0', { maxAgeMs: HOUR_MS });
    expect(requests).toHaveLength(101);
  });
});
