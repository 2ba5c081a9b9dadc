import { deepStrictEqual } from 'node:assert/strict';
import { SecretProviderError } from '@mortise/secrets';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textOf } from './__fixtures__/backend.ts';
import { ScalewaySecretManagerProvider } from './index.ts';
import { type ScalewaySecretServer, startScalewaySecretServer } from './testing/index.ts';

const REFERENCE = 'scw://secret-manager/fr-par/tenants/acme/key';

/** What a caller must find, kept in the plainest way. */
interface Model {
  versions: { text: string; isRetired: boolean }[];
  state: 'absent' | 'live' | 'deleted';
}

interface Real {
  readonly provider: ScalewaySecretManagerProvider;
  readonly server: ScalewaySecretServer;
}

type Command = fc.AsyncCommand<Model, Real>;

const codeOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'none',
    (error: unknown) => (SecretProviderError.is(error) ? error.code : String(error)),
  );

const currentOf = ({ versions }: Model): number => versions.findLastIndex(({ isRetired }) => !isRetired);

/** One step: what it does to both, and how it is printed when a run fails. */
function command(name: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return { check: () => true, run, toString: () => name };
}

const payload = fc.string({ maxLength: 8, unit: 'grapheme' });
const revision = fc.integer({ min: 1, max: 6 });

const set = payload.map((text) =>
  command(`set ${JSON.stringify(text)}`, async (model, { provider }) => {
    if (model.state !== 'live') model.versions = [];
    model.state = 'live';
    model.versions.push({ text, isRetired: false });
    const { version, reference } = await provider.setSecret(REFERENCE, { data: text });
    deepStrictEqual([version, reference], [String(model.versions.length), REFERENCE]);
  }),
);

const rotate = payload.map((text) =>
  command(`rotate ${JSON.stringify(text)}`, async (model, { provider }) => {
    if (model.state !== 'live') {
      deepStrictEqual(await codeOf(provider.rotateSecret(REFERENCE, { data: text })), 'NOT_FOUND');
      return;
    }
    const previousVersion = String(currentOf(model) + 1);
    model.versions.push({ text, isRetired: false });
    const rotated = await provider.rotateSecret(REFERENCE, { data: text }, { overlapMs: 1000 });
    deepStrictEqual(rotated, { reference: REFERENCE, version: String(model.versions.length), previousVersion });
  }),
);

const repeat = payload.map((text) =>
  command(`set twice ${JSON.stringify(text)}`, async (model, { provider, server }) => {
    if (model.state !== 'live') model.versions = [];
    model.state = 'live';
    model.versions.push({ text, isRetired: false });
    const idempotencyKey = `write-${server.requests.length}`;
    const once = await provider.setSecret(REFERENCE, { data: text }, { idempotencyKey });
    const again = await provider.setSecret(REFERENCE, { data: text }, { idempotencyKey });
    deepStrictEqual([again.version, once.version], [String(model.versions.length), String(model.versions.length)]);
  }),
);

const get = fc.constant(
  command('get', async (model, { provider }) => {
    const current = currentOf(model);
    if (model.state !== 'live') {
      deepStrictEqual(await codeOf(provider.getSecret(REFERENCE)), 'NOT_FOUND');
      return;
    }
    const value = await provider.getSecret(REFERENCE);
    deepStrictEqual([value.version, textOf(value)], [String(current + 1), model.versions[current]?.text]);
  }),
);

const pin = revision.map((number) =>
  command(`get ${number}`, async (model, { provider }) => {
    const version = model.state === 'live' ? model.versions[number - 1] : undefined;
    const reading = provider.getSecret(`${REFERENCE}?version=${number}`);
    if (version === undefined) deepStrictEqual(await codeOf(reading), 'NOT_FOUND');
    else if (version.isRetired) deepStrictEqual(await codeOf(reading), 'VERSION_DISABLED');
    else deepStrictEqual(textOf(await reading), version.text);
  }),
);

const retire = revision.map((number) =>
  command(`retire ${number}`, async (model, { provider }) => {
    const code = await codeOf(provider.retireVersion(REFERENCE, String(number)));
    const version = model.state === 'live' ? model.versions[number - 1] : undefined;
    if (version === undefined) deepStrictEqual(code, 'NOT_FOUND');
    else if (currentOf(model) === number - 1) deepStrictEqual(code, 'CONFLICT');
    else {
      deepStrictEqual(code, 'none');
      version.isRetired = true;
    }
  }),
);

const remove = fc.constant(
  command('delete', async (model, { provider }) => {
    deepStrictEqual(await codeOf(provider.deleteSecret(REFERENCE)), model.state === 'live' ? 'none' : 'NOT_FOUND');
    if (model.state === 'live') model.state = 'deleted';
  }),
);

const restore = fc.constant(
  command('restore', async (model, { provider, server }) => {
    // So that no two deletions happen at one moment.
    server.advance(1);
    deepStrictEqual(await codeOf(provider.restoreSecret(REFERENCE)), model.state === 'absent' ? 'NOT_FOUND' : 'none');
    if (model.state === 'deleted') model.state = 'live';
  }),
);

const wait = fc.constant(
  command('wait for 8 days', async (model, { server }) => {
    server.advance(8 * 86_400_000);
    if (model.state === 'deleted') Object.assign(model, { versions: [], state: 'absent' });
  }),
);

it('behaves like a list of versions, whatever is done to it in whatever order', { timeout: 60_000 }, async () => {
  const steps = fc.commands([set, rotate, repeat, get, pin, retire, remove, restore, wait], { maxCommands: 25 });
  const run = fc.assert(
    fc.asyncProperty(steps, async (commands) => {
      const server = await startScalewaySecretServer({ startMs: 1_790_000_000_000 });
      const { token, url: baseUrl, projectId: defaultProjectId, now } = server;
      const provider = new ScalewaySecretManagerProvider({ token, baseUrl, defaultProjectId, now, env: {} });
      const model: Model = { versions: [], state: 'absent' };
      try {
        await fc.asyncModelRun(() => ({ model, real: { provider, server } }), commands);
      } finally {
        await server.close();
      }
    }),
    { numRuns: 60 },
  );
  await expect(run).resolves.toBeUndefined();
});
