import { SecretProviderError } from '@mortise/secrets';
import type { FaultStep } from '@mortise/testing';
import { describe, expect, it, vi } from 'vitest';
import { refusalOf } from './__fixtures__/refusal-of.ts';
import { NAME, REFERENCE, setUp, type SetUp, text } from './__fixtures__/set-up.ts';

const HOUR_MS = 3_600_000;
/** The requests of a rotation with labels and an overlap. */
const ROTATION = [
  'TagResource',
  'PutSecretValue',
  'GetSecretValue',
  'GetSecretValue',
  'DescribeSecret',
  'UpdateSecretVersionStage',
  'UpdateSecretVersionStage',
  'UpdateSecretVersionStage',
] as const;
/** The last one only tidies up, so that its failure is nobody's business. */
const LAST_NEEDED = ROTATION.length - 1;

const STEPS = ROTATION.map((operation, index) => [index + 1, operation] as const);

type Limits = { readonly signal?: AbortSignal; readonly timeoutMs?: number };

async function rotate({ provider }: SetUp, limits: Limits = {}): Promise<string> {
  const options = { idempotencyKey: 'rotation-1', overlapMs: HOUR_MS, ...limits };
  const payload = { data: 'new', labels: { rotated: 'yes' } };
  return (await provider.rotateSecret(REFERENCE, payload, options)).version;
}

/** One whole version is current, and the one before can still be read. */
async function expectWhole({ provider, server }: SetUp, old: string): Promise<void> {
  expect(['old', 'new']).toContain(text(await provider.getSecret(REFERENCE)));
  expect(text(await provider.getSecret(REFERENCE, { version: old }))).toBe('old');
  const current = server.secret(NAME)?.versions.filter(({ stages }) => stages.includes('AWSCURRENT'));
  expect(current).toHaveLength(1);
}

/** The same call completes the rotation: one new version, current, and nothing left of the interruption. */
async function expectResumed(ready: SetUp, old: string): Promise<void> {
  const version = await rotate(ready);
  expect(await rotate(ready)).toBe(version);
  const { versions = [], tags } = ready.server.secret(NAME) ?? {};
  expect(versions.map(({ id }) => id)).toEqual([old, version]);
  expect(versions.map(({ value }) => value)).toEqual(['old', 'new']);
  expect(versions[1]?.stages).toEqual(['AWSCURRENT']);
  expect(versions[0]?.stages.filter((stage) => !stage.startsWith('mortise-overlap-'))).toEqual(['AWSPREVIOUS']);
  expect(versions[0]?.stages).toHaveLength(2);
  expect(tags).toEqual({ rotated: 'yes' });
}

it('a rotation with labels and an overlap sends these requests', async () => {
  const ready = await setUp();
  ready.server.seed(NAME, 'old');
  await rotate(ready);
  expect(ready.operations()).toEqual(ROTATION);
});

describe.each(STEPS)('a rotation whose request %i (%s)', (step, operation) => {
  const before: FaultStep[] = Array.from({ length: step - 1 }, () => 'none');
  const isWrite = !['GetSecretValue', 'DescribeSecret'].includes(operation);

  it.each<[string, FaultStep, string]>([
    ['is answered by half a body', { kind: 'truncate', afterBytes: 1 }, 'UNAVAILABLE'],
    ['loses its connection within the body', { kind: 'reset', afterBytes: 1 }, 'UNAVAILABLE'],
    ['is answered by broken JSON', { kind: 'malformed', as: 'json' }, isWrite ? 'UNKNOWN' : 'INTEGRITY'],
    ['is answered by a page', { kind: 'malformed', as: 'html' }, isWrite ? 'UNKNOWN' : 'INTEGRITY'],
    ['is answered by a proxy that fails', { kind: 'status', status: 502, body: '<html>' }, 'UNAVAILABLE'],
    ['is throttled', { kind: 'status', status: 429 }, 'THROTTLED'],
  ])('%s leaves nothing half-done, and goes on when it is repeated', async (_, fault, code) => {
    const ready = await setUp();
    const old = ready.server.seed(NAME, 'old');
    ready.server.inject(...before, fault);
    if (step <= LAST_NEEDED) expect((await refusalOf(async () => rotate(ready))).code).toBe(code);
    else await rotate(ready);
    // Nothing was sent after the failure, and nothing twice.
    expect(ready.server.requests).toHaveLength(step);
    await expectWhole(ready, old);
    await expectResumed(ready, old);
  });

  it('may not be made any more says FORBIDDEN, and goes on once it is allowed again', async () => {
    const ready = await setUp();
    const old = ready.server.seed(NAME, 'old');
    const sent = ROTATION.slice(0, step - 1).filter((each) => each === operation).length;
    // Half-way: what this operation did before in the same rotation was still allowed.
    const grant = ready.server.revoke({ action: `secretsmanager:${operation}`, afterCalls: sent });
    if (step <= LAST_NEEDED) {
      expect(await refusalOf(async () => rotate(ready))).toMatchObject({ code: 'FORBIDDEN', retryable: false });
    } else await rotate(ready);
    expect(ready.operations()).toEqual(ROTATION.slice(0, step));
    grant();
    await expectWhole(ready, old);
    await expectResumed(ready, old);
  });

  it('is under way when the caller leaves is the last one, and goes on when it is repeated', async () => {
    const ready = await setUp();
    const { server } = ready;
    const old = server.seed(NAME, 'old');
    server.inject(...before, { kind: 'hang' });
    const controller = new AbortController();
    const outcome = rotate(ready, { signal: controller.signal }).catch((error: unknown) => error);
    await vi.waitFor(() => expect(server.requests).toHaveLength(step));
    controller.abort('gone');
    expect(await outcome).toBe('gone');
    await vi.waitFor(() => expect(server.requests[step - 1]?.isClosedByClient).toBe(true));
    expect(server.requests).toHaveLength(step);
    await expectWhole(ready, old);
    await expectResumed(ready, old);
  });
});

describe('a rotation whose new version cannot be encrypted or decrypted', () => {
  it.each(['kms:GenerateDataKey', 'kms:Decrypt'])('says FORBIDDEN for %s, and goes on later', async (action) => {
    const ready = await setUp();
    const old = ready.server.seed(NAME, 'old');
    const grant = ready.server.revoke({ action });
    expect((await refusalOf(async () => rotate(ready))).code).toBe('FORBIDDEN');
    const { versions = [] } = ready.server.secret(NAME) ?? {};
    expect(versions.find(({ stages }) => stages.includes('AWSCURRENT'))?.value).toBe('old');
    grant();
    await expectResumed(ready, old);
  });
});

describe('a staged rotation', () => {
  it('whose promotion is forbidden stays staged, and is promoted by the same call', async () => {
    const { server, provider } = await setUp();
    const old = server.seed(NAME, 'old');
    const { version } = await provider.stageSecret(REFERENCE, { data: 'new' }, { idempotencyKey: 'k' });
    const grant = server.revoke({ action: 'secretsmanager:UpdateSecretVersionStage' });
    const promote = async (): Promise<unknown> => provider.promoteSecret(REFERENCE, version);
    expect((await refusalOf(promote)).code).toBe('FORBIDDEN');
    expect(text(await provider.getSecret(REFERENCE))).toBe('old');
    expect(text(await provider.getSecret(`${REFERENCE}?stage=AWSPENDING`))).toBe('new');
    grant();
    expect(await promote()).toEqual({ reference: REFERENCE, version, previousVersion: old });
    expect(server.secret(NAME)?.versions.map(({ stages }) => stages)).toEqual([['AWSPREVIOUS'], ['AWSCURRENT']]);
  });

  it.each<FaultStep>([
    { kind: 'reset' },
    { kind: 'reset', afterBytes: 1 },
    { kind: 'truncate', afterBytes: 1 },
    { kind: 'malformed', as: 'json' },
  ])('whose staging got no readable answer (%j) is staged once by repeating it', async (fault) => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'old');
    server.inject(fault);
    const stage = async (): Promise<string> =>
      (await provider.stageSecret(REFERENCE, { data: 'new' }, { idempotencyKey: 'k' })).version;
    await refusalOf(stage);
    const version = await stage();
    expect(server.secret(NAME)?.versions.map(({ value }) => value)).toEqual(['old', 'new']);
    expect(text(await provider.getSecret(REFERENCE))).toBe('old');
    expect(text(await provider.getSecret(REFERENCE, { version }))).toBe('new');
  });
});

describe('setSecret', () => {
  const write = async ({ provider }: SetUp): Promise<string> => {
    const payload = { data: 'value', labels: { team: 'billing' } };
    return (await provider.setSecret(REFERENCE, payload, { idempotencyKey: 'k' })).version;
  };

  it.each<[string, FaultStep]>([
    ['is not served', { kind: 'reset' }],
    ['gets no answer', { kind: 'reset', afterBytes: 0 }],
    ['gets half an answer', { kind: 'truncate', afterBytes: 1 }],
    ['gets an answer that is none', { kind: 'malformed', as: 'html' }],
  ])('whose creation %s creates one secret with one version when it is repeated', async (_, fault) => {
    const ready = await setUp();
    // First it learns that there is none.
    ready.server.inject('none', fault);
    await refusalOf(async () => write(ready));
    const version = await write(ready);
    expect(ready.server.secrets()).toHaveLength(1);
    expect(ready.server.secret(NAME)).toMatchObject({ tags: { team: 'billing' }, versions: [{ id: version }] });
  });

  it('that may not create leaves nothing', async () => {
    const ready = await setUp();
    const grant = ready.server.revoke({ action: 'secretsmanager:CreateSecret' });
    expect((await refusalOf(async () => write(ready))).code).toBe('FORBIDDEN');
    expect(ready.server.secrets()).toEqual([]);
    grant();
    await write(ready);
    expect(text(await ready.provider.getSecret(REFERENCE))).toBe('value');
  });

  it('that may put labels on and then not write leaves the value, and is completed by the same call', async () => {
    const ready = await setUp();
    ready.server.seed(NAME, 'old');
    const grant = ready.server.revoke({ action: 'secretsmanager:PutSecretValue' });
    expect((await refusalOf(async () => write(ready))).code).toBe('FORBIDDEN');
    expect(text(await ready.provider.getSecret(REFERENCE))).toBe('old');
    grant();
    const version = await write(ready);
    const current = await ready.provider.getSecret(REFERENCE);
    expect([text(current), current.version]).toEqual(['value', version]);
    expect(ready.server.secret(NAME)?.tags).toEqual({ team: 'billing' });
  });
});

describe('deleteSecret and restoreSecret', () => {
  it.each<FaultStep>([{ kind: 'reset' }, { kind: 'reset', afterBytes: 0 }, { kind: 'truncate', afterBytes: 1 }])(
    'whose answer is lost (%j) can be repeated',
    async (fault) => {
      const { server, provider } = await setUp();
      server.seed(NAME, 'value');
      server.inject(fault);
      expect((await refusalOf(() => provider.deleteSecret(REFERENCE))).code).toBe('UNAVAILABLE');
      await provider.deleteSecret(REFERENCE).catch((error: unknown) => {
        // It had been deleted the first time.
        expect(error).toMatchObject({ code: 'PENDING_DELETION' });
      });
      expect((await refusalOf(() => provider.getSecret(REFERENCE))).code).toBe('PENDING_DELETION');
      server.inject(fault);
      expect((await refusalOf(() => provider.restoreSecret(REFERENCE))).code).toBe('UNAVAILABLE');
      await provider.restoreSecret(REFERENCE);
      expect(text(await provider.getSecret(REFERENCE))).toBe('value');
    },
  );
});

describe('answers that say something odd', () => {
  it.each([
    ['no labels of versions', { VersionIdsToStages: null }],
    ['labels that are none', { VersionIdsToStages: { ['v'.repeat(32)]: null } }],
    ['labels of another type', { VersionIdsToStages: 'none' }],
  ])('about the labels (%s) end in an error of ours or do no harm', async (_, change) => {
    const ready = await setUp();
    const old = ready.server.seed(NAME, 'old');
    ready.server.tamperNext((answer) => ({ ...answer, ...change }), 'DescribeSecret');
    const outcome = await rotate(ready).catch((error: unknown) => error);
    expect(typeof outcome === 'string' || SecretProviderError.is(outcome)).toBe(true);
    await expectWhole(ready, old);
    await expectResumed(ready, old);
  });

  it('about the version that was written never make another one current', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'older');
    const other = server.seed(NAME, 'old');
    server.tamperNext((answer) => ({ ...answer, VersionId: other }), 'PutSecretValue');
    expect((await refusalOf(() => provider.rotateSecret(REFERENCE, { data: 'new' }))).code).toBe('INTEGRITY');
    expect(text(await provider.getSecret(REFERENCE))).toBe('old');
  });
});
