import { createHash } from 'node:crypto';
import {
  createSecretValue,
  formatSecretUri,
  normalizeSecretPayload,
  type SecretDeleteOptions,
  type SecretFetchOptions,
  type SecretProvider,
  type SecretReference,
  secretReferenceScheme,
  type SecretRotateOptions,
  type SecretRotationResult,
  type SecretValue,
  type SecretWriteOptions,
  type SecretWritePayload,
} from '@mortise/secrets';
import {
  checkFileVaultOptions,
  DEFAULT_MAX_PAYLOAD_BYTES,
  type FileVaultOptions,
  loadVaultSettings,
} from './file-vault-options.ts';
import { FILE_SCHEME, parseFileReference } from './reference/file-reference.ts';
import { failure, type Subject, subjectOf } from './reference/subject.ts';
import { runForCaller, waitUnlessAborted } from './run-for-caller.ts';
import type { EnvelopeHeader } from './vault/envelope.ts';
import { type RewrapReport, rewrapVault } from './vault/rewrap.ts';
import {
  Vault,
  type VaultEntry,
  type VaultMode,
  type VaultSettings,
  type VaultWrite,
  type VaultWritten,
} from './vault/vault.ts';

const MAX_METADATA_BYTES = 16 * 1024;

/** One secret in the vault. */
export interface FileSecretSummary {
  /** Canonical and not pinned to a version. */
  readonly reference: SecretReference;
  /** Versions that can be read, oldest first. */
  readonly versions: readonly string[];
}

/**
 * Secrets in encrypted files: `file://path[?version=n]`, such as `file://tenants/acme/mistral?version=3`. Each write
 * makes a new version; the newest `maxVersions` stay readable. Any number of processes may use one vault.
 *
 * Opens at the first use; `openFileVault` opens at once, which is where a wrong key or an open mode should come out.
 * An abort is heeded until a version gets its name on disk; a write that passed that point resolves.
 *
 * @throws {SecretProviderError} From every method but `canHandle`; from the constructor with `INVALID`.
 */
export class FileSecretProvider implements SecretProvider {
  readonly id: string;
  readonly writable = true;
  readonly #maxPayloadBytes: number;
  readonly #now: () => number;
  /** Writers of this process, one at a time for each secret: they need not race each other on the disk. */
  readonly #queues = new Map<string, Promise<unknown>>();
  #options: FileVaultOptions | undefined;
  #settings: Promise<VaultSettings> | undefined;
  #vault: Vault | undefined;

  constructor(options: FileVaultOptions) {
    this.id = options.id ?? 'file';
    checkFileVaultOptions(options, this.#subject('open the vault', ''));
    this.#options = options;
    this.#maxPayloadBytes = options.maxPayloadBytes ?? DEFAULT_MAX_PAYLOAD_BYTES;
    this.#now = options.now ?? Date.now;
  }

  canHandle(reference: SecretReference): boolean {
    return secretReferenceScheme(reference) === FILE_SCHEME;
  }

  /** Opens the vault, making it where it is missing: checks its modes and that an identity fits. */
  async open(options: SecretWriteOptions = {}): Promise<void> {
    const subject = this.#subject('open the vault', '', options);
    await runForCaller(subject, async () => this.#open('create', subject));
  }

  /** The newest version, or exactly the one asked for, proven to be what was written under this name and number. */
  async getSecret(reference: SecretReference, options: SecretFetchOptions = {}): Promise<SecretValue> {
    const subject = this.#subject('read', reference, options);
    return runForCaller(subject, async () => {
      const { path, version } = parseFileReference(subject, options.version);
      const vault = await this.#open('existing', subject);
      const read = vault === undefined ? Promise.resolve(undefined) : vault.read(path, version, subject);
      const envelope = await waitUnlessAborted(read, subject.signal);
      if (envelope === undefined) {
        throw failure(subject, 'NOT_FOUND', version === undefined ? 'no such secret' : `no version ${version}`);
      }
      return createSecretValue({
        data: envelope.data,
        version: String(envelope.header.version),
        metadata: toMetadata(envelope.header),
        retrievedAt: this.#now(),
      });
    });
  }

  async setSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options: SecretWriteOptions = {},
  ): Promise<SecretRotationResult> {
    return this.#write(this.#subject('write', reference, options), payload, { ...options, mustExist: false });
  }

  /** Like `setSecret`, for a secret that exists: `NOT_FOUND` otherwise. */
  async rotateSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options: SecretRotateOptions = {},
  ): Promise<SecretRotationResult> {
    return this.#write(this.#subject('rotate', reference, options), payload, { ...options, mustExist: true });
  }

  /**
   * Removes every version of the secret, for good and for every tenant that uses the reference. A small tombstone
   * stays, so that a version number never comes back with another meaning.
   */
  async deleteSecret(reference: SecretReference, options: SecretDeleteOptions = {}): Promise<void> {
    const subject = this.#subject('delete', reference, options);
    await runForCaller(subject, async () => {
      if ((options.recoveryWindowDays ?? 0) > 0 && options.force !== true) {
        throw failure(subject, 'UNSUPPORTED', 'a deletion is for good here; leave "recoveryWindowDays" out');
      }
      const { path } = unpinned(parseFileReference(subject), subject);
      const vault = await this.#open('existing', subject);
      const isRemoved = await this.#inTurn(path, subject, async () => vault?.remove(path, subject));
      if (isRemoved !== true) throw failure(subject, 'NOT_FOUND', 'no such secret');
    });
  }

  /** Removes one older version for good. */
  async retireVersion(reference: SecretReference, version: string, options: SecretWriteOptions = {}): Promise<void> {
    const subject = this.#subject('retire', reference, options);
    await runForCaller(subject, async () => {
      const { path } = unpinned(parseFileReference(subject), subject);
      const { version: number = 0 } = parseFileReference(subject, version);
      const vault = await this.#open('existing', subject);
      const outcome = await this.#inTurn(path, subject, async () => vault?.retire(path, number, subject));
      if (outcome === 'current') throw failure(subject, 'CONFLICT', `version ${version} is the current one`);
      if (outcome !== 'retired') throw failure(subject, 'NOT_FOUND', `no version ${version}`);
    });
  }

  /** All secrets, sorted by reference. Decrypts each newest version to leave the deleted ones out. */
  async listSecrets(options: SecretFetchOptions = {}): Promise<FileSecretSummary[]> {
    const subject = this.#subject('list the vault', '', options);
    return runForCaller(subject, async () => {
      const vault = await this.#open('existing', subject);
      if (vault === undefined) return [];
      const summaries: FileSecretSummary[] = [];
      for (const path of (await vault.paths(subject)).sort()) {
        options.signal?.throwIfAborted();
        const { versions } = await vault.directoryOf(path).list(subject);
        if ((await vault.read(path, undefined, subject)) === undefined) continue;
        const reference = formatSecretUri({ provider: FILE_SCHEME, path });
        summaries.push({ reference, versions: versions.map(String) });
      }
      return summaries;
    });
  }

  /**
   * Encrypts the whole vault to the present identity and recipients, after the host changed them. May be interrupted
   * anywhere and run again; readers and writers go on meanwhile.
   *
   * To change the vault's key: give every process `[old, new]`, then `[new, old]`, then rewrap, then `[new]`.
   */
  async rewrap(options: SecretWriteOptions = {}): Promise<RewrapReport> {
    const subject = this.#subject('rewrap the vault', '', options);
    return runForCaller(subject, async () => {
      const vault = await this.#open('existing', subject);
      if (vault === undefined) throw failure(subject, 'NOT_FOUND', 'there is no vault to rewrap');
      return rewrapVault(vault, subject);
    });
  }

  /** Forgets the keys. Running calls end; later ones are refused. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#queues.values());
    this.#options = undefined;
    this.#settings = undefined;
    this.#vault = undefined;
  }

  async #write(
    subject: Subject,
    payload: SecretWritePayload,
    how: VaultWrite & SecretRotateOptions,
  ): Promise<SecretRotationResult> {
    return runForCaller(subject, async () => {
      const { path, unpinned: reference } = unpinned(parseFileReference(subject), subject);
      const entry = this.#toEntry(payload, how.idempotencyKey, subject);
      const vault = await this.#open(how.mustExist ? 'existing' : 'create', subject);
      const write = async (): Promise<VaultWritten | undefined> => vault?.write(path, entry, how, subject);
      const written = await this.#inTurn(path, subject, write).finally(() => entry.data.fill(0));
      if (written === undefined) throw failure(subject, 'NOT_FOUND', 'no such secret; setSecret would create it');
      const { version, previous } = written;
      return {
        reference,
        version: String(version),
        ...(previous === undefined ? {} : { previousVersion: String(previous) }),
      };
    });
  }

  #toEntry(payload: SecretWritePayload, idempotencyKey: string | undefined, subject: Subject): VaultEntry {
    const data = normalizeSecretPayload(payload, { provider: this.id, reference: subject.reference });
    if (data.length > this.#maxPayloadBytes) {
      const limit = `the limit is ${this.#maxPayloadBytes} (maxPayloadBytes)`;
      throw failure(subject, 'TOO_LARGE', `the payload has ${data.length} bytes, and ${limit}`);
    }
    const { contentType, labels } = payload;
    const metadataSize = JSON.stringify([contentType, labels]).length;
    if (metadataSize > MAX_METADATA_BYTES) {
      throw failure(subject, 'TOO_LARGE', `contentType and labels take more than ${MAX_METADATA_BYTES} characters`);
    }
    return {
      data,
      ...(contentType === undefined ? {} : { contentType }),
      ...(labels === undefined ? {} : { labels: { ...labels } }),
      ...(idempotencyKey === undefined ? {} : { writeKey: digest(idempotencyKey) }),
    };
  }

  async #open(mode: VaultMode, subject: Subject): Promise<Vault | undefined> {
    if (this.#vault !== undefined) return this.#vault;
    const options = this.#options;
    if (options === undefined) throw failure(subject, 'INVALID', 'the provider is closed');
    const loading = (this.#settings ??= loadVaultSettings(options, subject));
    let settings: VaultSettings;
    try {
      settings = await loading;
    } catch (error) {
      // The next call tries again: a missing file may have been put in place.
      if (this.#settings === loading) this.#settings = undefined;
      throw error;
    }
    const vault = await Vault.open(settings, mode, subject);
    if (this.#options === options) this.#vault = vault;
    return vault;
  }

  /** Runs writes to one secret in order. A caller that aborts leaves the queue at once. */
  async #inTurn<Result>(path: string, subject: Subject, run: () => Promise<Result>): Promise<Result> {
    const before = this.#queues.get(path) ?? Promise.resolve();
    const mine = waitUnlessAborted(before, subject.signal).then(run);
    const settled = Promise.allSettled([before, mine]);
    this.#queues.set(path, settled);
    try {
      return await mine;
    } finally {
      void this.#forget(path, settled);
    }
  }

  async #forget(path: string, settled: Promise<unknown>): Promise<void> {
    await settled;
    if (this.#queues.get(path) === settled) this.#queues.delete(path);
  }

  #subject(operation: string, reference: SecretReference, options: SecretWriteOptions = {}): Subject {
    return subjectOf({ provider: this.id, operation, reference }, options);
  }
}

/**
 * Opens a vault at once, making it where it is missing.
 *
 * @throws {SecretProviderError} `FORBIDDEN` for open modes or an identity that does not fit, `INVALID` for options that
 *   cannot work, `INTEGRITY` for a damaged vault.
 */
export async function openFileVault(options: FileVaultOptions): Promise<FileSecretProvider> {
  const provider = new FileSecretProvider(options);
  await provider.open();
  return provider;
}

function unpinned<Reference extends { version?: number }>(reference: Reference, subject: Subject): Reference {
  if (reference.version === undefined) return reference;
  throw failure(subject, 'INVALID', 'it names a version, and a version is never changed; leave "version" out');
}

function toMetadata({ createdAt, contentType, labels = {} }: EnvelopeHeader): Record<string, string> {
  const named = Object.entries(labels).map(([key, value]) => [`label.${key}`, value] as const);
  return { createdAt, ...(contentType === undefined ? {} : { contentType }), ...Object.fromEntries(named) };
}

function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
