import type { SecretRotationResult } from '@mortise/secrets';
import { describe, expect, it } from 'vitest';
import { refusalOf } from './__fixtures__/refusal-of.ts';
import { NAME, REFERENCE, setUp, type SetUp, text } from './__fixtures__/set-up.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Labels by value, so that a test can be read. */
function stages({ server }: Pick<SetUp, 'server'>): Record<string, readonly string[]> {
  return Object.fromEntries(
    (server.secret(NAME)?.versions ?? []).map(({ value, stages: labels }) => [
      String(value),
      labels.map((label) => label.replace(/^mortise-overlap-\d+-.*/, 'overlap')).sort(),
    ]),
  );
}

describe('rotateSecret', () => {
  it('stages the new version, reads it back, and then makes it current', async () => {
    const { server, provider, operations } = await setUp();
    const old = server.seed(NAME, 'old');
    const rotated = await provider.rotateSecret(REFERENCE, { data: 'new' });
    expect(operations()).toEqual([
      'PutSecretValue',
      'GetSecretValue',
      'GetSecretValue',
      'UpdateSecretVersionStage',
      'UpdateSecretVersionStage',
    ]);
    expect(rotated).toEqual({ reference: REFERENCE, version: expect.any(String), previousVersion: old });
    expect(stages({ server })).toEqual({ old: ['AWSPREVIOUS'], new: ['AWSCURRENT'] });
  });

  it('never lets a reader see a version before it is whole', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'old');
    server.tamperNext((answer) => ({ ...answer, SecretString: 'damaged' }), 'GetSecretValue');
    const error = await refusalOf(() => provider.rotateSecret(REFERENCE, { data: 'new' }));
    expect(error).toMatchObject({ code: 'INTEGRITY', retryable: true });
    expect(text(await provider.getSecret(REFERENCE))).toBe('old');
  });

  it('says NOT_FOUND for an absent secret, in one request', async () => {
    const { server, provider, operations } = await setUp();
    expect((await refusalOf(() => provider.rotateSecret(REFERENCE, { data: 'new' }))).code).toBe('NOT_FOUND');
    expect(operations()).toEqual(['PutSecretValue']);
    expect(server.secrets()).toEqual([]);
  });

  // Every request of a rotation with an overlap: 1 to 7.
  describe.each([1, 2, 3, 4, 5, 6, 7])('interrupted at its request %i', (step) => {
    const rotate = async ({ provider }: SetUp): Promise<SecretRotationResult> =>
      provider.rotateSecret(REFERENCE, { data: 'new' }, { idempotencyKey: 'rotation-1', overlapMs: HOUR_MS });
    const before = Array.from({ length: step - 1 }, () => 'none' as const);

    it.each([
      ['before it was served', { kind: 'reset' }],
      ['after it was served', { kind: 'reset', afterBytes: 0 }],
    ] as const)('%s, leaves one whole current version, and goes on when it is repeated', async (_, fault) => {
      const ready = await setUp();
      const old = ready.server.seed(NAME, 'old');
      ready.server.inject(...before, fault);
      const outcome = await rotate(ready).catch(async (error: unknown) => {
        expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
        return 'interrupted';
      });
      // The last request only tidies up.
      expect(outcome === 'interrupted').toBe(step < 7);
      const between = await ready.provider.getSecret(REFERENCE);
      expect(['old', 'new']).toContain(text(between));
      expect(text(await ready.provider.getSecret(REFERENCE, { version: old }))).toBe('old');

      const { version } = await rotate(ready);
      const current = await ready.provider.getSecret(REFERENCE);
      expect([text(current), current.version]).toEqual(['new', version]);
      expect(stages(ready)).toEqual({ old: ['AWSPREVIOUS', 'overlap'], new: ['AWSCURRENT'] });
    });

    it('by a permission that is gone, says FORBIDDEN and goes on once it is back', async () => {
      const ready = await setUp();
      ready.server.seed(NAME, 'old');
      const grant = ready.server.revoke({ action: '*', afterCalls: step - 1 });
      if (step < 7) expect((await refusalOf(() => rotate(ready))).code).toBe('FORBIDDEN');
      grant();
      await rotate(ready);
      expect(stages(ready)).toEqual({ old: ['AWSPREVIOUS', 'overlap'], new: ['AWSCURRENT'] });
    });
  });

  it('repeated after a later write does not undo it', async () => {
    const ready = await setUp();
    const { server, provider } = ready;
    server.seed(NAME, 'old');
    const rotate = async (): Promise<SecretRotationResult> =>
      provider.rotateSecret(REFERENCE, { data: 'new' }, { idempotencyKey: 'rotation-1' });
    // The answer to the move is lost, and so is the tidying up after it.
    server.inject('none', 'none', 'none', { kind: 'reset', afterBytes: 0 });
    await refusalOf(rotate);
    expect(stages(ready)['new']).toEqual(['AWSCURRENT', 'AWSPENDING']);
    await provider.setSecret(REFERENCE, { data: 'later' });
    server.advance(5);
    await provider.setSecret(REFERENCE, { data: 'latest' });
    await rotate();
    expect(stages(ready)).toEqual({ old: [], new: [], later: ['AWSPREVIOUS'], latest: ['AWSCURRENT'] });
  });

  it('repeated after a roll-back does not undo it', async () => {
    const ready = await setUp();
    const old = ready.server.seed(NAME, 'old');
    const rotate = async (): Promise<SecretRotationResult> =>
      ready.provider.rotateSecret(REFERENCE, { data: 'new' }, { idempotencyKey: 'rotation-1' });
    const { version } = await rotate();
    await ready.provider.promoteSecret(REFERENCE, old);
    expect((await rotate()).version).toBe(version);
    expect(stages(ready)).toEqual({ old: ['AWSCURRENT'], new: ['AWSPREVIOUS'] });
  });

  it('beside another one ends in CONFLICT or in order, with one whole current version', async () => {
    const ready = await setUp();
    ready.server.seed(NAME, 'old');
    const values = ['one', 'two', 'three', 'four', 'five'];
    const outcomes = await Promise.allSettled(
      values.map(async (data) => ready.provider.rotateSecret(REFERENCE, { data }, { idempotencyKey: data })),
    );
    const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
    for (const { reason } of failures) expect(reason).toMatchObject({ code: 'CONFLICT' });
    expect(failures.length).toBeLessThan(values.length);
    expect(values).toContain(text(await ready.provider.getSecret(REFERENCE)));
  });

  it('that is overtaken between its look and its move says CONFLICT', async () => {
    const ready = await setUp();
    const { server, provider } = ready;
    server.seed(NAME, 'old');
    server.tamperNext((answer) => answer, 'GetSecretValue');
    server.tamperNext((answer) => {
      server.seed(NAME, 'theirs');
      return answer;
    }, 'GetSecretValue');
    expect((await refusalOf(() => provider.rotateSecret(REFERENCE, { data: 'new' }))).code).toBe('CONFLICT');
    expect(stages(ready)).toEqual({ old: ['AWSPREVIOUS'], new: ['AWSPENDING'], theirs: ['AWSCURRENT'] });
  });

  it('whose place another rotation took says CONFLICT', async () => {
    const ready = await setUp();
    const { server, provider } = ready;
    server.seed(NAME, 'old');
    server.tamperNext((answer) => {
      server.seed(NAME, { value: 'theirs', stages: ['AWSPENDING'] });
      return answer;
    }, 'PutSecretValue');
    expect((await refusalOf(() => provider.rotateSecret(REFERENCE, { data: 'new' }))).code).toBe('CONFLICT');
    expect(stages(ready)).toEqual({ old: ['AWSCURRENT'], new: [], theirs: ['AWSPENDING'] });
  });

  it('reports a refusal to move the label as what it is when nobody else was there', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'old');
    server.failNext({ type: 'InvalidParameterException', operation: 'UpdateSecretVersionStage' });
    expect((await refusalOf(() => provider.rotateSecret(REFERENCE, { data: 'new' }))).code).toBe('INVALID');
    expect(text(await provider.getSecret(REFERENCE))).toBe('old');
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses an overlap of %d before it asks', async (overlapMs) => {
    const { server, provider } = await setUp();
    for (const call of [
      () => provider.rotateSecret(REFERENCE, { data: 'new' }, { overlapMs }),
      () => provider.promoteSecret(REFERENCE, 'v'.repeat(32), { overlapMs }),
    ]) {
      expect((await refusalOf(call)).code).toBe('INVALID');
    }
    expect(server.requests).toEqual([]);
  });
});

describe('overlapMs', () => {
  /** More than the hundred versions that AWS keeps, each long enough apart to be removed. */
  async function writeMany({ server }: SetUp): Promise<void> {
    for (let index = 0; index < 110; index += 1) {
      server.advance(2 * DAY_MS);
      server.seed(NAME, `later ${index}`);
    }
  }

  it('keeps the old version when AWS removes what has no label', async () => {
    let nowMs = Date.now();
    const ready = await setUp({ now: () => nowMs });
    const { server, provider } = ready;
    const old = server.seed(NAME, 'old');
    await provider.rotateSecret(REFERENCE, { data: 'new' }, { overlapMs: 300 * DAY_MS });
    await writeMany(ready);
    expect(text(await provider.getSecret(REFERENCE, { version: old }))).toBe('old');
    // The next rotation with an overlap takes off the label that has served its purpose.
    nowMs += 300 * DAY_MS;
    await provider.rotateSecret(REFERENCE, { data: 'newest' }, { overlapMs: HOUR_MS });
    expect(Object.values(stages(ready)).filter((labels) => labels.includes('overlap'))).toHaveLength(1);
    await writeMany(ready);
    expect((await refusalOf(() => provider.getSecret(REFERENCE, { version: old }))).code).toBe('NOT_FOUND');
  });

  it('absent, leaves the old version to AWS', async () => {
    const ready = await setUp();
    const old = ready.server.seed(NAME, 'old');
    await ready.provider.rotateSecret(REFERENCE, { data: 'new' });
    await writeMany(ready);
    expect((await refusalOf(() => ready.provider.getSecret(REFERENCE, { version: old }))).code).toBe('NOT_FOUND');
  });

  it('is put on before the old version loses AWSCURRENT', async () => {
    const { server, provider, operations } = await setUp();
    server.seed(NAME, 'old');
    await provider.rotateSecret(REFERENCE, { data: 'new' }, { overlapMs: HOUR_MS });
    expect(operations().slice(3)).toEqual([
      'DescribeSecret',
      'UpdateSecretVersionStage',
      'UpdateSecretVersionStage',
      'UpdateSecretVersionStage',
    ]);
  });

  it('is never shortened, and takes one label for each version', async () => {
    let nowMs = Date.now();
    const ready = await setUp({ now: () => nowMs });
    const { server, provider } = ready;
    const first = server.seed(NAME, 'first');
    const { version: second } = await provider.rotateSecret(REFERENCE, { data: 'second' }, { overlapMs: 5 * HOUR_MS });
    const labelOf = (value: string): string[] =>
      (server.secret(NAME)?.versions ?? [])
        .filter((version) => version.value === value)
        .flatMap(({ stages: labels }) => labels.filter((label) => label.startsWith('mortise-overlap-')));
    const [label] = labelOf('first');
    expect(label).toBe(`mortise-overlap-${nowMs + 5 * HOUR_MS}-${first}`);
    await provider.promoteSecret(REFERENCE, first);
    await provider.promoteSecret(REFERENCE, second, { overlapMs: HOUR_MS });
    expect(labelOf('first')).toEqual([label]);
    await provider.promoteSecret(REFERENCE, first);
    nowMs += HOUR_MS;
    await provider.promoteSecret(REFERENCE, second, { overlapMs: 9 * HOUR_MS });
    expect(labelOf('first')).toEqual([`mortise-overlap-${nowMs + 9 * HOUR_MS}-${first}`]);
  });

  it('leaves other people’s labels alone', async () => {
    const ready = await setUp();
    const { server, provider } = ready;
    server.seed(NAME, 'old');
    server.seed(NAME, { value: 'theirs', stages: ['blue', 'mortise-overlap-soon', 'mortise-overlap-'] });
    await provider.rotateSecret(REFERENCE, { data: 'new' }, { overlapMs: HOUR_MS });
    expect(stages(ready)['theirs']).toEqual(['blue', 'mortise-overlap-', 'mortise-overlap-soon']);
  });

  it('fails before the rotation is done when no label is left', async () => {
    const ready = await setUp();
    const { server, provider } = ready;
    server.seed(NAME, 'old');
    server.seed(NAME, { value: 'theirs', stages: Array.from({ length: 18 }, (_, index) => `label-${index}`) });
    const error = await refusalOf(() => provider.rotateSecret(REFERENCE, { data: 'new' }, { overlapMs: HOUR_MS }));
    expect(error).toMatchObject({ code: 'THROTTLED', retryable: false });
    expect(text(await provider.getSecret(REFERENCE))).toBe('old');
  });
});

describe('stageSecret and promoteSecret', () => {
  it('stage in one request, and promote in four', async () => {
    const ready = await setUp();
    const { server, provider, operations } = ready;
    const old = server.seed(NAME, 'old');
    const { version } = await provider.stageSecret(REFERENCE, { data: 'new' });
    expect(operations()).toEqual(['PutSecretValue']);
    expect(stages(ready)).toEqual({ old: ['AWSCURRENT'], new: ['AWSPENDING'] });
    expect(await provider.promoteSecret(REFERENCE, version)).toEqual({
      reference: REFERENCE,
      version,
      previousVersion: old,
    });
    expect(operations()).toHaveLength(4);
    expect(stages(ready)).toEqual({ old: ['AWSPREVIOUS'], new: ['AWSCURRENT'] });
  });

  it('keep a staged version readable by its id when another one takes the label', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'old');
    const { version } = await provider.stageSecret(REFERENCE, { data: 'first' });
    await provider.stageSecret(REFERENCE, { data: 'second' });
    expect(text(await provider.getSecret(REFERENCE, { version }))).toBe('first');
    await provider.promoteSecret(REFERENCE, version);
    expect(text(await provider.getSecret(REFERENCE))).toBe('first');
    expect(text(await provider.getSecret(`${REFERENCE}?stage=AWSPENDING`))).toBe('second');
  });

  it('promote a version that is current already by tidying up', async () => {
    const ready = await setUp();
    const { server, provider, operations } = ready;
    const version = server.seed(NAME, { value: 'new' });
    expect(await provider.promoteSecret(REFERENCE, version)).toEqual({ reference: REFERENCE, version });
    expect(operations()).toEqual(['GetSecretValue', 'GetSecretValue']);
  });

  it('succeed though the label of staging stays, and take it off the next time', async () => {
    const ready = await setUp();
    const { server, provider } = ready;
    server.seed(NAME, 'old');
    const { version } = await provider.stageSecret(REFERENCE, { data: 'new' });
    server.failNext({ type: 'ThrottlingException', operation: 'UpdateSecretVersionStage', afterCalls: 1 });
    await provider.promoteSecret(REFERENCE, version);
    expect(stages(ready)['new']).toEqual(['AWSCURRENT', 'AWSPENDING']);
    await provider.promoteSecret(REFERENCE, version);
    expect(stages(ready)['new']).toEqual(['AWSCURRENT']);
  });

  it('take a promotion that somebody else made meanwhile for success', async () => {
    const ready = await setUp();
    const { server, provider } = ready;
    const old = server.seed(NAME, 'old');
    const version = server.seed(NAME, 'new');
    // What the look at the current version found is out of date when the label is moved.
    server.tamperNext((answer) => answer, 'GetSecretValue');
    server.tamperNext((answer) => ({ ...answer, VersionId: old }), 'GetSecretValue');
    expect((await provider.promoteSecret(REFERENCE, version)).version).toBe(version);
    expect(stages(ready)).toEqual({ old: ['AWSPREVIOUS'], new: ['AWSCURRENT'] });
  });

  it.each(['AWSPENDING', '', 'blue', '1'])('promote no %j, which is no id', async (version) => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'old');
    expect((await refusalOf(() => provider.promoteSecret(REFERENCE, version))).code).toBe('INVALID');
  });
});
