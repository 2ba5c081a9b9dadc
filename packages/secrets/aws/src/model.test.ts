import { SecretProviderError } from '@mortise/secrets';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { setUp, text } from './__fixtures__/set-up.ts';
import type { AwsSecretsManagerProvider } from './index.ts';
import type { AwsSecretsServer } from './testing/index.ts';

const DAY_MS = 86_400_000;

/** What a secret is, seen from outside: the simplest thing that the provider could be. */
interface Model {
  /** By version id; none: there is no secret. */
  readonly values: Map<string, string>;
  current: string | undefined;
  /** Epoch milliseconds at which the secret is gone; set while its deletion is scheduled. */
  goneAtMs: number | undefined;
  /** Until when a version that was replaced must not be removed by AWS, in epoch milliseconds. */
  readonly kept: Map<string, number>;
  /** Versions by the idempotency key that they were written under. */
  readonly keys: Map<string, { version: string; value: string }>;
}

interface Real {
  readonly provider: AwsSecretsManagerProvider;
  readonly server: AwsSecretsServer;
  readonly name: string;
  readonly reference: string;
  /** Epoch milliseconds, of provider and server alike. */
  readonly now: () => number;
  readonly wait: (ms: number) => void;
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
  return model.goneAtMs !== undefined ? 'PENDING_DELETION' : undefined;
}

/** There is no secret any more, and nothing that is remembered of it. */
function forget(model: Model): void {
  for (const map of [model.values, model.keys, model.kept]) map.clear();
  model.current = undefined;
  model.goneAtMs = undefined;
}

/** Another version takes the place of the current one, which must last for the overlap. */
function replaceCurrent(model: Model, version: string, keptUntilMs: number | undefined): void {
  const { current, kept } = model;
  if (current !== undefined && keptUntilMs !== undefined) {
    kept.set(current, Math.max(keptUntilMs, kept.get(current) ?? 0));
  }
  model.current = version;
}

/** A version that was written in this run, picked by a number. */
function pick({ values }: Model, index: number): string {
  const versions = [...values.keys()];
  return versions[index % Math.max(versions.length, 1)] ?? 'f'.repeat(36);
}

function write(
  kind: 'setSecret' | 'rotateSecret' | 'stageSecret',
  value: string,
  key: string | undefined,
  overlapMs: number | undefined,
): Command {
  return {
    check: () => true,
    toString: () => `${kind}(${value}, ${key}, ${overlapMs})`,
    run: async (model, { provider, reference, now }) => {
      const overlap = kind === 'rotateSecret' && overlapMs !== undefined ? { overlapMs } : undefined;
      const options = { ...overlap, ...(key === undefined ? {} : { idempotencyKey: key }) };
      const keptUntilMs = overlap === undefined ? undefined : now() + overlap.overlapMs;
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
      if (kind !== 'stageSecret') replaceCurrent(model, result.version, keptUntilMs);
      if (key !== undefined) model.keys.set(`${kind} ${key}`, { version: result.version, value });
    },
  };
}

function promote(index: number, overlapMs: number | undefined): Command {
  return {
    check: () => true,
    toString: () => `promoteSecret(${index}, ${overlapMs})`,
    run: async (model, { provider, reference, now }) => {
      const version = pick(model, index);
      const keptUntilMs = overlapMs === undefined ? undefined : now() + overlapMs;
      const options = overlapMs === undefined ? {} : { overlapMs };
      const code = await codeOf(provider.promoteSecret(reference, version, options));
      const failure = expectedFailure(model);
      expect(code).toBe(failure ?? 'OK');
      if (failure === undefined && model.current !== version) replaceCurrent(model, version, keptUntilMs);
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

function remove(window: 'force' | 7 | 30): Command {
  return {
    check: () => true,
    toString: () => `deleteSecret(${window})`,
    run: async (model, { provider, reference, now }) => {
      const options = window === 'force' ? { force: true } : { recoveryWindowDays: window };
      const code = await codeOf(provider.deleteSecret(reference, options));
      expect(code).toBe(window === 'force' ? 'OK' : (expectedFailure(model) ?? 'OK'));
      if (window === 'force') forget(model);
      else if (code === 'OK') model.goneAtMs = now() + window * DAY_MS;
    },
  };
}

/** Half a day besides, so that nothing depends on the very moment at which a window closes. */
function wait(days: number): Command {
  return {
    check: () => true,
    toString: () => `wait(${days} days)`,
    run: async (model, real) => {
      real.wait((days + 0.5) * DAY_MS);
      if (model.goneAtMs !== undefined && model.goneAtMs <= real.now()) forget(model);
    },
  };
}

const restore: Command = {
  check: () => true,
  toString: () => 'restoreSecret',
  run: async (model, { provider, reference }) => {
    const code = await codeOf(provider.restoreSecret(reference));
    expect(code).toBe(model.values.size === 0 ? 'NOT_FOUND' : 'OK');
    model.goneAtMs = undefined;
  },
};

/** AWS removes versions without a label some day, so one that must last has to have one. */
function expectKept({ kept }: Model, { server, name, now }: Real): void {
  for (const [version, untilMs] of kept) {
    if (untilMs <= now()) continue;
    const { stages = [] } = server.secret(name)?.versions.find(({ id }) => id === version) ?? {};
    const ends = stages.flatMap((stage) => /^mortise-overlap-(\d+)-/.exec(stage)?.[1] ?? []);
    expect(ends).toHaveLength(1);
    expect(Number(ends[0])).toBeGreaterThanOrEqual(untilMs);
  }
}

/** After every step: what a reader of the reference sees, and what AWS must not remove. */
function checked(command: Command): Command {
  return {
    check: (model) => command.check(model),
    toString: () => command.toString(),
    run: async (model, real) => {
      await command.run(model, real);
      expectKept(model, real);
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
    let waitedMs = 0;
    const now = (): number => Date.now() + waitedMs;
    const { server, provider } = await setUp({ now });
    const pass = (ms: number): void => {
      waitedMs += ms;
      server.advance(ms);
    };
    const value = fc.constantFrom('one', 'two', 'three');
    const key = fc.option(fc.constantFrom('k1', 'k2', 'k3'), { nil: undefined, freq: 2 });
    const index = fc.nat({ max: 20 });
    const overlap = fc.constantFrom(undefined, DAY_MS, 10 * DAY_MS, 20 * DAY_MS);
    const writing = fc
      .tuple(fc.constantFrom('setSecret', 'rotateSecret', 'rotateSecret', 'stageSecret'), value, key, overlap)
      .map((parts) => write(...parts));
    const promoting = fc.tuple(index, overlap).map((parts) => promote(...parts));
    const commands = fc.commands(
      [
        // Several times, because each of these kinds is as likely as another, and a secret has to live for a while.
        writing,
        writing,
        writing,
        promoting,
        promoting,
        index.map(readPinned),
        fc.constantFrom<'force' | 7 | 30>('force', 7, 7, 30).map(remove),
        fc.constant(restore),
        fc.constantFrom(1, 8, 31).map(wait),
      ].map((command) => command.map(checked)),
      { maxCommands: 25, size: 'max' },
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(commands, async (steps) => {
        run += 1;
        const name = `runs/${run}`;
        const reference = `aws://secretsmanager/${name}`;
        await fc.asyncModelRun(
          () => ({
            model: {
              values: new Map(),
              current: undefined,
              goneAtMs: undefined,
              kept: new Map(),
              keys: new Map(),
            },
            real: { provider, server, name, reference, now, wait: pass },
          }),
          steps,
        );
      }),
      { numRuns: 60 },
    );
  },
);
