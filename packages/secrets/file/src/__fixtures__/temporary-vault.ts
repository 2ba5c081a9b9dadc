import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type FileSecretProvider, type FileVaultOptions, generateIdentity, openFileVault } from '../index.ts';
import { secretDirectoryName } from '../reference/secret-directory-name.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** A key made for this run. */
export const IDENTITY = await generateIdentity();

export interface TemporaryVault {
  readonly directory: string;
  readonly vault: FileSecretProvider;
  /** Another provider on the same directory, as another process would have it. */
  readonly reopen: (options?: Partial<FileVaultOptions>) => Promise<FileSecretProvider>;
  /** Directory of one secret. */
  readonly directoryOf: (path: string) => string;
  /** File of one version of a secret. */
  readonly fileOf: (path: string, version: number) => string;
}

/** A vault in a directory of the running test's own. */
export async function temporaryVault(options: Partial<FileVaultOptions> = {}): Promise<TemporaryVault> {
  const directory = join(await temporaryDirectory(), 'vault');
  const reopen = async (more: Partial<FileVaultOptions> = {}): Promise<FileSecretProvider> => {
    const vault = await openFileVault({
      directory,
      ...(more.identityFile === undefined ? { identity: IDENTITY } : {}),
      ...options,
      ...more,
    });
    onTestFinished(async () => vault.close());
    return vault;
  };
  const directoryOf = (path: string): string => join(directory, 'secrets', secretDirectoryName(path));
  return {
    directory,
    vault: await reopen(),
    reopen,
    directoryOf,
    fileOf: (path, version) => join(directoryOf(path), `${String(version).padStart(10, '0')}.age`),
  };
}

/** The text of a secret. */
export async function readText(vault: FileSecretProvider, reference: string, version?: string): Promise<string> {
  const value = await vault.getSecret(reference, version === undefined ? {} : { version });
  return new TextDecoder().decode(value.data);
}
