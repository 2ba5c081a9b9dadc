import { describe, expect, it } from 'vitest';
import { World } from '../__fixtures__/world.ts';

const VARIANTS = ['staged', 'sibling', 'copies'] as const;
const REASONS = ['scheduled', 'compromised'] as const;
const CASES = VARIANTS.flatMap((variant) => REASONS.map((reason) => [variant, reason] as const));

describe.each(CASES)('a rotation that crashes at any point (%s, %s)', (variant, reason) => {
  it('is finished by another runner, with a working key in use all the while', async () => {
    let crashes = 0;
    for (let crashAt = 1; ; crashAt += 1) {
      const world = new World({ variant });
      const { isCrashed, labels } = await world.rotate(crashAt, reason);
      await world.settle();
      const isPlanned = (await world.record()) !== undefined;
      const wanted = (await world.record())?.lastRotation === undefined ? 'key-0' : 'key-1';
      const moment = `crash at ${crashAt}, ${labels.at(-1)}`;
      expect([moment, world.violations]).toEqual([moment, []]);
      expect([moment, await world.currentKey()]).toEqual([moment, wanted]);
      expect([moment, await world.leftovers()]).toEqual([moment, []]);
      if (isPlanned && wanted === 'key-1') {
        expect([moment, [...world.provider.revoked]]).toEqual([moment, ['key-0']]);
        expect((await world.record())?.lastRotation).toMatchObject({
          status: 'completed',
          oldKey: { isRevoked: true },
        });
      }
      if (!isCrashed()) break;
      crashes += 1;
    }
    expect(crashes).toBeGreaterThan(40);
  });

  it('is rolled back by another runner when the new key is refused, and the new key is ended', async () => {
    for (let crashAt = 1; ; crashAt += 1) {
      const world = new World({ variant });
      world.provider.answers.set('key-1', { valid: false, error: 'not activated' });
      const { isCrashed, labels } = await world.rotate(crashAt, reason);
      await world.settle();
      const moment = `crash at ${crashAt}, ${labels.at(-1)}`;
      expect([moment, world.violations]).toEqual([moment, []]);
      expect([moment, await world.currentKey()]).toEqual([moment, 'key-0']);
      expect([moment, await world.leftovers()]).toEqual([moment, []]);
      const { lastRotation } = (await world.record()) ?? {};
      if (lastRotation !== undefined) {
        expect(lastRotation).toMatchObject({ status: 'rolled_back', failure: { code: 'NEW_KEY_INVALID' } });
        expect([moment, [...world.provider.revoked]]).toEqual([moment, ['key-1']]);
      }
      if (!isCrashed()) break;
    }
  });
});
