import type { Stats } from 'node:fs';
import { failure, type Subject } from '../reference/subject.ts';

/** `enforce` refuses what other users can reach; `ignore` is for file systems that cannot say who can. */
export type PermissionPolicy = 'enforce' | 'ignore';

export const PRIVATE_FILE_MODE = 0o600;
export const PRIVATE_DIRECTORY_MODE = 0o700;

const GROUP_OR_OTHER = 0o077;
const GROUP_OR_OTHER_WRITE = 0o022;
const STICKY = 0o1000;

/** Windows answers with made-up mode bits; its access lists have to be set by the host. */
const HAS_MODES = process.platform !== 'win32';

/**
 * Refuses a file or directory that users other than this process's can open.
 *
 * @throws {SecretProviderError} `FORBIDDEN`, with the command that repairs it.
 */
export function assertPrivate(stats: Stats, path: string, policy: PermissionPolicy, subject: Subject): void {
  if (policy === 'ignore' || !HAS_MODES) return;
  if ((stats.mode & GROUP_OR_OTHER) !== 0) {
    const wanted = stats.isDirectory() ? PRIVATE_DIRECTORY_MODE : PRIVATE_FILE_MODE;
    throw failure(
      subject,
      'FORBIDDEN',
      `other users can reach ${path} (mode ${octal(stats.mode)}); run "chmod ${octal(wanted)}" on it, ` +
        "or pass permissions: 'ignore' where the file system has no modes",
    );
  }
  assertOwn(stats, path, subject);
}

/**
 * Refuses a file or directory that users other than its owner can change. Directories with the sticky bit pass: there
 * nobody can replace another's file, and Kubernetes mounts secrets that way.
 *
 * @throws {SecretProviderError} `FORBIDDEN`, with the command that repairs it.
 */
export function assertNotWritableByOthers(
  stats: Stats,
  path: string,
  policy: PermissionPolicy,
  subject: Subject,
): void {
  if (policy === 'ignore' || !HAS_MODES || (stats.mode & GROUP_OR_OTHER_WRITE) === 0) return;
  if (stats.isDirectory() && (stats.mode & STICKY) !== 0) return;
  throw failure(
    subject,
    'FORBIDDEN',
    `other users can change ${path} (mode ${octal(stats.mode)}); run "chmod go-w" on it, or pass permissions: 'ignore'`,
  );
}

function assertOwn(stats: Stats, path: string, subject: Subject): void {
  const user = process.geteuid?.();
  if (user === undefined || user === 0 || stats.uid === user || stats.uid === 0) return;
  throw failure(subject, 'FORBIDDEN', `${path} belongs to user ${stats.uid}, and this process runs as user ${user}`);
}

function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0');
}
