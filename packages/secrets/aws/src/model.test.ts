import { SecretProviderError } from '@mortise/secrets';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { setUp, text } from './__fixtures__/set-up.ts';
import type { AwsSecretsManagerProvider } from './index.ts';

/** What a secret is, seen from outside: the simplest thing that the provider could be. */
interface Model {
  /** By version id; none: there is no secret. */
  readonly values: Map<string, string>;
  current: string | undefined;
  isDeleted: boolean;
  /** Versions by the idempotency key that they were written under. */
  readonly keys: Map<string, { version: string; value: string }>;
}

interface Real {
  readonly provider: AwsSecretsManagerProvider;
  readonly reference: string;
}

type Command = fc.AsyncCommand<Model, Real>;

const GONE = ['NOT_FOUND', 'PENDING_DELETION'];

async function codeOf(action: Promise<unknown>): Promise<string> {
  return action.then(
    () => 'OK',
    (error: unknown) => (SecretProviderError.is(error) ? error.code : String(error)),
  );
}

function expectedFailure(model: Model): string | undefined {
  if (model.values.size === 0) return 'NOT_FOUND';
  return model.isDeleted ? 'PENDING_DELETION' : undefined;
}

/** A version that was written in this run, picked by a number. */
function pick({ values }: Model, index: number): string {
  const versions = [...values.keys()];
  return versions[index % Math.max(versions.length, 1)] ?? 'f'.repeat(36);
}

function write(kind: 'setSecret' | 'rotateSecret' | 'stageSecret', value: string, key: string | undefined): Command {
  return {
    check: () => true,
    toString: () => `${kind}(${value}, ${key})`,
    run: async (model, { provider, reference }) => {
      const options = key === undefined ? {} : { idempotencyKey: key };
      const writing = provider[kind](reference, { data: value }, options);
      const known = key === undefined ? undefined : model.keys.get(`${kind} ${key}`);
      const failure = expectedFailure(model);
      const isCreated = kind === 'setSecret' && failure === 'NOT_FOUND';
      if (failure !== undefined && !isCreated) {
        expect(await codeOf(writing)).toBe(failure);
        return;
      }
      if (known !== undefined && known.value !== value) {
        expect(await codeOf(writing)).toBe('CONFLICT');
        return;
      }
      if (known !== undefined && kind === 'rotateSecret' && model.current !== known.version) {
        // Rolled back more than once, it looks like a rotation whose place another one took. Nothing changes either way.
        expect(['OK', 'CONFLICT']).toContain(await codeOf(writing));
        return;
      }
      const result = await writing;
      expect(result.reference).toBe(reference);
      if (known !== undefined) {
        expect(result.version).toBe(known.version);
        return;
      }
      expect(model.values.has(result.version)).toBe(false);
      if (result.previousVersion !== undefined) expect(result.previousVersion).toBe(model.current);
      model.values.set(result.version, value);
      if (kind !== 'stageSecret') model.current = result.version;
      if (key !== undefined) model.keys.set(`${kind} ${key}`, { version: result.version, value });
    },
  };
}

function promote(index: number): Command {
  return {
    check: () => true,
    toString: () => `promoteSecret(${index})`,
    run: async (model, { provider, reference }) => {
      const version = pick(model, index);
      const code = await codeOf(provider.promoteSecret(reference, version));
      const failure = expectedFailure(model);
      expect(code).toBe(failure ?? 'OK');
      if (failure === undefined) model.current = version;
    },
  };
}

function readPinned(index: number): Command {
  return {
    check: () => true,
    toString: () => `getSecret(${index})`,
    run: async (model, { provider, reference }) => {
      const version = pick(model, index);
      const failure = expectedFailure(model);
      const reading = provider.getSecret(reference, { version });
      if (failure !== undefined) expect(await codeOf(reading)).toBe(failure);
      else expect(text(await reading)).toBe(model.values.get(version));
    },
  };
}

function remove(isForced: boolean): Command {
  return {
    check: () => true,
    toString: () => `deleteSecret(${isForced})`,
    run: async (model, { provider, reference }) => {
      const code = await codeOf(provider.deleteSecret(reference, isForced ? { force: true } : {}));
      expect(code).toBe(isForced ? 'OK' : (expectedFailure(model) ?? 'OK'));
      if (isForced) {
        model.values.clear();
        model.keys.clear();
        model.current = undefined;
        model.isDeleted = false;
      } else if (code === 'OK') {
        model.isDeleted = true;
      }
    },
  };
}

const restore: Command = {
  check: () => true,
  toString: () => 'restoreSecret',
  run: async (model, { provider, reference }) => {
    const code = await codeOf(provider.restoreSecret(reference));
    expect(code).toBe(model.values.size === 0 ? 'NOT_FOUND' : 'OK');
    model.isDeleted = false;
  },
};

/** After every step: what a reader of the reference sees. */
function checked(command: Command): Command {
  return {
    check: (model) => command.check(model),
    toString: () => command.toString(),
    run: async (model, real) => {
      await command.run(model, real);
      const reading = real.provider.getSecret(real.reference);
      if (expectedFailure(model) === undefined) {
        const value = await reading;
        expect([value.version, text(value)]).toEqual([model.current, model.values.get(model.current ?? '')]);
      } else {
        expect(GONE).toContain(await codeOf(reading));
      }
    },
  };
}

it(
  'behaves as one value with named versions, whatever is done to it in whichever order',
  { timeout: 120_000 },
  async () => {
    const { provider } = await setUp();
    const value = fc.constantFrom('one', 'two', 'three');
    const key = fc.option(fc.constantFrom('k1', 'k2', 'k3'), { nil: undefined, freq: 2 });
    const index = fc.nat({ max: 20 });
    const commands = fc.commands(
      [
        fc
          .tuple(fc.constantFrom('setSecret', 'rotateSecret', 'stageSecret'), value, key)
          .map((parts) => write(...parts)),
        index.map(promote),
        index.map(readPinned),
        fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }).map(remove),
        fc.constant(restore),
      ].map((command) => command.map(checked)),
      { maxCommands: 25 },
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(commands, async (steps) => {
        run += 1;
        const reference = `aws://secretsmanager/runs/${run}`;
        await fc.asyncModelRun(
          () => ({
            model: { values: new Map(), current: undefined, isDeleted: false, keys: new Map() },
            real: { provider, reference },
          }),
          steps,
        );
      }),
      { numRuns: 60 },
    );
  },
);
