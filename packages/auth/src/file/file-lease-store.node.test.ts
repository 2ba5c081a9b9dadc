import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runConformance } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from './__fixtures__/temporary-directory.ts';
import { leaseStoreCases } from '../testing/lease-store-cases.ts';
import { FileLeaseStore } from './file-lease-store.ts';

async function onlyKeyDirectory(directory: string): Promise<string> {
  const [name = '', ...others] = await readdir(directory);
  expect(others).toEqual([]);
  return join(directory, name);
}

describe('leases on disk', () => {
  it('keep the contract', async () => {
    const directory = await temporaryDirectory();
    let contexts = 0;
    const outcomes = await runConformance({
      cases: leaseStoreCases,
      createContext: async () => {
        contexts += 1;
        const own = join(directory, String(contexts));
        let nowMs = 1_000_000;
        const now = (): number => nowMs;
        return {
          store: new FileLeaseStore({ directory: own, now }),
          advance: async (ms: number) => void (nowMs += ms),
          reopen: async () => new FileLeaseStore({ directory: own, now }),
        };
      },
      capabilities: ['shared'],
    });
    expect(outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(outcomes).toHaveLength(leaseStoreCases.length);
  });

  it('leave neither drafts nor ever more states behind', async () => {
    const directory = await temporaryDirectory();
    const store = new FileLeaseStore({ directory });
    for (let round = 0; round < 30; round += 1) {
      const lease = await store.acquire('k', { holder: `h${round}`, ttlMs: 60_000 });
      if (!('fence' in lease)) throw new TypeError('held');
      await store.release(lease);
    }
    const names = await readdir(await onlyKeyDirectory(directory));
    expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
    expect(names.length).toBeLessThanOrEqual(10);
  });

  it('clear away the draft of a process that died, which can then not be published', async () => {
    const directory = await temporaryDirectory();
    const store = new FileLeaseStore({ directory });
    const turn = async (holder: string): Promise<number> => {
      const lease = await store.acquire('k', { holder, ttlMs: 60_000 });
      if (!('fence' in lease)) throw new TypeError('held');
      await store.release(lease);
      return lease.fence;
    };
    const first = await turn('a');
    const path = await onlyKeyDirectory(directory);
    await writeFile(join(path, `.draft-${'0'.repeat(32)}`), 'half');
    let last = first;
    for (let round = 0; round < 10; round += 1) last = await turn(`h${round}`);
    expect(last).toBeGreaterThan(first);
    expect((await readdir(path)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('refuse a directory that others can write to, and a file that holds no lease', async () => {
    const directory = await temporaryDirectory();
    const open = join(directory, 'open');
    await mkdir(open);
    await chmod(open, 0o777);
    await expect(new FileLeaseStore({ directory: open }).acquire('k', { holder: 'a', ttlMs: 1 })).rejects.toMatchObject(
      {
        code: 'STORE_FAILED',
        retryable: false,
      },
    );
    const damaged = join(directory, 'damaged');
    const store = new FileLeaseStore({ directory: damaged });
    await store.acquire('k', { holder: 'a', ttlMs: 60_000 });
    await writeFile(join(await onlyKeyDirectory(damaged), '000000000000099.lease'), '{"holder":1}');
    await expect(store.acquire('k', { holder: 'a', ttlMs: 1 })).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });
});
