import { IntegrationError } from '@mortise/core';
import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { IdempotencyStore } from './idempotency-store.ts';

const TTL_MS = 1000;

function storeWith() {
  const clock = new FakeClock();
  let done = 0;
  const count = () => {
    done += 1;
    return Promise.resolve(done);
  };
  return { clock, store: new IdempotencyStore(TTL_MS, clock.now), count, done: () => done };
}

function failing(code: 'provider_error' | 'invalid_request', done: () => void) {
  return () => {
    done();
    return Promise.reject(new IntegrationError({ code, message: code }));
  };
}

describe('the memory for idempotency keys', () => {
  it('does the work once for each key, and always without one', async () => {
    const { store, count, done } = storeWith();
    expect(await store.run('a', 'x', count)).toBe(1);
    expect(await store.run('a', 'x', count)).toBe(1);
    expect(await store.run('b', 'x', count)).toBe(2);
    await store.run(undefined, 'x', count);
    await store.run(undefined, 'x', count);
    expect(done()).toBe(4);
  });

  it('joins calls that come while the first is under way', async () => {
    const { store, count, done } = storeWith();
    const results = await Promise.all(Array.from({ length: 20 }, () => store.run('a', 'x', count)));
    expect(new Set(results)).toEqual(new Set([1]));
    expect(done()).toBe(1);
  });

  it('refuses another request under a known key, also while the first is under way', async () => {
    const { store, count, done } = storeWith();
    const first = store.run('a', 'x', count);
    await expect(store.run('a', 'y', count)).rejects.toMatchObject({
      code: 'invalid_request',
      field: 'idempotencyKey',
    });
    await first;
    await expect(store.run('a', 'y', count)).rejects.toMatchObject({ field: 'idempotencyKey' });
    expect(done()).toBe(1);
  });

  it('gives a failure again that came after the work began', async () => {
    const { store, count, done } = storeWith();
    const work = failing('provider_error', () => void count());
    await expect(store.run('a', 'x', work)).rejects.toMatchObject({ code: 'provider_error' });
    await expect(store.run('a', 'x', work)).rejects.toMatchObject({ code: 'provider_error' });
    expect(done()).toBe(1);
  });

  it('forgets a refusal, after which nothing was done', async () => {
    const { store, count, done } = storeWith();
    await expect(
      store.run(
        'a',
        'x',
        failing('invalid_request', () => void count()),
      ),
    ).rejects.toMatchObject({
      code: 'invalid_request',
    });
    expect(await store.run('a', 'y', count)).toBe(2);
    expect(done()).toBe(2);
  });

  it('forgets a key when its time is over, and not before', async () => {
    const { clock, store, count } = storeWith();
    await store.run('a', 'x', count);
    await clock.advance(TTL_MS - 1);
    expect(await store.run('a', 'x', count)).toBe(1);
    await clock.advance(1);
    expect(await store.run('a', 'x', count)).toBe(2);
  });

  it.each([[''], ['k'.repeat(256)]])('refuses the key %j', async (key) => {
    const { store, count } = storeWith();
    await expect(store.run(key, 'x', count)).rejects.toMatchObject({ field: 'idempotencyKey' });
  });
});
