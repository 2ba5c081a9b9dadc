import {
  chmod,
  copyFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { Secret } from '@mortise/core';
import { SecretProviderError } from '@mortise/secrets';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from './__fixtures__/temporary-directory.ts';
import { IDENTITY, readText, temporaryVault } from './__fixtures__/temporary-vault.ts';
import { createIdentityFile, FileSecretProvider, generateIdentity, openFileVault } from './index.ts';

const REFERENCE = 'file://tenants/acme/mistral';
const PATH = 'tenants/acme/mistral';
const forbidden = { code: 'FORBIDDEN', retryable: false };
const notFound = { code: 'NOT_FOUND', provider: 'file' };
const integrity = { code: 'INTEGRITY' };

describe('FileSecretProvider', () => {
  describe('writing and reading', () => {
    it('gives back what was written, with the concrete version, its metadata and the time', async () => {
      const { vault } = await temporaryVault({ now: () => Date.parse('2026-01-02T03:04:05Z') });
      const written = await vault.setSecret(REFERENCE, {
        data: 'sk-123',
        contentType: 'text/plain',
        labels: { environment: 'test' },
      });
      expect(written).toEqual({ reference: REFERENCE, version: '1' });
      const value = await vault.getSecret(REFERENCE);
      expect(new TextDecoder().decode(value.data)).toBe('sk-123');
      expect(value.version).toBe('1');
      expect(value.metadata).toEqual({
        createdAt: '2026-01-02T03:04:05.000Z',
        contentType: 'text/plain',
        'label.environment': 'test',
      });
      expect(value.retrievedAt.toISOString()).toBe('2026-01-02T03:04:05.000Z');
    });

    it.each([
      ['text', { data: 'é€\u{1F511}' }, new TextEncoder().encode('é€\u{1F511}')],
      ['base64', { data: '/+8=', encoding: 'base64' }, Uint8Array.of(0xff, 0xef)],
      ['bytes', { data: Uint8Array.of(0, 10, 255, 13) }, Uint8Array.of(0, 10, 255, 13)],
      ['nothing', { data: '' }, new Uint8Array()],
      ['a large value', { data: new Uint8Array(65_536).fill(7) }, new Uint8Array(65_536).fill(7)],
    ] as const)('keeps %s byte for byte', async (_, payload, expected) => {
      const { vault } = await temporaryVault();
      await vault.setSecret(REFERENCE, payload);
      expect((await vault.getSecret(REFERENCE)).data).toEqual(expected);
    });

    it('refuses a payload that is too large or not in its encoding, and writes nothing', async () => {
      const { vault } = await temporaryVault({ maxPayloadBytes: 10 });
      await expect(vault.setSecret(REFERENCE, { data: 'x'.repeat(11) })).rejects.toMatchObject({ code: 'TOO_LARGE' });
      await expect(vault.setSecret(REFERENCE, { data: '€€€€' })).rejects.toMatchObject({ code: 'TOO_LARGE' });
      await expect(vault.setSecret(REFERENCE, { data: '%', encoding: 'base64' })).rejects.toMatchObject({
        code: 'INVALID',
      });
      const labels = { a: 'x'.repeat(20_000) };
      await expect(vault.setSecret(REFERENCE, { data: 'x', labels })).rejects.toMatchObject({ code: 'TOO_LARGE' });
      await expect(vault.getSecret(REFERENCE)).rejects.toMatchObject(notFound);
      expect(await vault.setSecret(REFERENCE, { data: 'x'.repeat(10) })).toMatchObject({ version: '1' });
    });

    it('shares a vault with other providers, as with other processes', async () => {
      const { vault, reopen } = await temporaryVault();
      const other = await reopen();
      await vault.setSecret(REFERENCE, { data: 'one' });
      expect(await readText(other, REFERENCE)).toBe('one');
      await other.setSecret(REFERENCE, { data: 'two' });
      expect(await readText(vault, REFERENCE)).toBe('two');
    });

    it('keeps apart what differs only in case, Unicode form or nesting', async () => {
      const { vault } = await temporaryVault();
      const references = [
        'file://a',
        'file://A',
        'file://a/b',
        'file://a-b',
        'file://%C3%A9',
        'file://e%CC%81',
        `file://${'x'.repeat(300)}`,
      ];
      for (const reference of references) await vault.setSecret(reference, { data: reference });
      for (const reference of references) expect(await readText(vault, reference)).toBe(reference);
      const listed = (await vault.listSecrets()).map(({ reference }) => reference);
      expect(new Set(listed)).toEqual(new Set(references));
      expect(listed).toHaveLength(references.length);
    });

    it('says what it can handle by the scheme alone', async () => {
      const { vault } = await temporaryVault();
      expect(
        ['file://a', 'FILE://a', 'file://../a', 'mounted://a', 'a', ''].map((reference) => vault.canHandle(reference)),
      ).toEqual([true, true, true, false, false, false]);
    });
  });

  describe('deadlines', () => {
    it("end a call with TIMEOUT, and nothing is written; the caller's own abort keeps its reason", async () => {
      const { vault } = await temporaryVault();
      await vault.setSecret(REFERENCE, { data: 'one' });
      const signal = new AbortController().signal;
      await expect(vault.setSecret(REFERENCE, { data: 'two' }, { timeoutMs: 0, signal })).rejects.toMatchObject({
        code: 'TIMEOUT',
        retryable: true,
        message: expect.stringContaining('it took longer than the caller allowed (timeoutMs)'),
      });
      expect(await readText(vault, REFERENCE)).toBe('one');
      await expect(vault.getSecret(REFERENCE, { timeoutMs: 10_000, signal })).resolves.toMatchObject({ version: '1' });
      const reason = new DOMException('gone', 'TimeoutError');
      const aborted = vault.getSecret(REFERENCE, { timeoutMs: 10_000, signal: AbortSignal.abort(reason) });
      await expect(aborted).rejects.toBe(reason);
    });
  });

  describe('versions', () => {
    it('stay readable after a rotation, each under its number', async () => {
      const { vault } = await temporaryVault();
      await vault.setSecret(REFERENCE, { data: 'one' });
      expect(await vault.rotateSecret(REFERENCE, { data: 'two' })).toEqual({
        reference: REFERENCE,
        version: '2',
        previousVersion: '1',
      });
      expect(await readText(vault, REFERENCE)).toBe('two');
      expect(await readText(vault, `${REFERENCE}?version=1`)).toBe('one');
      expect(await readText(vault, `${REFERENCE}?version=1`, '2')).toBe('two');
      expect((await vault.getSecret(REFERENCE, { version: '1' })).version).toBe('1');
    });

    it('are kept up to maxVersions, the newest ones', async () => {
      const { vault, directoryOf } = await temporaryVault({ maxVersions: 3 });
      for (let index = 1; index <= 5; index += 1) await vault.setSecret(REFERENCE, { data: `v${index}` });
      expect(await vault.listSecrets()).toEqual([{ reference: REFERENCE, versions: ['3', '4', '5'] }]);
      expect(await readText(vault, REFERENCE, '3')).toBe('v3');
      await expect(vault.getSecret(REFERENCE, { version: '2' })).rejects.toMatchObject(notFound);
      expect(await readdir(directoryOf(PATH))).toHaveLength(3);
    });

    it('stay as long as an overlap lasts, also in another process, and are pruned after it', async () => {
      let now = 0;
      const { vault, reopen } = await temporaryVault({ maxVersions: 2, now: () => now });
      const other = await reopen();
      await vault.setSecret(REFERENCE, { data: 'v1' });
      await vault.rotateSecret(REFERENCE, { data: 'v2' }, { overlapMs: 1000 });
      now = 999;
      for (const data of ['v3', 'v4', 'v5']) await other.setSecret(REFERENCE, { data });
      expect(await readText(vault, REFERENCE, '1')).toBe('v1');
      now = 1000;
      await vault.setSecret(REFERENCE, { data: 'v6' });
      expect(await vault.listSecrets()).toEqual([{ reference: REFERENCE, versions: ['5', '6'] }]);
    });

    it('are kept from the first of two overlaps to the end of the later one', async () => {
      let now = 0;
      const { vault } = await temporaryVault({ maxVersions: 1, now: () => now });
      await vault.setSecret(REFERENCE, { data: 'v1' });
      await vault.rotateSecret(REFERENCE, { data: 'v2' }, { overlapMs: 1000 });
      now = 500;
      await vault.rotateSecret(REFERENCE, { data: 'v3' }, { overlapMs: 1000 });
      now = 1400;
      await vault.rotateSecret(REFERENCE, { data: 'v4' });
      expect((await vault.listSecrets())[0]?.versions).toEqual(['1', '2', '3', '4']);
    });

    it('can be retired one by one, except the current one', async () => {
      const { vault } = await temporaryVault();
      for (const data of ['v1', 'v2', 'v3']) await vault.setSecret(REFERENCE, { data });
      await vault.retireVersion(REFERENCE, '2');
      expect((await vault.listSecrets())[0]?.versions).toEqual(['1', '3']);
      await vault.retireVersion(REFERENCE, '2');
      await expect(vault.retireVersion(REFERENCE, '3')).rejects.toMatchObject({ code: 'CONFLICT' });
      await expect(vault.retireVersion(REFERENCE, '4')).rejects.toMatchObject(notFound);
      await expect(vault.retireVersion('file://absent', '1')).rejects.toMatchObject(notFound);
      await expect(vault.retireVersion(REFERENCE, 'x')).rejects.toMatchObject(notFound);
      expect((await vault.setSecret(REFERENCE, { data: 'v4' })).version).toBe('4');
    });

    it('of a write that is repeated under its key are one, as long as it is kept, also in another process', async () => {
      const { vault, reopen } = await temporaryVault();
      const key = { idempotencyKey: 'rotation-7' };
      await vault.setSecret(REFERENCE, { data: 'one' }, key);
      await vault.setSecret(REFERENCE, { data: 'two' });
      expect((await (await reopen()).setSecret(REFERENCE, { data: 'one' }, key)).version).toBe('1');
      expect(await readText(vault, REFERENCE)).toBe('two');
      await expect(vault.rotateSecret(REFERENCE, { data: 'other' }, key)).rejects.toMatchObject({ code: 'CONFLICT' });
      await vault.deleteSecret(REFERENCE);
      expect((await vault.setSecret(REFERENCE, { data: 'new life' }, key)).version).toBe('4');
    });

    it('are ten by default', async () => {
      const { vault } = await temporaryVault();
      for (let index = 1; index <= 11; index += 1) await vault.setSecret(REFERENCE, { data: `v${index}` });
      expect((await vault.listSecrets())[0]?.versions).toHaveLength(10);
    });

    it.each(['7', '0', 'latest', '1.0'])('that do not exist are not found: %s', async (version) => {
      const { vault } = await temporaryVault();
      await vault.setSecret(REFERENCE, { data: 'one' });
      await expect(vault.getSecret(REFERENCE, { version })).rejects.toMatchObject(notFound);
    });

    it('are never written by number', async () => {
      const { vault } = await temporaryVault();
      const pinned = `${REFERENCE}?version=1`;
      await expect(vault.setSecret(pinned, { data: 'x' })).rejects.toMatchObject({ code: 'INVALID' });
      await expect(vault.rotateSecret(pinned, { data: 'x' })).rejects.toMatchObject({ code: 'INVALID' });
      await expect(vault.deleteSecret(pinned)).rejects.toMatchObject({ code: 'INVALID' });
    });
  });

  it('rotates only what exists', async () => {
    const { vault, directory } = await temporaryVault();
    await expect(vault.rotateSecret(REFERENCE, { data: 'x' })).rejects.toMatchObject(notFound);
    expect(await readdir(directory)).toEqual(['vault.age']);
    await vault.setSecret(REFERENCE, { data: 'x' });
    await vault.deleteSecret(REFERENCE);
    await expect(vault.rotateSecret(REFERENCE, { data: 'x' })).rejects.toMatchObject(notFound);
  });

  describe('deleting', () => {
    it('removes every version from the disk', async () => {
      const { vault, directoryOf } = await temporaryVault();
      for (const data of ['one', 'two']) await vault.setSecret(REFERENCE, { data });
      await vault.deleteSecret(REFERENCE);
      await expect(vault.getSecret(REFERENCE)).rejects.toMatchObject(notFound);
      for (const version of ['1', '2', '3']) {
        await expect(vault.getSecret(REFERENCE, { version })).rejects.toMatchObject(notFound);
      }
      expect(await readdir(directoryOf(PATH))).toEqual(['0000000003.age']);
      expect(await vault.listSecrets()).toEqual([]);
    });

    it('leaves other secrets alone', async () => {
      const { vault } = await temporaryVault();
      await vault.setSecret(REFERENCE, { data: 'x' });
      await vault.setSecret(`${REFERENCE}/key`, { data: 'y' });
      await vault.deleteSecret(REFERENCE);
      expect(await readText(vault, `${REFERENCE}/key`)).toBe('y');
    });

    it('never lets a version number come back with another meaning', async () => {
      const { vault } = await temporaryVault();
      await vault.setSecret(REFERENCE, { data: 'one' });
      await vault.deleteSecret(REFERENCE);
      expect(await vault.setSecret(REFERENCE, { data: 'new' })).toMatchObject({ version: '3' });
      expect(await readText(vault, REFERENCE)).toBe('new');
      await expect(vault.getSecret(REFERENCE, { version: '1' })).rejects.toMatchObject(notFound);
    });

    it('finds nothing to delete twice', async () => {
      const { vault } = await temporaryVault();
      await expect(vault.deleteSecret(REFERENCE)).rejects.toMatchObject(notFound);
      await vault.setSecret(REFERENCE, { data: 'x' });
      await vault.deleteSecret(REFERENCE);
      await expect(vault.deleteSecret(REFERENCE)).rejects.toMatchObject(notFound);
    });

    it('is complete even where a crash came between the tombstone and the removal', async () => {
      const { vault, fileOf, directory } = await temporaryVault();
      for (const data of ['one', 'two']) await vault.setSecret(REFERENCE, { data });
      await copyFile(fileOf(PATH, 2), join(directory, 'kept'));
      await vault.deleteSecret(REFERENCE);
      await rename(join(directory, 'kept'), fileOf(PATH, 2));

      await expect(vault.getSecret(REFERENCE, { version: '2' })).rejects.toMatchObject(notFound);
      await expect(vault.deleteSecret(REFERENCE)).rejects.toMatchObject(notFound);
      await expect(stat(fileOf(PATH, 2))).rejects.toMatchObject({ code: 'ENOENT' });
    });

    it('clears the remains of an interrupted deletion at the next write too', async () => {
      const { vault, fileOf, directory } = await temporaryVault();
      await vault.setSecret(REFERENCE, { data: 'one' });
      await copyFile(fileOf(PATH, 1), join(directory, 'kept'));
      await vault.deleteSecret(REFERENCE);
      await rename(join(directory, 'kept'), fileOf(PATH, 1));
      await vault.setSecret(REFERENCE, { data: 'new' });
      await expect(vault.getSecret(REFERENCE, { version: '1' })).rejects.toMatchObject(notFound);
      expect(await readText(vault, REFERENCE)).toBe('new');
    });
  });

  describe('a vault that does not exist', () => {
    it('is not made by reading', async () => {
      const directory = join(await temporaryDirectory(), 'vault');
      const vault = new FileSecretProvider({ directory, identity: IDENTITY });
      await expect(vault.getSecret(REFERENCE)).rejects.toMatchObject(notFound);
      await expect(vault.deleteSecret(REFERENCE)).rejects.toMatchObject(notFound);
      await expect(vault.rotateSecret(REFERENCE, { data: 'x' })).rejects.toMatchObject(notFound);
      await expect(vault.rewrap()).rejects.toMatchObject(notFound);
      expect(await vault.listSecrets()).toEqual([]);
      await expect(stat(directory)).rejects.toMatchObject({ code: 'ENOENT' });
    });

    it('is made by the first write, with its parents, for this user alone', async () => {
      const root = await temporaryDirectory();
      const directory = join(root, 'deep', 'vault');
      const vault = new FileSecretProvider({ directory, identity: IDENTITY });
      await expect(vault.getSecret(REFERENCE)).rejects.toMatchObject(notFound);
      await vault.setSecret(REFERENCE, { data: 'x' });
      expect(await readText(vault, REFERENCE)).toBe('x');
      for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
        const { mode } = await stat(join(entry.parentPath, entry.name));
        expect([entry.name, mode & 0o777]).toEqual([entry.name, entry.isDirectory() ? 0o700 : 0o600]);
      }
    });
  });

  describe('permissions', () => {
    it.each([0o755, 0o750, 0o701, 0o770])('refuses a vault whose directory has mode %o', async (mode) => {
      const { vault, directory, reopen } = await temporaryVault();
      await vault.setSecret(REFERENCE, { data: 'x' });
      await chmod(directory, mode);
      await expect(reopen()).rejects.toMatchObject(forbidden);
      await expect(reopen()).rejects.toThrow('chmod 0700');
      expect(await readText(await reopen({ permissions: 'ignore' }), REFERENCE)).toBe('x');
    });

    it('refuses a marker, a secret and a directory that others can read', async () => {
      const { vault, directory, directoryOf, fileOf, reopen } = await temporaryVault();
      await vault.setSecret(REFERENCE, { data: 'x' });
      await chmod(fileOf(PATH, 1), 0o644);
      await expect(vault.getSecret(REFERENCE)).rejects.toMatchObject(forbidden);
      await chmod(fileOf(PATH, 1), 0o600);
      await chmod(directoryOf(PATH), 0o755);
      await expect(vault.getSecret(REFERENCE)).rejects.toMatchObject(forbidden);
      await expect(vault.setSecret(REFERENCE, { data: 'y' })).rejects.toMatchObject(forbidden);
      await chmod(directoryOf(PATH), 0o700);
      await chmod(join(directory, 'vault.age'), 0o640);
      await expect(reopen()).rejects.toMatchObject(forbidden);
    });

    it('says that a file stands where the directory should be', async () => {
      const path = join(await temporaryDirectory(), 'file');
      await writeFile(path, '', { mode: 0o600 });
      await expect(openFileVault({ directory: path, identity: IDENTITY })).rejects.toMatchObject({ code: 'CONFLICT' });
      const vault = new FileSecretProvider({ directory: path, identity: IDENTITY });
      await expect(vault.getSecret(REFERENCE)).rejects.toMatchObject(integrity);
    });
  });

  describe('a tampered vault', () => {
    const other = 'file://tenants/other/mistral';

    it('refuses symbolic links wherever they stand', async () => {
      const { vault, directory, directoryOf, fileOf, reopen } = await temporaryVault();
      await vault.setSecret(REFERENCE, { data: 'x' });
      await vault.setSecret(other, { data: 'y' });
      await symlink(fileOf('tenants/other/mistral', 1), fileOf(PATH, 2));
      await expect(vault.getSecret(REFERENCE)).rejects.toMatchObject(forbidden);
      await rm(directoryOf(PATH), { recursive: true });
      await symlink(directoryOf('tenants/other/mistral'), directoryOf(PATH));
      await expect(vault.getSecret(REFERENCE)).rejects.toMatchObject(forbidden);
      await expect(vault.setSecret(REFERENCE, { data: 'z' })).rejects.toMatchObject(forbidden);
      expect(await readdir(directoryOf('tenants/other/mistral'))).toHaveLength(1);
      await rename(join(directory, 'vault.age'), join(directory, 'marker'));
      await symlink('marker', join(directory, 'vault.age'));
      await expect(reopen()).rejects.toMatchObject(forbidden);
    });

    it('notices a file under the name of another secret, of another version and of another vault', async () => {
      const { vault, fileOf, directoryOf, reopen, directory } = await temporaryVault();
      await vault.setSecret(REFERENCE, { data: 'mine 1' });
      await vault.setSecret(REFERENCE, { data: 'mine 2' });
      await vault.setSecret(other, { data: 'theirs' });

      await copyFile(fileOf('tenants/other/mistral', 1), fileOf(PATH, 1));
      await expect(vault.getSecret(REFERENCE, { version: '1' })).rejects.toMatchObject(integrity);
      await copyFile(fileOf(PATH, 2), fileOf(PATH, 3));
      await expect(vault.getSecret(REFERENCE)).rejects.toMatchObject(integrity);

      const second = await reopen({ directory: `${directory}-2` });
      await second.setSecret(REFERENCE, { data: 'staging' });
      await rm(directoryOf(PATH), { recursive: true });
      await rename(directoryOf(PATH).replace(directory, `${directory}-2`), directoryOf(PATH));
      await expect(vault.getSecret(REFERENCE)).rejects.toMatchObject(integrity);
    });

    it('notices every flipped byte and every missing end', async () => {
      const { vault, fileOf } = await temporaryVault();
      await vault.setSecret(REFERENCE, { data: 'x' });
      const good = await readFile(fileOf(PATH, 1));
      for (let index = 0; index < good.length; index += 7) {
        await writeFile(fileOf(PATH, 1), good.with(index, (good[index] ?? 0) ^ 0x10));
        await expect(vault.getSecret(REFERENCE)).rejects.toMatchObject(integrity);
      }
      await writeFile(fileOf(PATH, 1), good);
      for (const length of [good.length - 1, good.length >> 1, 22, 1, 0]) {
        await truncate(fileOf(PATH, 1), length);
        await expect(vault.getSecret(REFERENCE)).rejects.toMatchObject(integrity);
      }
      await writeFile(fileOf(PATH, 1), good);
      expect(await readText(vault, REFERENCE)).toBe('x');
    });

    it('still gives older versions when the newest is damaged, and heals with the next write', async () => {
      const { vault, fileOf } = await temporaryVault();
      for (const data of ['one', 'two']) await vault.setSecret(REFERENCE, { data });
      await truncate(fileOf(PATH, 2), 10);
      await expect(vault.getSecret(REFERENCE)).rejects.toMatchObject(integrity);
      expect(await readText(vault, REFERENCE, '1')).toBe('one');
      expect(await vault.rotateSecret(REFERENCE, { data: 'three' })).toMatchObject({ version: '3' });
      expect(await readText(vault, REFERENCE)).toBe('three');
    });

    it('refuses a marker that is damaged or gone, and never makes a new one over secrets', async () => {
      const { vault, directory, reopen } = await temporaryVault();
      await vault.setSecret(REFERENCE, { data: 'x' });
      const marker = await readFile(join(directory, 'vault.age'));
      await writeFile(join(directory, 'vault.age'), marker.subarray(0, -1), { mode: 0o600 });
      await expect(reopen()).rejects.toMatchObject(integrity);
      await rm(join(directory, 'vault.age'));
      await expect(reopen()).rejects.toMatchObject(integrity);
      await expect(reopen()).rejects.toThrow(/restore/);
      const lazy = new FileSecretProvider({ directory, identity: IDENTITY });
      await expect(lazy.getSecret(REFERENCE)).rejects.toMatchObject(integrity);
      await writeFile(join(directory, 'vault.age'), marker, { mode: 0o600 });
      expect(await readText(await reopen(), REFERENCE)).toBe('x');
    });

    it('passes over directories that no secret can have', async () => {
      const { vault, directory } = await temporaryVault();
      await vault.setSecret(REFERENCE, { data: 'x' });
      await mkdir(join(directory, 'secrets', 'lost+found'));
      expect(await vault.listSecrets()).toHaveLength(1);
    });
  });

  describe('keys', () => {
    it('refuses an identity that does not fit, before anything is read or written', async () => {
      const { vault, directory, reopen } = await temporaryVault();
      await vault.setSecret(REFERENCE, { data: 'x' });
      const wrong = new FileSecretProvider({ directory, identity: await generateIdentity() });
      await expect(wrong.getSecret(REFERENCE)).rejects.toMatchObject(forbidden);
      await expect(wrong.setSecret(REFERENCE, { data: 'y' })).rejects.toMatchObject(forbidden);
      expect(await readText(await reopen(), REFERENCE)).toBe('x');
    });

    it('takes the identity wrapped, with a line end around it, or from a file', async () => {
      const { vault, reopen } = await temporaryVault();
      await vault.setSecret(REFERENCE, { data: 'x' });
      const identityFile = join(await temporaryDirectory(), 'key.txt');
      await createIdentityFile({ path: identityFile, identity: IDENTITY });
      expect(await readText(await reopen({ identity: new Secret(IDENTITY) }), REFERENCE)).toBe('x');
      expect(await readText(await reopen({ identity: `${IDENTITY}\n` }), REFERENCE)).toBe('x');
      expect(await readText(await reopen({ identityFile }), REFERENCE)).toBe('x');
    });

    it('tries again after an identity file was put in place', async () => {
      const directory = await temporaryDirectory();
      const identityFile = join(directory, 'key.txt');
      const vault = new FileSecretProvider({ directory: join(directory, 'vault'), identityFile });
      await expect(vault.setSecret(REFERENCE, { data: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await createIdentityFile({ path: identityFile });
      await vault.setSecret(REFERENCE, { data: 'x' });
      expect(await readText(vault, REFERENCE)).toBe('x');
    });

    it.each([
      ['neither identity nor file', {}],
      ['both', { identity: IDENTITY, identityFile: '/key' }],
      ['an empty directory', { identity: IDENTITY, directory: '' }],
      ['no versions', { identity: IDENTITY, maxVersions: 0 }],
      ['half a version', { identity: IDENTITY, maxVersions: 1.5 }],
      ['a limit that is not a number', { identity: IDENTITY, maxPayloadBytes: Number.NaN }],
      ['a limit above 16 MiB', { identity: IDENTITY, maxPayloadBytes: 16 * 1024 * 1024 + 1 }],
    ])('refuses options with %s', (_, options) => {
      expect(() => new FileSecretProvider({ directory: '/nowhere', ...options })).toThrow(
        expect.objectContaining({ code: 'INVALID' }),
      );
    });

    it('refuses an empty list of identities when it opens', async () => {
      const directory = join(await temporaryDirectory(), 'vault');
      await expect(openFileVault({ directory, identity: [] })).rejects.toMatchObject({ code: 'INVALID' });
    });
  });

  describe('aborting', () => {
    it('rejects with the reason, unwrapped, and writes nothing', async () => {
      const { vault, directory } = await temporaryVault();
      const reason = new TypeError('enough');
      const signal = AbortSignal.abort(reason);
      await expect(vault.getSecret(REFERENCE, { signal })).rejects.toBe(reason);
      await expect(vault.setSecret(REFERENCE, { data: 'x' }, { signal })).rejects.toBe(reason);
      await expect(vault.rotateSecret(REFERENCE, { data: 'x' }, { signal })).rejects.toBe(reason);
      await expect(vault.deleteSecret(REFERENCE, { signal })).rejects.toBe(reason);
      await expect(vault.listSecrets({ signal })).rejects.toBe(reason);
      await expect(vault.rewrap({ signal })).rejects.toBe(reason);
      await expect(vault.open({ signal })).rejects.toBe(reason);
      expect(await readdir(directory)).toEqual(['vault.age']);
    });

    it('leaves a read at once, and drops what becomes of it', async () => {
      const { vault, directory, fileOf } = await temporaryVault();
      await vault.setSecret(REFERENCE, { data: 'x' });
      await truncate(fileOf(PATH, 1), 10);
      for (const ticks of [0, 1, 5, 20, 60]) {
        const controller = new AbortController();
        const lazy = new FileSecretProvider({ directory, identity: IDENTITY });
        const call = lazy.getSecret(REFERENCE, { signal: controller.signal });
        const outcome = call.catch((error: unknown) => String(error));
        for (let tick = 0; tick < ticks; tick += 1) await new Promise((resolve) => setImmediate(resolve));
        controller.abort(new TypeError('enough'));
        expect(await outcome).toMatch(/enough|damaged/);
      }
    });

    it('leaves the queue at once, and the order of the others as it is', async () => {
      const { vault } = await temporaryVault();
      const controller = new AbortController();
      const first = vault.setSecret(REFERENCE, { data: 'one' });
      const second = vault.setSecret(REFERENCE, { data: 'two' }, { signal: controller.signal });
      const third = vault.setSecret(REFERENCE, { data: 'three' });
      controller.abort(new TypeError('enough'));
      await expect(second).rejects.toThrow('enough');
      expect([await first, await third].map(({ version }) => version)).toEqual(['1', '2']);
      expect(await readText(vault, REFERENCE)).toBe('three');
    });
  });

  it('is closed for good, after running writes have ended', async () => {
    const { vault, reopen } = await temporaryVault();
    const write = vault.setSecret(REFERENCE, { data: 'x' });
    await vault.setSecret('file://b', { data: 'y' });
    await vault.close();
    expect(await write).toMatchObject({ version: '1' });
    await expect(vault.getSecret(REFERENCE)).rejects.toMatchObject({ code: 'INVALID' });
    await vault.close();
    expect(await readText(await reopen(), REFERENCE)).toBe('x');
  });

  it('throws nothing but errors of the contract', async () => {
    const { vault } = await temporaryVault({ id: 'vault' });
    for (const reference of [
      '',
      'a',
      'env://A',
      'file://',
      'file://../../etc/passwd',
      'file:///etc/passwd',
      'file://a%00b',
    ]) {
      for (const call of [
        async () => vault.getSecret(reference),
        async () => vault.setSecret(reference, { data: 'x' }),
        async () => vault.rotateSecret(reference, { data: 'x' }),
        async () => vault.deleteSecret(reference),
      ]) {
        const error: unknown = await call().catch((thrown: unknown) => thrown);
        expect(SecretProviderError.is(error)).toBe(true);
        expect(error).toMatchObject({ code: 'INVALID', provider: 'vault' });
      }
    }
  });
});
