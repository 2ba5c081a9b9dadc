import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failure, type Subject } from '../reference/subject.ts';
import { assertPrivate, type PermissionPolicy, PRIVATE_DIRECTORY_MODE, PRIVATE_FILE_MODE } from './permissions.ts';
import { systemErrorCode } from './system-error.ts';

/** Windows has no such flag; there a symbolic link needs rights that an ordinary process lacks. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/** Opens a file that did not exist, for this user alone. Fails with `EEXIST` if anything has the name. */
export async function createPrivateFile(path: string): Promise<FileHandle> {
  return open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | NO_FOLLOW, PRIVATE_FILE_MODE);
}

/** Writes all of it and waits until the disk has it. */
export async function writeDurably(file: FileHandle, bytes: Uint8Array): Promise<void> {
  await file.writeFile(bytes);
  await file.sync();
}

/** Waits until the disk has the names in a directory, which is what makes a `link` or `rename` last. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, constants.O_RDONLY);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Makes a directory for this user alone unless it is there, and checks it. Says whether it was made. */
export async function ensurePrivateDirectory(
  path: string,
  policy: PermissionPolicy,
  subject: Subject,
): Promise<boolean> {
  let isNew = true;
  try {
    await mkdir(path, { mode: PRIVATE_DIRECTORY_MODE });
    await syncDirectory(dirname(path));
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
    isNew = false;
  }
  await assertPrivateDirectory(path, policy, subject);
  return isNew;
}

/**
 * Refuses anything but a real directory that belongs to this user alone.
 *
 * @throws {SecretProviderError} `FORBIDDEN` for a symbolic link or an open mode, `INTEGRITY` for a file.
 */
export async function assertPrivateDirectory(path: string, policy: PermissionPolicy, subject: Subject): Promise<void> {
  const stats = await lstat(path);
  if (stats.isSymbolicLink()) throw failure(subject, 'FORBIDDEN', `${path} is a symbolic link; the vault follows none`);
  if (!stats.isDirectory()) throw failure(subject, 'INTEGRITY', `${path} is not a directory`);
  assertPrivate(stats, path, policy, subject);
}

/**
 * Reads a regular file that belongs to this user alone, without following a symbolic link.
 *
 * @throws {SecretProviderError} `FORBIDDEN` for an open mode, `INTEGRITY` for what is no regular file or is larger than
 *   `maxBytes`. Errors of the file system come as they are.
 */
export async function readPrivateFile(
  path: string,
  maxBytes: number,
  policy: PermissionPolicy,
  subject: Subject,
): Promise<Uint8Array> {
  // Non-blocking, so that a named pipe put in a file's place cannot make the open wait for ever.
  const file = await open(path, constants.O_RDONLY | NO_FOLLOW | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw failure(subject, 'INTEGRITY', `${path} is not a regular file`);
    assertPrivate(stats, path, policy, subject);
    if (stats.size > maxBytes) throw failure(subject, 'INTEGRITY', `${path} is larger than ${maxBytes} bytes`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** Removes a file unless it is gone already. */
export async function unlinkIfPresent(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
}
