import { readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { readText, type TemporaryVault, temporaryVault } from '../__fixtures__/temporary-vault.ts';
import { generateIdentity } from '../index.ts';

interface Setup extends TemporaryVault {
  readonly old: string;
  readonly next: string;
}

const LONG = `file://${'long/'.repeat(60)}path`;
const REFERENCES = ['file://a', 'file://b/c', LONG];

/** A vault under an old identity, with two versions of three secrets and the remains of a fourth. */
async function setup(): Promise<Setup> {
  const [old, next] = [await generateIdentity(), await generateIdentity()];
  const vault = await temporaryVault({ identity: old });
  for (const reference of REFERENCES) {
    for (const data of ['one', 'two']) await vault.vault.setSecret(reference, { data, labels: { of: reference } });
  }
  await vault.vault.setSecret('file://gone', { data: 'x' });
  await vault.vault.deleteSecret('file://gone');
  return { ...vault, old, next };
}

describe('rewrap', () => {
  it('moves a whole vault to another identity, old versions and tombstones included', async () => {
    const { reopen, old, next } = await setup();
    const both = await reopen({ identity: [next, old] });
    expect(await both.rewrap()).toEqual({ isComplete: true, rewrapped: 7, unchanged: 0, failures: [] });

    const onlyNext = await reopen({ identity: next });
    for (const reference of REFERENCES) {
      expect(await readText(onlyNext, reference)).toBe('two');
      expect(await readText(onlyNext, reference, '1')).toBe('one');
      expect((await onlyNext.getSecret(reference)).metadata).toMatchObject({ 'label.of': reference });
    }
    await expect(onlyNext.getSecret('file://gone')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await onlyNext.setSecret('file://gone', { data: 'new' })).toMatchObject({ version: '3' });
    await expect(reopen({ identity: old })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('keeps the time of each version', async () => {
    const { reopen, old, next, vault } = await setup();
    const before = (await vault.getSecret('file://a')).metadata;
    const both = await reopen({ identity: [next, old], now: () => 0 });
    await both.rewrap();
    expect((await both.getSecret('file://a')).metadata).toEqual(before);
  });

  it('goes on where an interrupted run stopped, and until then keeps the old identity working', async () => {
    const { reopen, old, next } = await setup();
    const controller = new AbortController();
    let steps = 0;
    const signal = new Proxy(controller.signal, {
      get: (target, key) => {
        if (key === 'throwIfAborted' && (steps += 1) === 5) controller.abort(new TypeError('killed'));
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const both = await reopen({ identity: [next, old] });
    await expect(both.rewrap({ signal })).rejects.toThrow('killed');

    const stillOld = await reopen({ identity: [old, next] });
    for (const reference of REFERENCES) expect(await readText(stillOld, reference)).toBe('two');
    await expect(reopen({ identity: next })).rejects.toMatchObject({ code: 'FORBIDDEN' });

    const report = await both.rewrap();
    expect(report).toMatchObject({ isComplete: true, failures: [] });
    expect(report.unchanged).toBeGreaterThan(0);
    expect(report.rewrapped + report.unchanged).toBe(7);
    const onlyNext = await reopen({ identity: next });
    for (const reference of REFERENCES) expect(await readText(onlyNext, reference)).toBe('two');
  });

  it('does nothing twice', async () => {
    const { reopen, old, next, fileOf } = await setup();
    const both = await reopen({ identity: [next, old] });
    await both.rewrap();
    const before = await readFile(fileOf('a', 1));
    expect(await both.rewrap()).toMatchObject({ rewrapped: 0, unchanged: 7 });
    expect(await readFile(fileOf('a', 1))).toEqual(before);
  });

  it('adds a recovery recipient to what was written before', async () => {
    const { reopen, old } = await setup();
    const recovery = await generateIdentity();
    const withRecovery = await reopen({ identity: old, recipients: [await identityToRecipient(recovery)] });
    await expect(reopen({ identity: recovery })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await withRecovery.rewrap()).toMatchObject({ isComplete: true, rewrapped: 7 });
    expect(await readText(await reopen({ identity: recovery }), 'file://a', '1')).toBe('one');
    expect(await readText(await reopen({ identity: old }), 'file://a', '1')).toBe('one');
  });

  it('reports what it cannot read, does the rest, and keeps the old identity until all is done', async () => {
    const { reopen, old, next, fileOf, vault } = await setup();
    await truncate(fileOf('a', 1), 50);
    const both = await reopen({ identity: [next, old] });
    expect(await both.rewrap()).toEqual({
      isComplete: false,
      rewrapped: 6,
      unchanged: 0,
      failures: [{ path: 'a', version: 1, code: 'INTEGRITY' }],
    });
    await expect(reopen({ identity: next })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await readFile(fileOf('a', 1))).length).toBe(50);
    expect(vault.id).toBe('file');
  });

  it('loses nothing that others write meanwhile', async () => {
    const { reopen, old, next, directory } = await setup();
    const both = await reopen({ identity: [next, old], maxVersions: 100 });
    const writer = await reopen({ identity: [next, old], maxVersions: 100 });
    const write = async (): Promise<void> => {
      for (let index = 3; index <= 20; index += 1) await writer.setSecret('file://a', { data: `v${index}` });
    };
    const [report] = await Promise.all([both.rewrap(), write(), writer.deleteSecret('file://b/c')]);
    expect(report.isComplete).toBe(true);
    const onlyNext = await reopen({ identity: next, maxVersions: 100 });
    for (let index = 3; index <= 20; index += 1) {
      expect(await readText(onlyNext, 'file://a', String(index))).toBe(`v${index}`);
    }
    expect(await readText(onlyNext, 'file://a', '1')).toBe('one');
    await expect(onlyNext.getSecret('file://b/c', { version: '1' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await readdir(join(directory, 'secrets', 's-b%2fc'))).toEqual(['0000000003.age']);
  });
});
