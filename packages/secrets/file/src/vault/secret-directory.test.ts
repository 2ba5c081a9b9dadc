import { chmod, mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../__fixtures__/temporary-directory.ts';
import type { Subject } from '../reference/subject.ts';
import { type Contention, SecretDirectory } from './secret-directory.ts';

const SUBJECT: Subject = { provider: 'file', operation: 'write', reference: 'file://a' };
const NOW = Date.parse('2026-01-02T03:04:05Z');
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Setup {
  readonly directory: SecretDirectory;
  readonly waits: number[];
  readonly append: (text: string) => Promise<number | undefined>;
  readonly read: (version: number) => Promise<string | undefined>;
  readonly names: () => Promise<string[]>;
}

async function setup(): Promise<Setup> {
  const waits: number[] = [];
  const contention: Contention = {
    now: () => NOW,
    maxAttempts: 5,
    random: () => 0.5,
    sleep: async (ms) => {
      waits.push(ms);
    },
  };
  const path = join(await temporaryDirectory(), 's-a');
  const directory = new SecretDirectory(path, 'enforce', contention);
  return {
    directory,
    waits,
    append: async (text) => directory.append(async () => encode(text), SUBJECT),
    read: async (version) => {
      const bytes = await directory.read(version, SUBJECT);
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    },
    names: async () => (await readdir(path)).sort(),
  };
}

describe('SecretDirectory', () => {
  it('is empty before the first write', async () => {
    const { directory } = await setup();
    expect(await directory.list(SUBJECT)).toEqual({ versions: [], newest: undefined });
    expect(await directory.read(1, SUBJECT)).toBeUndefined();
  });

  it('numbers versions from 1 and keeps each in a file of its own, for this user alone', async () => {
    const { directory, append, read, names } = await setup();
    expect([await append('one'), await append('two')]).toEqual([1, 2]);
    expect([await read(1), await read(2), await read(3)]).toEqual(['one', 'two', undefined]);
    expect(await names()).toEqual(['0000000001.age', '0000000002.age']);
    expect((await stat(directory.path)).mode & 0o777).toBe(0o700);
    expect((await stat(join(directory.path, '0000000001.age'))).mode & 0o777).toBe(0o600);
  });

  it('writes on top of what a faster writer wrote meanwhile', async () => {
    const { directory, append, read, waits } = await setup();
    const shown: number[] = [];
    const version = await directory.append(async (next) => {
      shown.push(next);
      if (shown.length < 3) await append(`fast ${next}`);
      return encode('slow');
    }, SUBJECT);
    expect(version).toBe(3);
    expect(shown).toEqual([1, 2, 3]);
    expect([await read(1), await read(2), await read(3)]).toEqual(['fast 1', 'fast 2', 'slow']);
    expect(waits).toEqual([1, 2]);
  });

  it('never gives a number out again, though its file was pruned while a writer was asleep', async () => {
    const { directory, append, read } = await setup();
    await append('one');
    let isFirst = true;
    const version = await directory.append(async () => {
      if (isFirst) {
        isFirst = false;
        for (const text of ['two', 'three', 'four']) await append(text);
        await directory.prune(4, SUBJECT);
      }
      return encode('sleeper');
    }, SUBJECT);
    expect(version).toBe(5);
    expect(await read(2)).toBeUndefined();
    expect(await read(5)).toBe('sleeper');
  });

  it('goes on counting after everything but the newest was pruned', async () => {
    const { directory, append, names } = await setup();
    for (const text of ['one', 'two', 'three']) await append(text);
    await directory.prune(3, SUBJECT);
    expect(await names()).toEqual(['0000000003.age']);
    expect(await append('four')).toBe(4);
  });

  it('gives up when it is overtaken without end, having written nothing', async () => {
    const { directory, append, read } = await setup();
    let calls = 0;
    const write = directory.append(async () => {
      calls += 1;
      await append('fast');
      await directory.prune(calls, SUBJECT);
      return encode('slow');
    }, SUBJECT);
    await expect(write).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect(calls).toBe(5);
    expect(await read(5)).toBe('fast');
  });

  it('writes nothing when it is called off', async () => {
    const { directory, names } = await setup();
    expect(await directory.append(async () => 'stop', SUBJECT)).toBeUndefined();
    expect(await names()).toEqual([]);
  });

  it('looks again when it is told to', async () => {
    const { directory } = await setup();
    let calls = 0;
    const compose = async (): Promise<Uint8Array | 'again'> => ((calls += 1) < 3 ? 'again' : encode('x'));
    expect(await directory.append(compose, SUBJECT)).toBe(1);
    expect(calls).toBe(3);
  });

  it('leaves nothing behind when the content cannot be made, or the caller aborts', async () => {
    const { directory, names } = await setup();
    const problem = new TypeError('no content');
    await expect(directory.append(async () => Promise.reject(problem), SUBJECT)).rejects.toBe(problem);
    const controller = new AbortController();
    const write = directory.append(
      async () => {
        controller.abort(new TypeError('enough'));
        return encode('x');
      },
      { ...SUBJECT, signal: controller.signal },
    );
    await expect(write).rejects.toThrow('enough');
    expect(await names()).toEqual([]);
  });

  it('ignores files that are not its own', async () => {
    const { directory, append } = await setup();
    await append('one');
    for (const name of ['9.age', '0000000009.age~', '0000000009.AGE', '.DS_Store', '00000000010.age']) {
      await writeFile(join(directory.path, name), 'x');
    }
    expect((await directory.list(SUBJECT)).versions).toEqual([1]);
    expect(await append('two')).toBe(2);
  });

  it("clears a crashed writer's file away at a later write, and leaves a running one's", async () => {
    const { directory, append, names } = await setup();
    await append('one');
    const [crashed, running] = [`.w-${'0'.repeat(32)}`, `.w-${'1'.repeat(32)}`];
    for (const [name, ageMs] of [
      [crashed, 11 * 60_000],
      [running, 9 * 60_000],
    ] as const) {
      await writeFile(join(directory.path, name), 'x', { mode: 0o600 });
      await utimes(join(directory.path, name), new Date(), new Date(NOW - ageMs));
    }
    await directory.prune(1, SUBJECT);
    expect(await names()).toEqual([running, '0000000001.age']);
  });

  describe('rewrite', () => {
    it('replaces the content and nothing else', async () => {
      const { directory, append, read, names } = await setup();
      for (const text of ['one', 'two']) await append(text);
      expect(await directory.rewrite(1, async () => encode('ONE'), SUBJECT)).toBe(true);
      expect([await read(1), await read(2)]).toEqual(['ONE', 'two']);
      expect(await names()).toEqual(['0000000001.age', '0000000002.age']);
      expect((await stat(join(directory.path, '0000000001.age'))).mode & 0o777).toBe(0o600);
    });

    it('leaves a version alone that is absent or that it is told to leave', async () => {
      const { directory, append, read } = await setup();
      await append('one');
      expect(await directory.rewrite(7, async () => encode('x'), SUBJECT)).toBe(false);
      expect(await directory.rewrite(1, async () => undefined, SUBJECT)).toBe(false);
      expect([await read(1), await read(7)]).toEqual(['one', undefined]);
    });

    it('does not bring back what was pruned meanwhile', async () => {
      const { directory, append, read } = await setup();
      for (const text of ['one', 'two']) await append(text);
      const isReplaced = await directory.rewrite(
        1,
        async () => {
          await directory.prune(2, SUBJECT);
          return encode('ONE');
        },
        SUBJECT,
      );
      expect(isReplaced).toBe(false);
      expect(await read(1)).toBeUndefined();
    });
  });

  describe('refuses', () => {
    it('a directory that is a symbolic link', async () => {
      const { directory } = await setup();
      await mkdir(`${directory.path}-elsewhere`, { mode: 0o700 });
      await symlink(`${directory.path}-elsewhere`, directory.path);
      await expect(directory.list(SUBJECT)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(directory.append(async () => encode('x'), SUBJECT)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      expect(await readdir(`${directory.path}-elsewhere`)).toEqual([]);
    });

    it('a version that is a symbolic link or a directory', async () => {
      const { directory, append } = await setup();
      await append('one');
      await writeFile(`${directory.path}-file`, 'x', { mode: 0o600 });
      await symlink(`${directory.path}-file`, join(directory.path, '0000000002.age'));
      await mkdir(join(directory.path, '0000000003.age'));
      await expect(directory.read(2, SUBJECT)).rejects.toMatchObject({ code: 'ELOOP' });
      await expect(directory.read(3, SUBJECT)).rejects.toMatchObject({ code: 'INTEGRITY' });
    });

    it('a file or directory that others can reach', async () => {
      const { directory, append } = await setup();
      await append('one');
      await chmod(join(directory.path, '0000000001.age'), 0o640);
      await expect(directory.read(1, SUBJECT)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await chmod(directory.path, 0o750);
      await expect(directory.list(SUBJECT)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(append('two')).rejects.toThrow(/chmod 0700/);
    });

    it('a file in the place of the directory', async () => {
      const { directory } = await setup();
      await writeFile(directory.path, 'x');
      await expect(directory.list(SUBJECT)).rejects.toMatchObject({ code: 'INTEGRITY' });
      expect(await readFile(directory.path, 'utf8')).toBe('x');
    });
  });
});
