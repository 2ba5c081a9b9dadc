import { describe, expect, it } from 'vitest';
import { application, OWNER } from '../__fixtures__/application.ts';
import { AFTER_LEASE_MS, World } from '../__fixtures__/world.ts';

/** A way to stop a process at a point and let it go on later. */
function createGate(): { readonly opened: Promise<void>; open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

describe('a runner whose process stands still', () => {
  it('is held off while its lease lasts, then replaced', async () => {
    const app = application();
    const other = app.runnerWith();
    const gate = createGate();
    app.provider.interfere = async (call) => {
      if (call === 'validate') await gate.opened;
    };
    const first = app.runner.rotate(app.subject, { reason: 'manual' });
    await app.clock.advance(0);
    await expect(other.rotate(app.subject, { reason: 'manual', maxWaitMs: 0 })).rejects.toMatchObject({
      code: 'CONFLICT',
      retryAfterMs: expect.any(Number),
    });
    await expect(other.resume(app.subject, { maxWaitMs: 0 })).rejects.toMatchObject({ code: 'CONFLICT' });
    const record = await app.record();
    expect(record.lease?.token).toBe(1);
    app.provider.interfere = () => {};
    const second = await app.clock.settle(other.rotate(app.subject, { reason: 'manual' }));
    expect(second).toMatchObject({ status: 'completed', isJoined: true });
    gate.open();
    expect(await app.clock.settle(first)).toMatchObject({ status: 'completed', rotationId: second.rotationId });
    expect(app.provider.issued).toEqual(['key-0', 'key-1']);
    expect(app.clock.pendingTimers).toBe(0);
  });

  it('finds out at its next step that it lost its lease, and reports what the other did', async () => {
    const app = application({ lifecycleTimeoutMs: 300_000, leaseMs: 310_000 });
    const other = app.runnerWith();
    const gate = createGate();
    app.provider.interfere = async (call) => {
      if (call === 'validate') await gate.opened;
    };
    const first = app.runner.rotate(app.subject, { reason: 'manual' });
    await app.clock.advance(0);
    app.provider.interfere = () => {};
    // Its timers stand still too: another host's clock is what says that the lease is over.
    const record = await app.record();
    await app.store.save({
      ...record,
      lease: { holder: 'other', token: 2, expiresAt: record.lease?.expiresAt ?? '' },
      fence: 2,
    });
    gate.open();
    await app.clock.advance(1_000);
    expect(app.types()).toContain('lease_lost');
    expect((await app.record()).rotation?.step).toBe('stored');
    await app.clock.advance(310_000);
    expect(await app.clock.settle(other.resume(app.subject))).toBeUndefined();
    expect(await app.clock.settle(first)).toMatchObject({ status: 'completed' });
  });

  it.each(['staged', 'sibling', 'copies'] as const)(
    'at any point does no harm when it goes on after another has finished (%s)',
    async (variant) => {
      const points = (await new World({ variant }).rotate(Infinity, 'compromised')).points();
      for (let stopAt = 1; stopAt <= points; stopAt += 1) {
        const world = new World({ variant });
        const gate = createGate();
        let count = 0;
        let label = '';
        const zombie = world.runnerWith(async (at) => {
          count += 1;
          if (count !== stopAt) return;
          label = at;
          await gate.opened;
        });
        const first = zombie.rotate(world.subject, { reason: 'compromised', maxWaitMs: 0 }).catch(() => 'gone');
        await world.clock.advance(AFTER_LEASE_MS);
        await world.clock.settle(world.start().runner.rotate(world.subject, { reason: 'compromised' })).catch(() => {});
        const key = await world.currentKey();
        gate.open();
        await world.clock.advance(AFTER_LEASE_MS);
        await first;
        await world.settle();
        const moment = `${variant}, stopped at ${stopAt}: ${label}`;
        expect([moment, world.violations]).toEqual([moment, []]);
        expect([moment, await world.currentKey()]).toEqual([moment, key]);
        // A write that came this late cannot be undone by anybody; it holds the key that is in use, or that one before it.
        if (label !== 'before secrets.set') expect([moment, await world.leftovers()]).toEqual([moment, []]);
      }
    },
  );
});

describe('two runners at once', () => {
  it('make one rotation of two requests', async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const world = new World({ variant: 'staged' });
      const delays = Array.from({ length: 400 }, (_, index) => ((seed + 3) * (index + 7) * 7919) % 11);
      let calls = 0;
      const slow = async (): Promise<void> => world.clock.sleep(delays[(calls += 1) % delays.length] ?? 0);
      const runners = [world.runnerWith(slow), world.runnerWith(slow), world.runnerWith(slow)];
      const reports = await world.clock.settle(
        Promise.all(runners.map(async (runner) => runner.rotate(world.subject, { reason: 'scheduled' }))),
      );
      expect(new Set(reports.map(({ rotationId }) => rotationId)).size).toBe(1);
      expect(reports.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
      expect(world.provider.issued).toEqual(['key-0', 'key-1']);
      await world.settle();
      expect(world.violations).toEqual([]);
    }
  });

  it('may validate and rotate beside each other', async () => {
    const world = new World({ variant: 'sibling' });
    const slow = async (): Promise<void> => world.clock.sleep(3);
    const [one, other] = [world.runnerWith(slow), world.runnerWith(slow)];
    const work = Promise.all([
      one.rotate(world.subject, { reason: 'compromised' }),
      ...Array.from({ length: 10 }, async (_, index) => {
        await world.clock.sleep(index * 20);
        return other.validate(world.subject);
      }),
    ]);
    const [report] = await world.clock.settle(work);
    expect(report.status).toBe('completed');
    expect(await world.store.load(OWNER)).toMatchObject({
      generation: 1,
      metadata: { validationStatus: 'valid' },
      validation: { outcome: 'valid' },
    });
    expect(await world.currentKey()).toBe('key-1');
  });
});
