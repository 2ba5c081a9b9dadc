import { SecretProviderError, type SecretProviderErrorCode } from '@mortise/secrets';
import { failure, type Subject } from '../reference/subject.ts';

const CODES: Readonly<Record<string, readonly [SecretProviderErrorCode, string]>> = {
  ENOENT: ['NOT_FOUND', 'there is no such file'],
  EACCES: ['FORBIDDEN', 'the file system refuses access to this process'],
  EPERM: ['FORBIDDEN', 'the file system refuses access to this process'],
  ELOOP: ['FORBIDDEN', 'a symbolic link stands where a file or directory was expected'],
  ENOTDIR: ['INTEGRITY', 'a file stands where a directory was expected'],
  EISDIR: ['INTEGRITY', 'a directory stands where a file was expected'],
  EEXIST: ['CONFLICT', 'something else has that name already'],
  EROFS: ['READ_ONLY', 'the file system is mounted read-only'],
  ENOSPC: ['UNAVAILABLE', 'the disk is full'],
  EDQUOT: ['UNAVAILABLE', 'the disk quota is used up'],
  EMFILE: ['UNAVAILABLE', 'the process has too many open files'],
  ENFILE: ['UNAVAILABLE', 'the system has too many open files'],
  EIO: ['UNAVAILABLE', 'the disk reports an input/output error'],
  EAGAIN: ['UNAVAILABLE', 'the file system is busy'],
  EBUSY: ['UNAVAILABLE', 'the file system is busy'],
  ESTALE: ['UNAVAILABLE', 'the network file system lost the file'],
  ETIMEDOUT: ['UNAVAILABLE', 'the file system did not answer in time'],
  ENAMETOOLONG: ['INVALID', 'the path is too long for this file system'],
  ENOTSUP: ['UNSUPPORTED', 'the file system has no hard links, which the vault needs'],
  EOPNOTSUPP: ['UNSUPPORTED', 'the file system has no hard links, which the vault needs'],
};

/** The system's own code, such as `ENOENT`, of whatever was thrown. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Linux says EPERM where a file system has no hard links. */
function isRefusedLink(error: unknown): boolean {
  return systemErrorCode(error) === 'EPERM' && error instanceof Error && 'syscall' in error && error.syscall === 'link';
}

/** Turns whatever the file system threw into the error of the contract; errors of the contract pass unchanged. */
export function toProviderError(error: unknown, subject: Subject): SecretProviderError {
  if (SecretProviderError.is(error)) return error;
  const systemCode = isRefusedLink(error) ? 'ENOTSUP' : systemErrorCode(error);
  const known = systemCode !== undefined && Object.hasOwn(CODES, systemCode) ? CODES[systemCode] : undefined;
  if (known === undefined) return failure(subject, 'UNKNOWN', 'the operation failed unexpectedly', error);
  const [code, problem] = known;
  return failure(subject, code, `${problem} (${systemCode})`, error);
}
