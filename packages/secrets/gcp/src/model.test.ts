import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SecretProviderError } from '@mortise/secrets';
import { text } from './__fixtures__/refusal-of.ts';
import { connect, startServer } from './__fixtures__/start.ts';
import type { GcpSecretManagerProvider, GcpSecretManagerProviderOptions } from './index.ts';

/** What a secret should be, as simply as it can be said. */
interface Model {
  readonly values: string[];
  readonly retired: Set<number>;
  current: number | undefined;
}

type Step =
  | { readonly kind: 'set' | 'rotate' | 'stage'; readonly data: string }
  | { readonly kind: 'read' | 'delete' }
  | { readonly kind: 'pin' | 'retire' | 'promote'; readonly version: number };

const data = fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' });
const version = fc.integer({ min: 1, max: 6 });
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('set', 'rotate', 'stage'), data }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('read', 'delete') }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('pin', 'retire', 'promote'), version }) },
  ),
  { minLength: 3, maxLength: 14 },
);

/** What the step comes to: a value, `done`, or the code of an error. */
function expected(model: Model, step: Step, hasAlias: boolean): string {
  const exists = model.values.length > 0;
  const isLatest = (number: number): boolean => number === model.values.length;
  const currentOf = (): number | undefined => (hasAlias ? model.current : exists ? model.values.length : undefined);
  const read = (number: number | undefined): string => {
    if (number === undefined || number > model.values.length) return 'NOT_FOUND';
    return model.retired.has(number) ? 'VERSION_DISABLED' : (model.values[number - 1] ?? '');
  };
  switch (step.kind) {
    case 'set':
    case 'rotate':
    case 'stage':
      if (step.kind !== 'set' && !exists) return 'NOT_FOUND';
      model.values.push(step.data);
      if (step.kind !== 'stage') model.current = model.values.length;
      return String(model.values.length);
    case 'read':
      return read(currentOf());
    case 'pin':
      return read(step.version);
    case 'delete':
      if (!exists) return 'NOT_FOUND';
      model.values.length = 0;
      model.retired.clear();
      model.current = undefined;
      return 'done';
    case 'retire':
      if (!exists || step.version > model.values.length) return 'NOT_FOUND';
      if (hasAlias ? step.version === model.current : isLatest(step.version)) return 'CONFLICT';
      model.retired.add(step.version);
      return 'done';
    case 'promote':
      if (!exists || step.version > model.values.length) return 'NOT_FOUND';
      if (model.retired.has(step.version)) return 'VERSION_DISABLED';
      model.current = step.version;
      return String(step.version);
    default:
      return step satisfies never;
  }
}

async function actual(provider: GcpSecretManagerProvider, reference: string, step: Step): Promise<string> {
  try {
    switch (step.kind) {
      case 'set':
        return (await provider.setSecret(reference, { data: step.data })).version;
      case 'rotate':
        return (await provider.rotateSecret(reference, { data: step.data })).version;
      case 'stage':
        return (await provider.stageSecret?.(reference, { data: step.data }))?.version ?? '';
      case 'read':
        return text((await provider.getSecret(reference)).data);
      case 'pin':
        return text((await provider.getSecret(reference, { version: String(step.version) })).data);
      case 'delete':
        await provider.deleteSecret(reference);
        return 'done';
      case 'retire':
        await provider.retireVersion(reference, String(step.version));
        return 'done';
      case 'promote':
        return (await provider.promoteSecret?.(reference, String(step.version)))?.version ?? '';
      default:
        return step satisfies never;
    }
  } catch (error) {
    if (SecretProviderError.is(error)) return error.code;
    throw error;
  }
}

/** @returns The number of sequences that were compared. */
async function compare(options: GcpSecretManagerProviderOptions): Promise<number> {
  const server = await startServer();
  const provider = connect(server, options);
  const hasAlias = options.currentAlias !== undefined;
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const reference = `gcp://secrets/run-${(runs += 1)}`;
      const model: Model = { values: [], retired: new Set(), current: undefined };
      for (const step of sequence) {
        if (!hasAlias && (step.kind === 'stage' || step.kind === 'promote')) continue;
        const wanted = expected(model, step, hasAlias);
        expect({ step, outcome: await actual(provider, reference, step) }).toEqual({ step, outcome: wanted });
      }
    }),
    { numRuns: 40 },
  );
  return runs;
}

it('does what a simple model of a secret does, whatever is done to it', { timeout: 30_000 }, async () => {
  expect(await compare({})).toBe(40);
});

it('does so with an alias for the current version', { timeout: 30_000 }, async () => {
  expect(await compare({ currentAlias: 'current' })).toBe(40);
});
