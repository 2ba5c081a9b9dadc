import { FakeClock, runConformance } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { MemoryReplayStore } from '../replay/memory-replay-store.ts';
import type { ReplayStore } from '../replay/replay-store.ts';
import { standardWebhooks } from '../sign/standard-webhooks.ts';
import { verifyWebhook } from '../verify/verify-webhook.ts';
import { replayStoreCases, type ReplayStoreSubject } from './replay-store-cases.ts';
import { signedFetchRequest, signedNodeRequest } from './signed-requests.ts';
import { tamperWebhook } from './tamper-webhook.ts';

const standard = standardWebhooks();
const secrets = { signingSecret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' };
const delivery = { id: 'msg_1', body: '{"type":"\u00fc"}' };

async function failed(makeSubject: () => ReplayStoreSubject): Promise<string[]> {
  const outcomes = await runConformance({
    cases: replayStoreCases,
    capabilities: ['clock', 'shared'],
    createContext: async () => makeSubject(),
  });
  return outcomes.filter(({ status }) => status !== 'passed').map(({ id }) => id);
}

function subject(make: (clock: FakeClock) => ReplayStore): ReplayStoreSubject {
  const clock = new FakeClock();
  const store = make(clock);
  return { store, advance: (ms) => clock.advance(ms), another: () => store };
}

describe('the cases for replay stores', () => {
  it('pass for the one in memory', async () => {
    expect(await failed(() => subject(({ now }) => new MemoryReplayStore({ now })))).toEqual([]);
  });

  const wrap = (change: (store: MemoryReplayStore) => Partial<ReplayStore>) => () =>
    subject(({ now }) => {
      const store = new MemoryReplayStore({ now });
      return { remember: store.remember.bind(store), forget: store.forget.bind(store), ...change(store) };
    });

  it.each<[string, () => ReplayStoreSubject, string[]]>([
    [
      'lets everyone through',
      wrap(() => ({ remember: () => true })),
      ['replay.1', 'replay.2', 'replay.3', 'replay.4', 'replay.5', 'replay.6'],
    ],
    [
      'lets nobody through',
      wrap(() => ({ remember: () => false })),
      ['replay.1', 'replay.2', 'replay.3', 'replay.4', 'replay.5', 'replay.6'],
    ],
    [
      'ignores case',
      wrap((store) => ({ remember: (key, ttl) => store.remember(key.toLowerCase(), ttl) })),
      ['replay.2'],
    ],
    ['cuts keys', wrap((store) => ({ remember: (key, ttl) => store.remember(key.trim(), ttl) })), ['replay.2']],
    ['cannot forget', wrap(() => ({ forget: () => undefined })), ['replay.4', 'replay.6']],
    ['remembers for ever', wrap((store) => ({ remember: (key) => store.remember(key, 1e15) })), ['replay.5']],
    ['forgets too early', wrap((store) => ({ remember: (key, ttl) => store.remember(key, ttl / 2) })), ['replay.5']],
    [
      'looks before it writes',
      () => {
        const seen = new Set<string>();
        const clock = new FakeClock();
        const store: ReplayStore = {
          remember: async (key) => {
            const isNew = !seen.has(key);
            await Promise.resolve();
            seen.add(key);
            return isNew;
          },
          forget: (key) => void seen.delete(key),
        };
        return { store, advance: (ms) => clock.advance(ms), another: () => store };
      },
      ['replay.3', 'replay.5'],
    ],
    [
      'is alone',
      () => ({ ...subject(({ now }) => new MemoryReplayStore({ now })), another: () => new MemoryReplayStore() }),
      ['replay.6'],
    ],
  ])('fail for one that %s', async (_what, make, ids) => {
    expect(await failed(make)).toEqual(ids);
  });
});

describe('MemoryReplayStore', () => {
  it('holds a bounded number of keys, and lets the oldest go', () => {
    const store = new MemoryReplayStore({ maxKeys: 10, now: () => 0 });
    for (let key = 0; key < 100; key += 1) store.remember(String(key), 1000);
    expect(store.size).toBe(10);
    expect(store.remember('99', 1000)).toBe(false);
    expect(store.remember('0', 1000)).toBe(true);
  });

  it('gives room back as time passes, without searching all keys', () => {
    let now = 0;
    const store = new MemoryReplayStore({ now: () => now });
    for (let key = 0; key < 1000; key += 1) store.remember(`old${key}`, 1000);
    now = 2000;
    for (let key = 0; key < 1000; key += 1) store.remember(`new${key}`, 1000);
    expect(store.size).toBe(1000);
  });
});

describe('signed requests', () => {
  it('are accepted as Fetch and Node hand them over', async () => {
    for (const make of [signedFetchRequest, signedNodeRequest]) {
      const result = await verifyWebhook(standard, await make(standard, delivery, secrets), secrets);
      expect(result).toMatchObject({ ok: true, eventId: 'msg_1', eventType: '\u00fc' });
    }
  });

  it('carry URL and method', async () => {
    const request = await signedFetchRequest(standard, { ...delivery, url: 'https://a.test/x?y=1' }, secrets);
    expect([request.method, request.url]).toEqual(['POST', 'https://a.test/x?y=1']);
    expect(await signedNodeRequest(standard, { ...delivery, url: 'https://a.test/x?y=1' }, secrets)).toMatchObject({
      method: 'POST',
      url: '/x?y=1',
      headers: { 'webhook-id': 'msg_1' },
    });
    expect((await signedFetchRequest(standard, { ...delivery, method: 'GET' }, secrets)).body).toBeNull();
  });
});

it('tampering names what it did, and never leaves a delivery as it was', async () => {
  const { method, headers, rawBody } = { method: 'POST', headers: {}, rawBody: '' };
  expect(tamperWebhook({ verification: { scheme: 'none', reason: 'x' } }, { method, headers, rawBody })).toEqual([]);
  const sent = {
    method,
    headers: { 'webhook-id': 'a', 'webhook-timestamp': '1795435200', 'webhook-signature': 'v1,AAAA' },
    rawBody: '{}',
  };
  const tampered = tamperWebhook(standard, sent);
  expect(new Set(tampered.map(({ request }) => JSON.stringify(request))).size).toBeGreaterThan(10);
  for (const { what, request } of tampered) {
    expect(what).not.toBe('');
    expect(JSON.stringify(request)).not.toBe(JSON.stringify(sent));
  }
});
