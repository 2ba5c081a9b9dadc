import { chmod, mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../__fixtures__/temporary-directory.ts';
import { MountedSecretProvider } from './mounted-secret-provider.ts';

const read = async (provider: MountedSecretProvider, reference: string): Promise<string> =>
  new TextDecoder().decode((await provider.getSecret(reference)).data);

/** Puts a state of a secret in place as the kubelet does: a new directory, then one link renamed over the old one. */
async function swapIn(volume: string, stamp: string, files: Record<string, string>): Promise<void> {
  const target = join(volume, `..${stamp}`);
  await mkdir(target, { recursive: true, mode: 0o755 });
  for (const [name, content] of Object.entries(files)) await writeFile(join(target, name), content, { mode: 0o644 });
  await symlink(`..${stamp}`, join(volume, '..data_tmp'));
  await rename(join(volume, '..data_tmp'), join(volume, '..data'));
  for (const name of Object.keys(files)) {
    await symlink(join('..data', name), join(volume, name)).catch(() => {});
  }
}

const FIRST = '2026_01_02_03_04_05.000000001';
const SECOND = '2026_01_02_03_05_05.000000002';

describe('MountedSecretProvider', () => {
  it('reads a file below its directory, byte for byte', async () => {
    const directory = await temporaryDirectory();
    const provider = new MountedSecretProvider({ directory, now: () => 5 });
    await writeFile(join(directory, 'key'), Uint8Array.of(0, 255, 10), { mode: 0o444 });
    const value = await provider.getSecret('mounted://key');
    expect(value.data).toEqual(Uint8Array.of(0, 255, 10));
    expect(value.retrievedAt.getTime()).toBe(5);
    expect(value.version).toMatch(/^[\w-]{22}$/);
  });

  it("belongs to the host, takes no writes, and is kept from tenants' own credentials", async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'key'), 'x');
    const provider = new MountedSecretProvider({ directory });
    expect(provider).toMatchObject({ id: 'mounted', writable: false, hostOwned: true });
    await expect(provider.getSecret('mounted://key', { excludeHostOwned: true })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(provider.setSecret('mounted://key')).rejects.toMatchObject({ code: 'READ_ONLY' });
    await expect(provider.rotateSecret('mounted://key')).rejects.toMatchObject({ code: 'READ_ONLY' });
    await expect(provider.deleteSecret('mounted://key')).rejects.toMatchObject({ code: 'READ_ONLY' });
    expect(await read(provider, 'mounted://key')).toBe('x');
  });

  it('looks where Docker puts secrets by default', async () => {
    await expect(new MountedSecretProvider().getSecret('mounted://mortise-no-such-secret')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it.each([
    [false, 'a \n', 'a \n'],
    [true, 'a \n', 'a '],
    [true, 'a\r\n', 'a'],
    [true, 'a\n\n', 'a\n'],
    [true, '\n', ''],
    [true, 'a', 'a'],
    [true, '', ''],
  ])('with trimTrailingNewline %s reads %j as %j', async (trimTrailingNewline, content, expected) => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'key'), content);
    expect(await read(new MountedSecretProvider({ directory, trimTrailingNewline }), 'mounted://key')).toBe(expected);
  });

  it('says that a missing secret is missing, and that it cannot be read by a name of another kind', async () => {
    const provider = new MountedSecretProvider({ directory: await temporaryDirectory() });
    await expect(provider.getSecret('mounted://key')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const reference of [
      'env://KEY',
      'mounted://',
      'mounted:///etc/passwd',
      'mounted://a//b',
      'mounted://../key',
      'mounted://..data/key',
      'mounted://a/..b',
      'mounted://a%5Cb',
      'mounted://c%3Akey',
      'mounted://a?x=1',
    ]) {
      await expect(provider.getSecret(reference)).rejects.toMatchObject({ code: 'INVALID' });
    }
  });

  it('says that a directory to mount from is missing', async () => {
    const provider = new MountedSecretProvider({ directory: join(await temporaryDirectory(), 'missing') });
    await expect(provider.getSecret('mounted://key')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  describe('a directory', () => {
    it('comes as one JSON object of its files', async () => {
      const directory = await temporaryDirectory();
      await mkdir(join(directory, 'mistral', 'nested'), { recursive: true });
      await writeFile(join(directory, 'mistral', 'apiKey'), 'sk-1');
      await writeFile(join(directory, 'mistral', '.dockerconfigjson'), '{}\n');
      await writeFile(join(directory, 'mistral', '__proto__'), 'x');
      const provider = new MountedSecretProvider({ directory });
      expect(await read(provider, 'mounted://mistral')).toBe(
        String.raw`{".dockerconfigjson":"{}\n","__proto__":"x","apiKey":"sk-1"}`,
      );
      expect(await read(provider, 'mounted://mistral/apiKey')).toBe('sk-1');
    });

    it('changes its version with any of its files', async () => {
      const directory = await temporaryDirectory();
      await mkdir(join(directory, 'app'));
      await writeFile(join(directory, 'app', 'a'), '1');
      await writeFile(join(directory, 'app', 'b'), '2');
      const provider = new MountedSecretProvider({ directory });
      const { version } = await provider.getSecret('mounted://app');
      expect((await provider.getSecret('mounted://app')).version).toBe(version);
      await utimes(join(directory, 'app', 'b'), 1, 1);
      expect((await provider.getSecret('mounted://app')).version).not.toBe(version);
    });

    it('is refused when it is empty, too large or not text', async () => {
      const directory = await temporaryDirectory();
      await mkdir(join(directory, 'app'));
      const provider = new MountedSecretProvider({ directory, maxBytes: 10 });
      await expect(provider.getSecret('mounted://app')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await writeFile(join(directory, 'app', 'a'), Uint8Array.of(0xff));
      await expect(provider.getSecret('mounted://app')).rejects.toMatchObject({ code: 'INVALID' });
      expect((await provider.getSecret('mounted://app/a')).data).toEqual(Uint8Array.of(0xff));
      await writeFile(join(directory, 'app', 'a'), '123456');
      await writeFile(join(directory, 'app', 'b'), '123456');
      await expect(provider.getSecret('mounted://app')).rejects.toMatchObject({ code: 'TOO_LARGE' });
      await writeFile(join(directory, 'app', 'a'), '12345678901');
      await expect(provider.getSecret('mounted://app/a')).rejects.toMatchObject({ code: 'TOO_LARGE' });
    });
  });

  describe('a volume that Kubernetes swaps', () => {
    it('shows the new state at once, with the name of the state as version', async () => {
      const directory = await temporaryDirectory();
      const volume = join(directory, 'mistral');
      await mkdir(volume);
      await swapIn(volume, FIRST, { apiKey: 'old', url: 'a' });
      const provider = new MountedSecretProvider({ directory });
      expect(await read(provider, 'mounted://mistral/apiKey')).toBe('old');
      expect((await provider.getSecret('mounted://mistral/apiKey')).version).toBe(`..${FIRST}`);
      expect(await read(provider, 'mounted://mistral')).toBe('{"apiKey":"old","url":"a"}');

      await swapIn(volume, SECOND, { apiKey: 'new', url: 'b' });
      await rm(join(volume, `..${FIRST}`), { recursive: true });
      expect(await read(provider, 'mounted://mistral/apiKey')).toBe('new');
      expect((await provider.getSecret('mounted://mistral')).version).toBe(`..${SECOND}`);
      expect(await read(provider, 'mounted://mistral')).toBe('{"apiKey":"new","url":"b"}');
    });

    it('works where the volume is the directory itself', async () => {
      const directory = await temporaryDirectory();
      await swapIn(directory, FIRST, { apiKey: 'old' });
      const provider = new MountedSecretProvider({ directory });
      expect((await provider.getSecret('mounted://apiKey')).version).toBe(`..${FIRST}`);
    });

    it('gives the version that is mounted when it is asked for, and no other', async () => {
      const directory = await temporaryDirectory();
      await swapIn(directory, FIRST, { apiKey: 'old' });
      const provider = new MountedSecretProvider({ directory });
      expect(await read(provider, `mounted://apiKey?version=..${FIRST}`)).toBe('old');
      await swapIn(directory, SECOND, { apiKey: 'new' });
      await expect(provider.getSecret(`mounted://apiKey?version=..${FIRST}`)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      expect((await provider.getSecret(`mounted://apiKey`, { version: `..${SECOND}` })).version).toBe(`..${SECOND}`);
    });

    it('never mixes two states, nor fails, however often it is swapped', { timeout: 30_000 }, async () => {
      const directory = await temporaryDirectory();
      const volume = join(directory, 'app');
      await mkdir(volume);
      await swapIn(volume, '0', { user: '0', password: '0' });
      const provider = new MountedSecretProvider({ directory });
      const swap = async (): Promise<void> => {
        for (let state = 1; state <= 40; state += 1) {
          await swapIn(volume, String(state), { user: String(state), password: String(state) });
          await rm(join(volume, `..${state - 1}`), { recursive: true });
        }
      };
      const progress = { isDone: false };
      const readOn = async (): Promise<number> => {
        let reads = 0;
        for (; !progress.isDone; reads += 1) {
          const { password, user } = JSON.parse(await read(provider, 'mounted://app'));
          expect(password).toBe(user);
          expect(Number(await read(provider, 'mounted://app/user'))).toBeGreaterThanOrEqual(Number(user));
        }
        return reads;
      };
      const [reads] = await Promise.all([readOn(), swap().finally(() => (progress.isDone = true))]);
      expect(reads).toBeGreaterThan(0);
    });
  });

  describe('refuses', () => {
    it('links that lead out of the directory, for files, directories and swapped states', async () => {
      const directory = await temporaryDirectory();
      const root = join(directory, 'root');
      await mkdir(root);
      await mkdir(join(directory, 'root-outside'));
      await writeFile(join(directory, 'root-outside', 'key'), 'x');
      await symlink(join(directory, 'root-outside', 'key'), join(root, 'file'));
      await symlink('../root-outside', join(root, 'folder'));
      await mkdir(join(root, 'volume'));
      await symlink(join(directory, 'root-outside'), join(root, 'volume', '..data'));
      await mkdir(join(root, 'keys'));
      await symlink(join(directory, 'root-outside', 'key'), join(root, 'keys', 'key'));
      const provider = new MountedSecretProvider({ directory: root });
      for (const path of ['file', 'folder', 'folder/key', 'volume', 'keys', 'keys/key']) {
        await expect(provider.getSecret(`mounted://${path}`)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      }
    });

    it('files and directories that others can change, but not those that others can read', async () => {
      const directory = await temporaryDirectory();
      await mkdir(join(directory, 'app'));
      await writeFile(join(directory, 'app', 'key'), 'x');
      const provider = new MountedSecretProvider({ directory });
      for (const mode of [0o400, 0o444, 0o644, 0o640]) {
        await chmod(join(directory, 'app', 'key'), mode);
        expect(await read(provider, 'mounted://app/key')).toBe('x');
      }
      for (const mode of [0o664, 0o646]) {
        await chmod(join(directory, 'app', 'key'), mode);
        await expect(provider.getSecret('mounted://app/key')).rejects.toMatchObject({ code: 'FORBIDDEN' });
      }
      await chmod(join(directory, 'app', 'key'), 0o644);
      await chmod(join(directory, 'app'), 0o777);
      await expect(provider.getSecret('mounted://app/key')).rejects.toThrow(/chmod go-w/);
      await expect(provider.getSecret('mounted://app')).rejects.toMatchObject({ code: 'FORBIDDEN' });
      const lenient = new MountedSecretProvider({ directory, permissions: 'ignore' });
      expect(await read(lenient, 'mounted://app/key')).toBe('x');
      await chmod(join(directory, 'app'), 0o1777);
      expect(await read(provider, 'mounted://app/key')).toBe('x');
    });
  });

  it('rejects an abort with its reason', async () => {
    const reason = new TypeError('enough');
    const provider = new MountedSecretProvider({ directory: await temporaryDirectory() });
    const call = provider.getSecret('mounted://key', { signal: AbortSignal.abort(reason) });
    await expect(call).rejects.toBe(reason);
  });
});
