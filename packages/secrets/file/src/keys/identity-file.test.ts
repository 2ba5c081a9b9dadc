import { chmod, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { Encrypter, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../__fixtures__/temporary-directory.ts';
import type { Subject } from '../reference/subject.ts';
import { createIdentityFile, generateIdentity, readIdentityFile } from './identity-file.ts';

const SUBJECT: Subject = { provider: 'file', operation: 'open', reference: '' };
const PASSPHRASE = 'canary-passphrase-5e1f';

const read = async (path: string, passphrase?: string): Promise<string[]> =>
  readIdentityFile(path, passphrase, 'enforce', SUBJECT);

describe('createIdentityFile', () => {
  it('makes a file for this user alone and tells the public key', async () => {
    const path = join(await temporaryDirectory(), 'key.txt');
    const { recipient } = await createIdentityFile({ path });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const [identity = ''] = await read(path);
    expect(identity).toMatch(/^AGE-SECRET-KEY-1/);
    expect(await identityToRecipient(identity)).toBe(recipient);
  });

  it('never overwrites a key, and leaves nothing beside it', async () => {
    const directory = await temporaryDirectory();
    const path = join(directory, 'key.txt');
    await createIdentityFile({ path });
    const before = await readFile(path);
    await expect(createIdentityFile({ path })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await readFile(path)).toEqual(before);
    expect(await readdir(directory)).toEqual(['key.txt']);
  });

  it('needs its directory', async () => {
    const path = join(await temporaryDirectory(), 'missing', 'key.txt');
    await expect(createIdentityFile({ path })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuses a malformed identity without showing it', async () => {
    const path = join(await temporaryDirectory(), 'key.txt');
    const error: unknown = await createIdentityFile({ path, identity: 'AGE-SECRET-KEY-1CANARY5E1F' }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'INVALID' });
    expect(inspect(error, { depth: 9, showHidden: true }).toUpperCase()).not.toContain('CANARY5E1F');
  });

  it('can put the key under a passphrase', { timeout: 120_000 }, async () => {
    const path = join(await temporaryDirectory(), 'key.age');
    const identity = await generateIdentity();
    await createIdentityFile({ path, identity, passphrase: PASSPHRASE });
    const text = await readFile(path, 'utf8');
    expect(text).toContain('BEGIN AGE ENCRYPTED FILE');
    expect(text).not.toContain(identity.slice(20));
    expect(await read(path, PASSPHRASE)).toEqual([identity]);
  });

  it('says what an encrypted file needs, and never shows a passphrase', async () => {
    const path = join(await temporaryDirectory(), 'key.age');
    const encrypter = new Encrypter();
    encrypter.setScryptWorkFactor(4);
    encrypter.setPassphrase(PASSPHRASE);
    await writeFile(path, await encrypter.encrypt(await generateIdentity()), { mode: 0o600 });
    expect(await read(path, PASSPHRASE)).toHaveLength(1);
    await expect(read(path)).rejects.toMatchObject({ code: 'INVALID' });
    const error: unknown = await read(path, `${PASSPHRASE}-wrong`).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'FORBIDDEN' });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(PASSPHRASE);
  });
});

describe('readIdentityFile', () => {
  it('reads several identities, comments and blank lines, whatever the line ends', async () => {
    const path = join(await temporaryDirectory(), 'key.txt');
    await writeFile(path, '# created: now\r\n\r\nONE\r\n  # public key\nTWO', { mode: 0o600 });
    expect(await read(path)).toEqual(['ONE', 'TWO']);
  });

  it('refuses a file without an identity', async () => {
    const path = join(await temporaryDirectory(), 'key.txt');
    await writeFile(path, '# nothing\n', { mode: 0o600 });
    await expect(read(path)).rejects.toMatchObject({ code: 'INVALID' });
  });

  it.each([0o640, 0o604, 0o644, 0o660])('refuses mode %o, which lets others read the key', async (mode) => {
    const path = join(await temporaryDirectory(), 'key.txt');
    await createIdentityFile({ path });
    await chmod(path, mode);
    await expect(read(path)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(read(path)).rejects.toThrow(/chmod 0600/);
    expect(await readIdentityFile(path, undefined, 'ignore', SUBJECT)).toHaveLength(1);
  });

  it('follows no symbolic link', async () => {
    const directory = await temporaryDirectory();
    await createIdentityFile({ path: join(directory, 'key.txt') });
    await symlink('key.txt', join(directory, 'link.txt'));
    await expect(read(join(directory, 'link.txt'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('says which file is missing', async () => {
    const path = join(await temporaryDirectory(), 'key.txt');
    await expect(read(path)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(read(path)).rejects.toThrow(path);
  });
});
