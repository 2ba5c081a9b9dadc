import type { ByokKeyRotationReason } from '@mortise/core';
import { SecretProviderError } from '@mortise/secrets';
import { seededRandom } from '@mortise/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REFERENCE } from '../__fixtures__/application.ts';
import { CrashedError, World, type WorldOptions } from '../__fixtures__/world.ts';
import type { ByokRotateOptions } from '../runner/byok-key-runner.ts';

type Source = 'lifecycle' | 'handed-in' | 'reference';

/** What happens to the world, one after the other. */
type Happening =
  | {
      readonly kind: 'rotate';
      readonly reason: ByokKeyRotationReason;
      readonly source: Source;
      readonly crashAt: number;
    }
  | { readonly kind: 'validate' | 'resume'; readonly crashAt: number }
  | { readonly kind: 'time'; readonly ms: number }
  /** How the provider judges the keys that come from now on. */
  | { readonly kind: 'provider'; readonly judges: 'well' | 'badly' | 'not at all' }
  /** Operations that happen and are reported as failed, by chance. */
  | { readonly kind: 'network'; readonly lossRate: number };

const crashAt = fc.oneof({ arbitrary: fc.integer({ min: 1, max: 90 }), weight: 3 }, fc.constant(Infinity));
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('rotate' as const),
      reason: fc.constantFrom('scheduled', 'manual', 'compromised'),
      source: fc.constantFrom('lifecycle', 'handed-in', 'reference'),
      crashAt,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('validate', 'resume'), crashAt }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('time' as const),
      ms: fc.constantFrom(1_000, 60_000, 600_000, 3_600_000, 86_400_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('provider' as const),
      judges: fc.constantFrom('well', 'badly', 'not at all'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('network' as const), lossRate: fc.constantFrom(0, 0, 0.1, 0.4) }),
  },
);

/** Lets things happen to a world, one process after the other. */
class History {
  readonly world: World;
  readonly #random: () => number;
  #lossRate = 0;
  #judges: 'well' | 'badly' | 'not at all' = 'well';
  #brought = 0;

  constructor(variant: WorldOptions['variant'], seed: number) {
    this.world = new World({ variant });
    this.#random = seededRandom(seed);
    const { provider } = this.world;
    const validate = provider.validateKey.bind(provider);
    provider.validateKey = async (secrets) => {
      const { validated } = this.world;
      const isNew = !validated.has(secrets['apiKey'] ?? '');
      if (isNew && this.#judges === 'badly') return { valid: false, error: 'refused' };
      if (isNew && this.#judges === 'not at all') throw new TypeError('503');
      return validate(secrets);
    };
  }

  async happen(what: Happening, moment: string): Promise<void> {
    const { world } = this;
    switch (what.kind) {
      case 'time':
        await world.clock.advance(what.ms);
        return;
      case 'provider':
        this.#judges = what.judges;
        return;
      case 'network':
        this.#lossRate = what.lossRate;
        return;
      case 'rotate': {
        const request = await this.#request(what.source);
        await this.#run(what.crashAt, async (runner) =>
          runner.rotate(world.subject, { reason: what.reason, maxWaitMs: 0, ...request }),
        );
        break;
      }
      case 'validate':
        await this.#run(what.crashAt, async (runner) => runner.validate(world.subject));
        break;
      case 'resume':
        await this.#run(what.crashAt, async (runner) => runner.resume(world.subject, { maxWaitMs: 0 }));
        break;
      default:
        what satisfies never;
    }
    await world.check(moment);
  }

  /** From now on all goes well. */
  heal(): void {
    this.#lossRate = 0;
    this.#judges = 'well';
  }

  async #run(crash: number, work: (runner: ReturnType<World['runnerWith']>) => Promise<unknown>): Promise<void> {
    let count = 0;
    const runner = this.world.runnerWith((label) => {
      count += 1;
      if (count >= crash) throw new CrashedError(label);
      if (label.startsWith('after secrets.') && this.#random() < this.#lossRate) {
        throw new SecretProviderError({ code: 'TIMEOUT', message: label, provider: 'memory', reference: REFERENCE });
      }
      if (label.startsWith('after provider.') && this.#random() < this.#lossRate) throw new TypeError('reset');
    });
    // Refusals and crashes are part of the history; what counts is what they leave.
    await this.world.clock.settle(work(runner)).catch(() => {});
  }

  async #request(source: Source): Promise<Partial<ByokRotateOptions>> {
    if (source === 'lifecycle') return {};
    this.#brought += 1;
    const apiKey = `tenant-${this.#brought}`;
    this.world.provider.issued.push(apiKey);
    if (source === 'handed-in') return { newSecrets: { apiKey } };
    const newSecretRef = `memory://tenants/acme/new-${this.#brought}`;
    await this.world.secrets.setSecret(newSecretRef, { data: JSON.stringify({ apiKey }) });
    return { newSecretRef };
  }
}

describe.each(['staged', 'sibling', 'copies'] as const)('whatever happens (%s)', (variant) => {
  it('the connection has a working key at every moment, and nothing is left behind in the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 14 }), fc.nat(), async (happenings, seed) => {
        const history = new History(variant, seed);
        const { world } = history;
        for (const [index, what] of happenings.entries()) {
          await history.happen(what, `${index}: ${JSON.stringify(what)}`);
        }
        history.heal();
        await world.settle();
        expect(world.violations).toEqual([]);
        expect(await world.leftovers()).toEqual([]);
        const record = await world.record();
        expect(record?.rotation).toBeUndefined();
        expect(record?.retiring ?? []).toEqual([]);
        const { runner } = world.start();
        expect(await world.clock.settle(runner.validate(world.subject))).toMatchObject({ outcome: 'valid' });
        expect(await world.clock.settle(runner.rotate(world.subject, { reason: 'compromised' }))).toMatchObject({
          status: 'completed',
          oldKey: { status: 'ended', isRevoked: true },
        });
      }),
      { numRuns: 150, seed: 7 },
    );
  });
});
