import { createHash } from 'node:crypto';
import { type BigIntStats, constants, type Stats } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { assertNotWritableByOthers, type PermissionPolicy } from '../disk/permissions.ts';
import { systemErrorCode } from '../disk/system-error.ts';
import { failure, type Subject } from '../reference/subject.ts';

/** How mounted secrets are read. */
export interface MountedReading {
  /** Directory that holds them. */
  readonly root: string;
  /** Largest file, and largest sum of a directory's files. */
  readonly maxBytes: number;
  readonly policy: PermissionPolicy;
  readonly trimTrailingNewline: boolean;
}

export interface MountedContent {
  readonly data: Uint8Array;
  readonly version: string;
}

/** The kubelet swaps this link atomically; everything a pod sees in the directory points through it. */
const SWAPPED_LINK = '..data';
const SWAPPED_TARGET = /^\.\.\d/;

/** A swap may remove what was just resolved. The kubelet makes one a minute at most, so a second look all but always does. */
const MAX_ATTEMPTS = 100;

/**
 * Reads a file, or all files of a directory as one JSON object, from one state of the directory.
 *
 * @throws {SecretProviderError} `FORBIDDEN` for what leaves the root or others can change, `TOO_LARGE`, `INVALID` for
 *   bytes in a directory's file that are not UTF-8, `UNAVAILABLE` if it is swapped without end. Errors of the file system come as they are.
 */
export async function readMounted(path: string, reading: MountedReading, subject: Subject): Promise<MountedContent> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readOnce(path, reading, subject);
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') throw error;
      // Absent for good, or swapped away while it was read? Only the second is worth another look.
      if (!(await exists(join(reading.root, path)))) throw error;
      if (attempt >= MAX_ATTEMPTS) {
        throw failure(subject, 'UNAVAILABLE', 'it was replaced faster than it could be read', error);
      }
    }
  }
}

async function readOnce(path: string, reading: MountedReading, subject: Subject): Promise<MountedContent> {
  const root = await realpath(reading.root);
  const target = await realpath(join(root, path));
  assertInside(target, root, subject);
  const stats = await stat(target);
  return stats.isDirectory() ? readDirectory(target, root, reading, subject) : readFile(target, root, reading, subject);
}

async function readFile(
  target: string,
  root: string,
  reading: MountedReading,
  subject: Subject,
): Promise<MountedContent> {
  if (target !== root) await assertDirectoryIsSafe(dirname(target), root, reading, subject);
  const { data, stats } = await readBytes(target, reading, subject);
  return { data, version: swapVersion(target, root) ?? statVersion([[basename(target), stats]]) };
}

async function readDirectory(
  target: string,
  root: string,
  reading: MountedReading,
  subject: Subject,
): Promise<MountedContent> {
  const swapped = await realpath(join(target, SWAPPED_LINK)).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return target;
    throw error;
  });
  assertInside(swapped, root, subject);
  await assertDirectoryIsSafe(swapped, root, reading, subject);
  const entries: [string, string][] = [];
  const versions: [string, BigIntStats][] = [];
  let total = 0;
  for (const name of (await readdir(swapped)).sort()) {
    if (name.startsWith('..')) continue;
    const file = await realpath(join(swapped, name));
    assertInside(file, root, subject);
    if (!(await stat(file)).isFile()) continue;
    const { data, stats } = await readBytes(file, reading, subject);
    total += data.length;
    if (total > reading.maxBytes) throw tooLarge(swapped, reading, subject);
    entries.push([name, decodeText(data, name, subject)]);
    versions.push([name, stats]);
  }
  if (entries.length === 0) throw failure(subject, 'NOT_FOUND', `the directory ${swapped} has no files`);
  // From entries, so that a file named __proto__ is a key like any other.
  const data = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  return { data, version: swapVersion(join(swapped, 'x'), root) ?? statVersion(versions) };
}

async function readBytes(
  path: string,
  reading: MountedReading,
  subject: Subject,
): Promise<{ data: Uint8Array; stats: BigIntStats }> {
  // Non-blocking, so that a named pipe cannot make the open wait for ever.
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await file.stat({ bigint: true });
    if (!stats.isFile()) throw failure(subject, 'INVALID', `${path} is neither a regular file nor a directory`);
    assertNotWritableByOthers(await file.stat(), path, reading.policy, subject);
    if (stats.size > BigInt(reading.maxBytes)) throw tooLarge(path, reading, subject);
    const bytes = await file.readFile();
    return { data: reading.trimTrailingNewline ? withoutTrailingNewline(bytes) : bytes, stats };
  } finally {
    await file.close();
  }
}

/** Whoever can write a directory can put another file in its place. */
async function assertDirectoryIsSafe(
  directory: string,
  root: string,
  reading: MountedReading,
  subject: Subject,
): Promise<void> {
  for (let path = directory; ; path = dirname(path)) {
    const stats: Stats = await stat(path);
    assertNotWritableByOthers(stats, path, reading.policy, subject);
    if (path === root || path === dirname(path)) return;
  }
}

function assertInside(target: string, root: string, subject: Subject): void {
  if (target === root || target.startsWith(root.endsWith(sep) ? root : root + sep)) return;
  throw failure(subject, 'FORBIDDEN', `it leads out of ${root} through a symbolic link`);
}

/** Name of the directory that the kubelet swapped in, which changes with every update and with nothing else. */
function swapVersion(target: string, root: string): string | undefined {
  const segments = target.slice(root.length).split(sep);
  return segments.findLast((segment) => SWAPPED_TARGET.test(segment));
}

/**
 * From when and where the files were written, not from what they hold: versions appear in logs, and the hash of a short
 * secret gives it away.
 */
function statVersion(files: readonly (readonly [string, BigIntStats])[]): string {
  const hash = createHash('sha256');
  for (const [name, { mtimeNs, ctimeNs, size, ino }] of files) {
    hash.update(JSON.stringify([name, ...[mtimeNs, ctimeNs, size, ino].map(String)]));
  }
  return hash.digest('base64url').slice(0, 22);
}

function decodeText(bytes: Uint8Array, name: string, subject: Subject): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw failure(subject, 'INVALID', `file ${JSON.stringify(name)} is not UTF-8 text; read it by its own reference`);
  }
}

function withoutTrailingNewline(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) !== 0x0a) return bytes;
  return bytes.subarray(0, bytes.at(-2) === 0x0d ? -2 : -1);
}

function tooLarge(path: string, { maxBytes }: MountedReading, subject: Subject): Error {
  return failure(subject, 'TOO_LARGE', `${path} has more than ${maxBytes} bytes (maxBytes)`);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
