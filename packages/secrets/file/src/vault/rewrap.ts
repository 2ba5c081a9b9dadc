import { SecretProviderError, type SecretProviderErrorCode } from '@mortise/secrets';
import type { Subject } from '../reference/subject.ts';
import type { Vault } from './vault.ts';
import { rewriteVaultMarker } from './vault-marker.ts';

/** What a rewrap did. */
export interface RewrapReport {
  /** Whether every file is now encrypted to the present recipients; only then may an old identity be dropped. */
  readonly isComplete: boolean;
  /** Versions encrypted anew. */
  readonly rewrapped: number;
  /** Versions that were so encrypted already, by writes since the change or by an earlier, interrupted run. */
  readonly unchanged: number;
  /** Versions that could not be read; they are left as they are. */
  readonly failures: readonly RewrapFailure[];
}

export interface RewrapFailure {
  readonly path: string;
  readonly version: number;
  readonly code: SecretProviderErrorCode;
}

/**
 * Encrypts every version to the present recipients, one file after the other, each replaced atomically. The marker
 * comes last: until the whole vault is done, an identity that opens only the new files does not open the vault.
 */
export async function rewrapVault(vault: Vault, subject: Subject): Promise<RewrapReport> {
  const failures: RewrapFailure[] = [];
  let rewrapped = 0;
  let unchanged = 0;
  for (const path of await vault.paths(subject)) {
    const { versions } = await vault.directoryOf(path).list(subject);
    for (const version of versions.toReversed()) {
      subject.signal?.throwIfAborted();
      try {
        const outcome = await rewrapVersion(vault, path, version, subject);
        if (outcome === 'rewrapped') rewrapped += 1;
        if (outcome === 'unchanged') unchanged += 1;
      } catch (error) {
        if (!SecretProviderError.is(error) || error.code !== 'INTEGRITY') throw error;
        failures.push({ path, version, code: error.code });
      }
    }
  }
  subject.signal?.throwIfAborted();
  const isComplete = failures.length === 0;
  if (isComplete) await rewriteVaultMarker(vault.place, vault.token);
  return { isComplete, rewrapped, unchanged, failures };
}

async function rewrapVersion(
  vault: Vault,
  path: string,
  version: number,
  subject: Subject,
): Promise<'rewrapped' | 'unchanged' | 'gone'> {
  const directory = vault.directoryOf(path);
  let outcome: 'unchanged' | 'gone' = 'gone';
  const isReplaced = await directory.rewrite(
    version,
    async ({ newest }) => {
      // A file that is about to be pruned must not come back.
      if (newest === undefined || version <= newest - vault.maxVersions) return undefined;
      if (version !== newest) {
        const head = await vault.load(directory, path, newest, subject).catch(() => undefined);
        if (head?.header.isDeleted === true) return undefined;
      }
      const envelope = await vault.load(directory, path, version, subject);
      if (envelope === undefined) return undefined;
      if (envelope.header.keys === vault.place.keyring.fingerprint) {
        outcome = 'unchanged';
        return undefined;
      }
      const bytes = await vault.encrypt(envelope);
      envelope.data.fill(0);
      return bytes;
    },
    subject,
  );
  return isReplaced ? 'rewrapped' : outcome;
}
