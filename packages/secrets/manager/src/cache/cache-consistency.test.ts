import * as fc from 'fast-check';
import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import type { SecretReference, SecretValue } from '../secret-provider.ts';
import { SecretProviderError } from '../secret-provider-error.ts';
import { MemorySecretProvider } from '../testing/memory-secret-provider.ts';
import { cacheSecrets } from './caching-secret-provider.ts';

const REF = 'memory://key';

/** Reads see what is stored when they start and end when they are released, in any order. */
class SlowBackend extends MemorySecretProvider {
  readonly held: (() => void)[] = [];

  override async getSecret(reference: SecretReference): Promise<SecretValue> {
    const value = await super.getSecret(reference);
    const { promise, open } = gate();
    this.held.push(open);
    await promise;
    return value;
  }
}

function gate() {
  let open = (): void => {};
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}

const step = fc.oneof(
  fc.constant({ kind: 'read' } as const),
  fc.constant({ kind: 'refresh' } as const),
  fc.constant({ kind: 'write' } as const),
  fc.constant({ kind: 'invalidate' } as const),
  fc.record({ kind: fc.constant('release' as const), index: fc.nat({ max: 5 }) }),
  fc.record({ kind: fc.constant('advance' as const), ms: fc.nat({ max: 400_000 }) }),
);

describe('a cache under any order of reads, refreshes, writes, delays and time-outs', () => {
  it('never answers with less than was written before the read began, and always answers', async () => {
    let answers = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 60 }), async (steps) => {
        const clock = new FakeClock();
        const backend = new SlowBackend({ secrets: { [REF]: 'x' }, now: clock.now });
        const cache = cacheSecrets(backend, { now: clock.now, setTimer: clock.setTimer, staleIfErrorMs: 60_000 });
        let written = 1;
        const violations: string[] = [];
        const pending: Promise<void>[] = [];
        const watch = async (read: Promise<SecretValue>, least: number): Promise<void> => {
          try {
            const { version } = await read;
            answers += 1;
            if (Number(version) < least) violations.push(`version ${version} came where ${least} was written`);
          } catch (error) {
            if (!SecretProviderError.is(error) || error.code !== 'TIMEOUT') violations.push(String(error));
          }
        };
        const run = {
          read: () => pending.push(watch(cache.getSecret(REF), written)),
          refresh: () => pending.push(watch(cache.refresh(REF), written)),
          write: async () => {
            written = Number((await cache.setSecret(REF, { data: 'x' })).version);
          },
          invalidate: () => {
            cache.invalidate(REF);
          },
        };
        for (const command of steps) {
          if (command.kind === 'advance') await clock.advance(command.ms);
          else if (command.kind === 'release') backend.held.splice(command.index, 1)[0]?.();
          else await run[command.kind]();
          await clock.advance(0);
        }
        for (const open of backend.held) open();
        await clock.runAll();
        await Promise.all(pending);
        expect(violations).toEqual([]);
        expect(clock.pendingTimers).toBe(0);
      }),
      { numRuns: 300 },
    );
    expect(answers).toBeGreaterThan(500);
  });
});
