import { describe, expect, it } from 'vitest';
import { answering, connectionOf, SECRETS, specOf, virtualClock } from '../__fixtures__/example.ts';
import { sweepConnections, type SweepTarget } from './sweep-connections.ts';

const spec = specOf({}, { baseUrl: 'https://{account}.example.com' });

function* targets(count: number, hosts: number): Generator<SweepTarget> {
  for (let index = 0; index < count; index += 1) {
    yield {
      spec,
      connection: connectionOf(`c${index}`, { config: { account: `h${index % hosts}` } }),
      secrets: SECRETS,
    };
  }
}

describe('a sweep', () => {
  it('checks 100,000 connections with as little in hand as for 1,000', { timeout: 600_000 }, async () => {
    const { fake, clock } = virtualClock();
    let asked = 0;
    const fetch = answering(async (url) => {
      asked += 1;
      await fake.sleep(20 + (asked % 7));
      return new Response(null, { status: url.host.startsWith('h13.') ? 401 : 204 });
    });
    let given = 0;
    let done = 0;
    let peakHeld = 0;
    const source = (function* () {
      for (const target of targets(100_000, 500)) {
        given += 1;
        peakHeld = Math.max(peakHeld, given - done);
        yield target;
      }
    })();
    const byStatus: Record<string, number> = {};
    const sweep = async (): Promise<void> => {
      for await (const { check, progress } of sweepConnections(source, { clock, fetch, concurrency: 1000 })) {
        done = progress.done;
        byStatus[check.status] = (byStatus[check.status] ?? 0) + 1;
      }
    };
    await fake.settle(sweep());
    expect([asked, done]).toEqual([100_000, 100_000]);
    expect(byStatus).toEqual({ connected: 99_800, auth_required: 200 });
    expect(peakHeld).toBeLessThanOrEqual(16_001);
    // A thousand at a time, 26 ms each at most.
    expect(fake.monotonicMs()).toBeLessThan(5000);
    expect(fake.pendingTimers).toBe(0);
  });
});
