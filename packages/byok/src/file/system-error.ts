import { ByokError } from '../byok-error.ts';

/** What trying again can help against. */
const TRANSIENT = new Set(['EMFILE', 'ENFILE', 'EAGAIN', 'EBUSY', 'EIO', 'ENOSPC', 'EDQUOT', 'ESTALE', 'ETIMEDOUT']);

/** The system's own code, such as `ENOENT`, of whatever was thrown. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Turns what the file system threw into the error of a store; the package's own errors pass unchanged. */
export function toStoreError(error: unknown, what: string): unknown {
  if (ByokError.is(error)) return error;
  const code = systemErrorCode(error);
  if (code === undefined) return error;
  return new ByokError({
    code: 'STORE_FAILED',
    message: `The file store could not ${what} (${code})`,
    retry: TRANSIENT.has(code) ? 'transient' : 'never',
    cause: error,
  });
}
