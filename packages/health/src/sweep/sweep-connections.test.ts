import { describe, expect, it } from 'vitest';
import { answering, connectionOf, SECRETS, specOf, virtualClock } from '../__fixtures__/example.ts';
import type { ConnectionCheck } from '../check/connection-check.ts';
import { HealthCache } from './health-cache.ts';
import { sweepConnections, type SweepOptions, type SweepResult, type SweepTarget } from './sweep-connections.ts';

const spec = specOf({}, { baseUrl: 'https://{account}.example.com' });

function* targets(count: number, hosts = 10, from = 0): Generator<SweepTarget> {
  for (let index = from; index < from + count; index += 1) {
    yield {
      spec,
      connection: connectionOf(`c${index}`, { config: { account: `h${index % hosts}` } }),
      secrets: SECRETS,
    };
  }
}

async function collect(source: AsyncIterable<SweepResult>): Promise<SweepResult[]> {
  const results: SweepResult[] = [];
  for await (const result of source) results.push(result);
  return results;
}

/** A `fetch` on a virtual clock that remembers how much was under way at once, in all and at one host. */
function measuredFetch(latencyMs: number) {
  const { fake, clock } = virtualClock();
  const now = { total: 0, hosts: new Map<string, number>() };
  const peak = { total: 0, host: 0 };
  const starts = new Map<string, number[]>();
  const fetch = answering(async (url) => {
    now.total += 1;
    const atHost = (now.hosts.get(url.host) ?? 0) + 1;
    now.hosts.set(url.host, atHost);
    peak.total = Math.max(peak.total, now.total);
    peak.host = Math.max(peak.host, atHost);
    starts.set(url.host, [...(starts.get(url.host) ?? []), fake.monotonicMs()]);
    await fake.sleep(latencyMs);
    now.total -= 1;
    now.hosts.set(url.host, atHost - 1);
    return Response.json({});
  });
  return { fake, clock, fetch, peak, starts };
}

describe('sweepConnections', () => {
  it('checks every connection once and tells how far it has come', async () => {
    const { fake, clock, fetch } = measuredFetch(10);
    const results = await fake.settle(collect(sweepConnections(targets(200), { clock, fetch })));
    expect(new Set(results.map(({ check }) => check.connectionId)).size).toBe(200);
    expect(results.at(-1)).toMatchObject({
      check: { status: 'connected' },
      tracked: { status: 'connected', against: 0 },
      hasChanged: true,
      isShared: false,
      progress: { done: 200, started: 200, byStatus: { connected: 200 } },
    });
    expect(results.map(({ progress }) => progress.done)).toEqual(results.map((_, index) => index + 1));
    expect(fake.pendingTimers).toBe(0);
  });

  it.each([
    [4, { total: 12, host: 3 }],
    [100, { total: 20, host: 1 }],
  ])('has no more under way than it may, in all and at each of %i hosts', async (hosts, expected) => {
    const { fake, clock, fetch, peak } = measuredFetch(10);
    const options: SweepOptions = { clock, fetch, concurrency: 20, politeness: { maxInFlight: 3 } };
    await fake.settle(collect(sweepConnections(targets(300, hosts), options)));
    expect(peak).toEqual(expected);
  });

  it('goes on with other hosts while one is slow', async () => {
    const { fake, clock } = virtualClock();
    const order: string[] = [];
    const fetch = answering(async (url) => {
      await fake.sleep(url.host.startsWith('h0') ? 1000 : 1);
      order.push(url.host);
      return Response.json({});
    });
    await fake.settle(
      collect(sweepConnections(targets(40, 2), { clock, fetch, politeness: { maxInFlight: 1 }, timeoutMs: 5000 })),
    );
    expect(order.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'h1.example.com'));
  });

  it('leaves time between two checks of one host', async () => {
    const { fake, clock, fetch, starts } = measuredFetch(1);
    const politeness = { spacingMs: 100, jitterMs: 50 };
    await fake.settle(collect(sweepConnections(targets(30, 3), { clock, fetch, politeness, random: () => 0.5 })));
    for (const times of starts.values()) {
      const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      expect(gaps).toEqual(Array.from({ length: 9 }, () => 125));
    }
  });

  it('reads the source only as there is room, and not past the end of the loop', async () => {
    let given = 0;
    let isReturned = false;
    const source = (async function* () {
      try {
        for (const target of targets(10_000)) {
          given += 1;
          yield target;
        }
      } finally {
        isReturned = true;
      }
    })();
    const fetch = answering(() => Response.json({}));
    let seen = 0;
    for await (const { progress } of sweepConnections(source, { fetch, concurrency: 4, maxHeld: 8 })) {
      seen += 1;
      expect(given - progress.done).toBeLessThanOrEqual(9);
      if (seen === 50) break;
    }
    expect(given).toBeLessThan(60);
    expect(isReturned).toBe(true);
  });

  it('asks once for a connection that comes several times, and remembers it for 30 seconds', async () => {
    const { fake, clock } = virtualClock();
    let asked = 0;
    const fetch = answering(async () => {
      asked += 1;
      await fake.sleep(5);
      return Response.json({});
    });
    const cache = new HealthCache();
    const thrice = () => [...targets(1), ...targets(1), ...targets(1)];
    const first = await fake.settle(collect(sweepConnections(thrice(), { clock, fetch, cache })));
    expect([asked, first.filter(({ isShared }) => isShared).length]).toEqual([1, 2]);
    await fake.advance(29_000);
    await fake.settle(collect(sweepConnections(thrice(), { clock, fetch, cache })));
    expect(asked).toBe(1);
    await fake.advance(1000);
    await fake.settle(collect(sweepConnections(thrice(), { clock, fetch, cache })));
    expect(asked).toBe(2);
  });

  it('keeps tenants apart in what it remembers', async () => {
    let asked = 0;
    const fetch = answering(() => ((asked += 1), Response.json({})));
    const connection = connectionOf('same', { config: { account: 'a' } });
    const other = { ...connection, meta: { ...connection.meta, tenantId: 'other' } };
    await collect(
      sweepConnections(
        [connection, other].map((one) => ({ spec, connection: one, secrets: SECRETS })),
        { fetch },
      ),
    );
    expect(asked).toBe(2);
  });

  it('lets a connection turn only after two checks that agree', async () => {
    const fetch = answering(() => new Response('', { status: 503 }));
    const previous = { status: 'connected', since: '2026-01-01T00:00:00Z', against: 0 } as const;
    const [target] = targets(1);
    if (target === undefined) expect.fail();
    const [first] = await collect(sweepConnections([{ ...target, previous }], { fetch }));
    expect(first).toMatchObject({
      check: { status: 'unreachable' },
      tracked: { status: 'connected', against: 1 },
      hasChanged: false,
    });
    if (first === undefined) expect.fail();
    const [second] = await collect(sweepConnections([{ ...target, previous: first.tracked }], { fetch }));
    expect(second).toMatchObject({ tracked: { status: 'unreachable' }, hasChanged: true });
  });

  it('ends with its signal, and ends what is under way', async () => {
    const controller = new AbortController();
    const signals: (AbortSignal | null | undefined)[] = [];
    let markBusy = (): void => undefined;
    const isBusy = new Promise<void>((resolve) => {
      markBusy = resolve;
    });
    const fetch = answering((_url, init) => {
      if (signals.push(init.signal) === 5) markBusy();
      return new Promise(() => undefined);
    });
    const sweeping = collect(sweepConnections(targets(100), { fetch, concurrency: 5, signal: controller.signal }));
    await isBusy;
    controller.abort();
    await expect(sweeping).rejects.toMatchObject({ code: 'aborted' });
    expect(signals.every((signal) => signal?.aborted === true)).toBe(true);
    const late = collect(sweepConnections(targets(1), { fetch, signal: AbortSignal.abort() }));
    await expect(late).rejects.toMatchObject({ code: 'aborted' });
  });

  it('passes on what the source throws', async () => {
    const broken = function* (): Generator<SweepTarget> {
      yield* targets(1);
      throw new Error('no more rows');
    };
    const fetch = answering(() => Response.json({}));
    await expect(collect(sweepConnections(broken(), { fetch }))).rejects.toThrow('no more rows');
    const later = (async function* () {
      yield* targets(1);
      throw new Error('no more rows');
    })();
    await expect(collect(sweepConnections(later, { fetch }))).rejects.toThrow('no more rows');
  });

  it('goes on where a check of the host’s throws', async () => {
    const options: SweepOptions = {
      check: (_spec, connection) =>
        connection.meta.id === 'c1'
          ? Promise.reject(new Error('own fault'))
          : Promise.resolve(checkOf(connection.meta.id)),
    };
    const results = await collect(sweepConnections(targets(3), options));
    expect(Object.fromEntries(results.map(({ check }) => [check.connectionId, check.status]))).toEqual({
      c0: 'connected',
      c1: 'unknown',
      c2: 'connected',
    });
  });
});

function checkOf(connectionId: string): ConnectionCheck {
  return {
    connectionId,
    integrationKey: 'crm.example',
    status: 'connected',
    connectionStatus: 'connected',
    probe: 'custom',
    checkedAt: '2026-01-01T00:00:00Z',
    latencyMs: 1,
  };
}
