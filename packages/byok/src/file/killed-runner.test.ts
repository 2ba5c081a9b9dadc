import { seededRandom } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { CrashLane, type LaneOptions, OVERLAP_MS } from './__fixtures__/crash-lane.ts';
import { bundledProgram } from './__fixtures__/crash-program.ts';

const LANES: readonly LaneOptions[] = [
  { name: 'beside it, scheduled', isStaged: false, reason: 'scheduled', isThorough: true },
  { name: 'beside it, compromised', isStaged: false, reason: 'compromised', isThorough: false },
  { name: 'staged, manual', isStaged: true, reason: 'manual', isThorough: false },
  { name: 'staged, compromised', isStaged: true, reason: 'compromised', isThorough: true },
];
/** What every rotation does, and what one does that is staged or not. */
const COMMON = ['store.load', 'store.save', 'secrets.get', 'secrets.retire'];
const PROVIDER = ['provider.validate', 'provider.rotate', 'provider.revoke'];
const STAGED = ['secrets.stage', 'secrets.promote'];
const BESIDE = ['secrets.set', 'secrets.rotate', 'secrets.delete'];

/** Kills a process at the points that a whole rotation passes; each starts where the last one died. */
async function killAtPoints(lane: CrashLane, every: number): Promise<void> {
  const { report, ended } = await lane.run();
  expect(ended).toBe(0);
  const points = report?.points ?? 0;
  expect(points).toBeGreaterThan(45);
  lane.advance(2 * OVERLAP_MS);
  for (let killAt = 1; killAt <= points; killAt += every) await lane.kill({ killAt });
}

/** Kills a process at each kind of point at which none of the above happened to be killed. */
async function killOnTheRest(lane: CrashLane): Promise<void> {
  for (const operation of [...COMMON, ...PROVIDER, ...(lane.options.isStaged ? STAGED : BESIDE)]) {
    for (const killOn of [`before ${operation}`, `after ${operation}`]) {
      if (!lane.labels.has(killOn)) await lane.kill({ killOn });
    }
  }
}

/** The same for rotations whose new key the provider refuses. */
async function killWhileRollingBack(lane: CrashLane): Promise<void> {
  lane.server.makesBadKeys = true;
  for (let killAt = 30; killAt <= 45; killAt += 3) await lane.kill({ killAt });
  lane.server.makesBadKeys = false;
}

/** Kills processes at moments that have nothing to do with points: in the middle of a write, or of an answer. */
async function killAnywhere(lane: CrashLane): Promise<void> {
  const random = seededRandom(lane.options.name.length);
  for (let round = 0; round < 5; round += 1) await lane.kill({ killAfterMs: Math.round(random() * 120) });
}

describe('a runner killed at any of its steps', { timeout: 300_000 }, () => {
  it('is followed by one that goes on to one valid current key, with the old one readable for its overlap', async () => {
    const program = await bundledProgram();
    const lanes = await Promise.all(LANES.map(async (lane) => CrashLane.open(lane, program)));
    await Promise.all(
      lanes.map(async (lane) => {
        // At every point where the new key waits beside the old one, and where it is staged; else at every third.
        await killAtPoints(lane, lane.options.isThorough ? 1 : 3);
        await killWhileRollingBack(lane);
        lane.advance(2 * OVERLAP_MS);
        if (lane.options.isThorough) await killOnTheRest(lane);
        await killAnywhere(lane);
        lane.advance(2 * OVERLAP_MS);
        const last = await lane.run();
        expect([lane.options.name, last.report?.label]).toEqual([lane.options.name, 'completed']);
        await lane.check('in the end');
        expect([lane.options.name, lane.violations]).toEqual([lane.options.name, []]);
        expect(await lane.leftovers()).toEqual([]);
        const record = await lane.record();
        expect(record).toMatchObject({ lastRotation: { status: 'completed' } });
        expect(record?.rotation).toBeUndefined();
        // All keys that were ever made are ended, but for the current one and those in their overlap.
        expect([lane.options.name, lane.aliveKeys()]).toEqual([lane.options.name, await lane.keysInUse()]);
      }),
    );
    const seen = (of: (lane: CrashLane) => Iterable<string>): Set<string> =>
      new Set(lanes.flatMap((lane) => [...of(lane)]));
    const everywhere = [...COMMON, ...PROVIDER, ...STAGED, ...BESIDE].flatMap((name) => [
      `before ${name}`,
      `after ${name}`,
    ]);
    expect([...seen((lane) => lane.labels)]).toEqual(expect.arrayContaining(everywhere));
    expect([...seen((lane) => lane.steps)].sort()).toEqual(
      ['planned', 'obtaining', 'stored', 'validated', 'promoting', 'promoted', 'verified', 'discarding'].sort(),
    );
    expect(lanes.reduce((sum, lane) => sum + lane.kills, 0)).toBeGreaterThanOrEqual(200);
  });
});
