import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { bundledWriter } from './__fixtures__/writer-command.ts';
import { readText, temporaryVault } from './__fixtures__/temporary-vault.ts';
import { type AcknowledgedWrite, startWriter, type WriterProcess } from './__fixtures__/writer-process.ts';

const ROUNDS = 10;
const WRITERS = 5;
const SHARED = 'file://shared';
const PRUNED = 'file://pruned';

/** Kills the process some time after some write, wherever that finds it. */
function killSomewhere(writer: WriterProcess): void {
  const writes = 1 + Math.floor(Math.random() * 3);
  const delayMs = Math.random() * 15;
  writer.onWrite(() => {
    if (writer.acknowledged.length === writes) setTimeout(() => writer.kill(), delayMs);
  });
}

describe('a writer killed at any moment', { timeout: 120_000 }, () => {
  it('loses no acknowledged version and leaves a vault that all can use', async () => {
    const kept = await temporaryVault({ maxVersions: 100_000 });
    const pruned = await temporaryVault({ maxVersions: 2 });
    const program = await bundledWriter();
    const acknowledged: AcknowledgedWrite[] = [];
    let kills = 0;

    for (let round = 0; round < ROUNDS; round += 1) {
      const writers = Array.from({ length: WRITERS }, (_, index) => {
        const isPruned = index % 2 === 1;
        const writer = startWriter({
          directory: isPruned ? pruned.directory : kept.directory,
          name: `r${round}w${index}`,
          count: 100_000,
          maxVersions: isPruned ? 2 : 100_000,
          references: isPruned ? [PRUNED] : [SHARED, `file://own/${index}`],
          program,
        });
        killSomewhere(writer);
        return writer;
      });
      const endings = await Promise.all(writers.map(async (writer) => writer.ended));
      expect(endings).toEqual(writers.map(() => 'SIGKILL'));
      kills += endings.length;
      const writes = writers.flatMap((writer) => writer.acknowledged);
      acknowledged.push(...writes);

      const lastPruned = Math.max(
        ...writes.filter(({ reference }) => reference === PRUNED).map(({ version }) => Number(version)),
      );
      expect(Number((await pruned.vault.getSecret(PRUNED)).version)).toBeGreaterThanOrEqual(lastPruned);
    }

    expect(kills).toBeGreaterThanOrEqual(50);
    const numbers = acknowledged.map(({ reference, version }) => `${reference} ${version}`);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const { reference, version, text } of acknowledged.filter((write) => write.reference !== PRUNED)) {
      expect(await readText(kept.vault, reference, version)).toBe(text);
    }
    for (const { vault, reference } of [
      { vault: kept.vault, reference: SHARED },
      { vault: pruned.vault, reference: PRUNED },
    ]) {
      const before = Number((await vault.getSecret(reference)).version);
      expect(await vault.setSecret(reference, { data: 'after' })).toMatchObject({ version: String(before + 1) });
      expect(await readText(vault, reference)).toBe('after');
    }
    // The next write clears away whatever the killed writers left.
    await pruned.vault.setSecret(PRUNED, { data: 'last' });
    expect(await readdir(pruned.directoryOf('pruned'))).toHaveLength(2);
  });
});
