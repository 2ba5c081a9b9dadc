import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readText, temporaryVault } from './__fixtures__/temporary-vault.ts';
import { bundledWriter, sourceWriter, type WriterProgram } from './__fixtures__/writer-command.ts';
import { type AcknowledgedWrite, startWriter } from './__fixtures__/writer-process.ts';

const REFERENCE = 'file://tenants/acme/key';

/** Lets several processes write at once and reads all the while. */
async function race(options: {
  processes: number;
  writes: number;
  maxVersions: number;
  program: WriterProgram;
}): Promise<{
  writes: AcknowledgedWrite[];
  seen: number[];
  setup: Awaited<ReturnType<typeof temporaryVault>>;
}> {
  const { processes, writes: count, maxVersions, program } = options;
  const setup = await temporaryVault({ maxVersions });
  await setup.vault.setSecret(REFERENCE, { data: 'start' });
  const writers = Array.from({ length: processes }, (_, index) =>
    startWriter({
      directory: setup.directory,
      name: `w${index}`,
      count,
      maxVersions,
      references: [REFERENCE],
      program,
    }),
  );
  const progress = { isDone: false };
  const ended = Promise.all(writers.map(async (writer) => writer.ended)).finally(() => (progress.isDone = true));
  const seen: number[] = [];
  while (!progress.isDone) {
    const value = await setup.vault.getSecret(REFERENCE);
    expect(new TextDecoder().decode(value.data)).toMatch(/^(?:start|w\d:\d+)$/);
    seen.push(Number(value.version));
    await delay(5);
  }
  expect(await ended).toEqual(writers.map(() => 0));
  return { writes: writers.flatMap(({ acknowledged }) => acknowledged), seen, setup };
}

describe('several processes writing one secret at once', { timeout: 120_000 }, () => {
  it('lose no version, and readers never fail or go back', async () => {
    const { writes, seen, setup } = await race({
      processes: 3,
      writes: 15,
      maxVersions: 1000,
      program: sourceWriter(),
    });
    const { vault } = setup;
    const byVersion = new Map(writes.map(({ version, text }) => [Number(version), text]));
    expect([...byVersion.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 45 }, (_, index) => index + 2));
    for (const [version, text] of byVersion) expect(await readText(vault, REFERENCE, String(version))).toBe(text);

    const newest = await vault.getSecret(REFERENCE);
    expect(newest.version).toBe('46');
    expect(new TextDecoder().decode(newest.data)).toBe(byVersion.get(46));

    for (const writer of ['w0', 'w1', 'w2']) {
      const own = writes.filter(({ text }) => text.startsWith(`${writer}:`)).map(({ version }) => Number(version));
      expect(own).toEqual(own.toSorted((a, b) => a - b));
      expect(own).toHaveLength(15);
    }
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(0);
  });

  it('never give a number out twice while they prune each other', async () => {
    const { writes, setup } = await race({ processes: 3, writes: 12, maxVersions: 2, program: await bundledWriter() });
    const versions = writes.map(({ version }) => Number(version)).sort((a, b) => a - b);
    expect(versions).toEqual(Array.from({ length: 36 }, (_, index) => index + 2));
    const last = writes.find(({ version }) => version === '37');
    expect(await readText(setup.vault, REFERENCE)).toBe(last?.text);
    expect((await readdir(setup.directoryOf('tenants/acme/key'))).sort()).toEqual(['0000000036.age', '0000000037.age']);
  });

  it('make a missing vault once, whoever comes first', async () => {
    const setup = await temporaryVault();
    const directory = `${setup.directory}-new`;
    const program = await bundledWriter();
    const writers = Array.from({ length: 3 }, (_, index) =>
      startWriter({
        directory,
        name: `w${index}`,
        count: 1,
        maxVersions: 10,
        references: [`file://k${index}`],
        program,
      }),
    );
    expect(await Promise.all(writers.map(async (writer) => writer.ended))).toEqual([0, 0, 0]);
    const vault = await setup.reopen({ directory });
    for (const index of [0, 1, 2]) expect(await readText(vault, `file://k${index}`)).toBe(`w${index}:0`);
    expect((await readdir(directory)).sort()).toEqual(['secrets', 'vault.age']);
  });
});

describe('several writers in one process', () => {
  it('take turns without racing each other', async () => {
    const { vault } = await temporaryVault({
      maxVersions: 1000,
      sleep: async () => expect.unreachable('a write lost a race'),
    });
    const results = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => vault.setSecret(REFERENCE, { data: `v${index + 1}` })),
    );
    expect(results.map(({ version }) => version)).toEqual(Array.from({ length: 40 }, (_, index) => String(index + 1)));
    expect(await readText(vault, REFERENCE, '17')).toBe('v17');
  });
});
