import { lstat, mkdir, readdir, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SecretProviderError } from '@mortise/secrets';
import { ensurePrivateDirectory, syncDirectory } from '../disk/durable-file.ts';
import { assertPrivate, type PermissionPolicy, PRIVATE_DIRECTORY_MODE } from '../disk/permissions.ts';
import { systemErrorCode } from '../disk/system-error.ts';
import type { Keyring } from '../keys/keyring.ts';
import { secretDirectoryName, secretPathOfDirectory } from '../reference/secret-directory-name.ts';
import { failure, type Subject } from '../reference/subject.ts';
import { decodeEnvelope, encodeEnvelope, type Envelope, type EnvelopeHeader } from './envelope.ts';
import { activeOverlap, extendOverlap } from './overlap.ts';
import { type Contention, SecretDirectory } from './secret-directory.ts';
import { ensureVaultMarker, findVaultMarker, type VaultPlace } from './vault-marker.ts';

/** Reads again when what it was about to read is pruned meanwhile, which takes as many writes in that moment. */
const MAX_READ_ATTEMPTS = 100;

export interface VaultSettings {
  readonly directory: string;
  readonly keyring: Keyring;
  readonly policy: PermissionPolicy;
  readonly maxVersions: number;
  readonly contention: Contention;
}

/** What is written as a new version. */
export interface VaultEntry {
  readonly data: Uint8Array;
  readonly contentType?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Set on a tombstone. */
  readonly isDeleted?: true;
  /** Digest of the caller's idempotency key. */
  readonly writeKey?: string;
}

export interface VaultWrite {
  /** True: only where there is a secret already. */
  readonly mustExist: boolean;
  /** How long the version before must stay readable. */
  readonly overlapMs?: number | undefined;
}

/** What a write came to: the version, and the one that was newest before. */
export interface VaultWritten {
  readonly version: number;
  readonly previous: number | undefined;
}

/** `existing` reads what is there; `create` also makes what is missing. */
export type VaultMode = 'create' | 'existing';

/** A secret's newest version, as a writer needs to know it; `gone` if it was pruned after it was listed. */
interface Newest {
  readonly state: 'absent' | 'live' | 'deleted' | 'unreadable' | 'gone';
  readonly header?: EnvelopeHeader;
}

const SECRETS_DIRECTORY = 'secrets';
const TOMBSTONE: VaultEntry = { data: new Uint8Array(), isDeleted: true };

/** An open vault: encrypted, versioned secrets in a directory. */
export class Vault {
  readonly place: VaultPlace;
  readonly token: string;
  readonly #settings: VaultSettings;

  private constructor(settings: VaultSettings, place: VaultPlace, token: string) {
    this.#settings = settings;
    this.place = place;
    this.token = token;
  }

  /**
   * @param mode `create` makes what is missing; `existing` answers `undefined` where there is no vault.
   * @throws {SecretProviderError} `FORBIDDEN` for open modes or an identity that does not fit.
   */
  static async open(settings: VaultSettings, mode: VaultMode, subject: Subject): Promise<Vault | undefined> {
    const root = await openRoot(settings, mode, subject);
    if (root === undefined) return undefined;
    const place: VaultPlace = { root, keyring: settings.keyring, policy: settings.policy };
    const secretsPath = join(root, SECRETS_DIRECTORY);
    const marker =
      mode === 'create'
        ? await ensureVaultMarker(place, secretsPath, subject)
        : await findVaultMarker(place, secretsPath, subject);
    if (marker === undefined) return undefined;
    return new Vault(settings, place, marker.vault);
  }

  get secretsPath(): string {
    return join(this.place.root, SECRETS_DIRECTORY);
  }

  get maxVersions(): number {
    return this.#settings.maxVersions;
  }

  directoryOf(path: string): SecretDirectory {
    return this.#directory(secretDirectoryName(path));
  }

  #directory(name: string): SecretDirectory {
    const { policy, contention } = this.#settings;
    return new SecretDirectory(join(this.secretsPath, name), policy, contention);
  }

  /** The newest version, or the one asked for. `undefined` if there is none or the secret is deleted. */
  async read(path: string, version: number | undefined, subject: Subject): Promise<Envelope | undefined> {
    const directory = this.directoryOf(path);
    for (let attempt = 0; attempt < MAX_READ_ATTEMPTS; attempt += 1) {
      const { versions, newest } = await directory.list(subject);
      if (newest === undefined) return undefined;
      const isPinnedBack = version !== undefined && version !== newest;
      if (isPinnedBack && !versions.includes(version)) return undefined;
      const state = isPinnedBack ? (await this.#newest(directory, path, newest, subject)).state : 'live';
      if (state === 'deleted') return undefined;
      if (state === 'gone') continue;
      const envelope = await this.load(directory, path, isPinnedBack ? version : newest, subject);
      if (envelope !== undefined) return envelope.header.isDeleted === true ? undefined : envelope;
    }
    throw failure(subject, 'UNAVAILABLE', 'it was replaced faster than it could be read');
  }

  /**
   * Writes a new version, or finds the one that was written under the same key.
   *
   * @returns `undefined` where it must exist and there is no secret, or a deleted one.
   * @throws {SecretProviderError} `CONFLICT`: its key stands for other bytes.
   */
  async write(path: string, entry: VaultEntry, how: VaultWrite, subject: Subject): Promise<VaultWritten | undefined> {
    const directory = this.directoryOf(path);
    if (how.mustExist && (await directory.list(subject)).newest === undefined) return undefined;
    await ensurePrivateDirectory(this.secretsPath, this.#settings.policy, subject);
    const seen: { newest: Newest; previous: number | undefined; repeated?: number } = {
      newest: { state: 'absent' },
      previous: undefined,
    };
    const version = await directory.append(async (next, { versions, newest }) => {
      seen.newest = await this.#newest(directory, path, newest, subject);
      const { state } = seen.newest;
      if (state === 'gone') return 'again';
      if (how.mustExist && (state === 'absent' || state === 'deleted')) return 'stop';
      const repeated =
        state === 'deleted' ? undefined : await this.#writtenUnder(directory, path, entry, { versions, subject });
      if (repeated !== undefined) {
        seen.repeated = repeated;
        return 'stop';
      }
      seen.previous = state === 'live' || state === 'unreadable' ? newest : undefined;
      return this.#seal(path, next, { ...entry, ...this.#overlap(seen.newest, seen.previous, how.overlapMs) });
    }, subject);
    if (version === undefined) {
      return seen.repeated === undefined ? undefined : { version: seen.repeated, previous: undefined };
    }
    // The version is written, so the call has succeeded; what cannot be pruned now goes at the next write.
    await directory.prune(this.#floor(version, seen.newest, how.overlapMs), subject).catch(() => {});
    return { version, previous: seen.previous };
  }

  /**
   * Removes one version that is not the newest.
   *
   * @returns `current` for the newest; `absent` where there is no secret, or it never had such a version.
   */
  async retire(path: string, version: number, subject: Subject): Promise<'retired' | 'current' | 'absent'> {
    const directory = this.directoryOf(path);
    const { newest } = await directory.list(subject);
    const { state } = await this.#newest(directory, path, newest, subject);
    if (newest === undefined || state === 'deleted' || version > newest) return 'absent';
    if (version === newest) return 'current';
    await directory.remove(version);
    return 'retired';
  }

  /**
   * Writes a tombstone, which keeps version numbers from being given out again, then removes every version for good.
   *
   * @returns False where there is no secret. One whose deletion was interrupted is cleared away all the same.
   */
  async remove(path: string, subject: Subject): Promise<boolean> {
    const directory = this.directoryOf(path);
    const { newest } = await directory.list(subject);
    if (newest === undefined) return false;
    const seen: { tombstone?: number } = {};
    const version = await directory.append(async (next, listing) => {
      const { state } = await this.#newest(directory, path, listing.newest, subject);
      if (state === 'gone') return 'again';
      if (state === 'deleted') seen.tombstone = next - 1;
      if (state === 'deleted' || state === 'absent') return 'stop';
      return this.#seal(path, next, TOMBSTONE);
    }, subject);
    const tombstone = version ?? seen.tombstone;
    if (tombstone !== undefined) await directory.prune(tombstone, subject);
    return version !== undefined;
  }

  /**
   * Decrypts a version and proves that it is what its name says.
   *
   * @returns `undefined` where the file is gone.
   * @throws {SecretProviderError} `INTEGRITY` for anything that this vault did not write under this name.
   */
  async load(
    directory: SecretDirectory,
    path: string,
    version: number,
    subject: Subject,
  ): Promise<Envelope | undefined> {
    const envelope = await this.#open(directory, version, subject);
    if (envelope !== undefined && envelope.header.path !== path) throw foreign(version, subject);
    return envelope;
  }

  /** Paths of all secrets that have ever been written, deleted ones included, in no order. */
  async paths(subject: Subject): Promise<string[]> {
    const paths: string[] = [];
    for (const name of await namesIn(this.secretsPath)) {
      const known = secretPathOfDirectory(name);
      if (known === undefined) continue;
      const path = known === 'hashed' ? await this.#pathInside(name, subject) : known.path;
      if (path !== undefined) paths.push(path);
    }
    return paths;
  }

  /** The path of a secret whose directory's name is a hash: it stands in every version. */
  async #pathInside(name: string, subject: Subject): Promise<string | undefined> {
    const directory = this.#directory(name);
    const { versions } = await directory.list(subject);
    for (const version of versions.toReversed()) {
      const envelope = await this.#open(directory, version, subject);
      if (envelope === undefined) continue;
      if (secretDirectoryName(envelope.header.path) !== name) throw foreign(version, subject);
      return envelope.header.path;
    }
    return undefined;
  }

  async #open(directory: SecretDirectory, version: number, subject: Subject): Promise<Envelope | undefined> {
    const bytes = await directory.read(version, subject);
    if (bytes === undefined) return undefined;
    const plaintext = await this.place.keyring.decrypt(bytes);
    if (plaintext === 'no matching identity') {
      const reason = 'is damaged, or was written under an identity that this process was not given';
      throw failure(subject, 'INTEGRITY', `version ${version} ${reason}`);
    }
    if (plaintext === 'damaged') throw failure(subject, 'INTEGRITY', `version ${version} is damaged`);
    const envelope = decodeEnvelope(plaintext);
    plaintext.fill(0);
    if (envelope === undefined) {
      throw failure(subject, 'INTEGRITY', `version ${version} does not hold a secret of this format`);
    }
    if (envelope.header.vault !== this.token || envelope.header.version !== version) throw foreign(version, subject);
    return envelope;
  }

  /** Encrypts to the present recipients. */
  async encrypt({ header, data }: Envelope): Promise<Uint8Array> {
    const plaintext = encodeEnvelope({ header: { ...header, keys: this.place.keyring.fingerprint }, data });
    try {
      return await this.place.keyring.encrypt(plaintext);
    } finally {
      plaintext.fill(0);
    }
  }

  async #seal(path: string, version: number, { data, ...metadata }: VaultEntry): Promise<Uint8Array> {
    const createdAt = new Date(this.#settings.contention.now()).toISOString();
    const header = { vault: this.token, path, version, createdAt, keys: this.place.keyring.fingerprint, ...metadata };
    return this.encrypt({ header, data });
  }

  async #newest(
    directory: SecretDirectory,
    path: string,
    newest: number | undefined,
    subject: Subject,
  ): Promise<Newest> {
    if (newest === undefined) return { state: 'absent' };
    try {
      const envelope = await this.load(directory, path, newest, subject);
      if (envelope === undefined) return { state: 'gone' };
      const { header, data } = envelope;
      data.fill(0);
      return { state: header.isDeleted === true ? 'deleted' : 'live', header };
    } catch (error) {
      if (SecretProviderError.is(error) && error.code === 'INTEGRITY') return { state: 'unreadable' };
      throw error;
    }
  }

  /** The version that was written under the entry's key, if one of those that are left was. */
  async #writtenUnder(
    directory: SecretDirectory,
    path: string,
    entry: VaultEntry,
    { versions, subject }: { versions: readonly number[]; subject: Subject },
  ): Promise<number | undefined> {
    if (entry.writeKey === undefined) return undefined;
    for (const version of versions.toReversed()) {
      const envelope = await this.load(directory, path, version, subject).catch(ignoreDamage);
      if (envelope?.header.writeKey !== entry.writeKey) continue;
      const isSame = Buffer.compare(envelope.data, entry.data) === 0;
      envelope.data.fill(0);
      if (isSame) return version;
      throw failure(subject, 'CONFLICT', `its idempotency key stands for another payload, that of version ${version}`);
    }
    return undefined;
  }

  #overlap(newest: Newest, previous: number | undefined, overlapMs: number | undefined): Partial<EnvelopeHeader> {
    const now = this.#settings.contention.now();
    const overlap = extendOverlap(activeOverlap(newest.header, now), previous, overlapMs, now);
    return overlap === undefined ? {} : { overlap };
  }

  /** The oldest version that is kept beside a new one. */
  #floor(version: number, newest: Newest, overlapMs: number | undefined): number {
    if (newest.state === 'deleted') return version;
    const floor = version - this.maxVersions + 1;
    const { overlap } = this.#overlap(newest, version - 1, overlapMs);
    return Math.min(floor, overlap?.from ?? floor);
  }
}

/** A damaged version has no key that could be compared. */
function ignoreDamage(error: unknown): undefined {
  if (SecretProviderError.is(error) && error.code === 'INTEGRITY') return undefined;
  throw error;
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function foreign(version: number, subject: Subject): Error {
  return failure(subject, 'INTEGRITY', `version ${version} holds another secret's, version's or vault's content`);
}

/** The directory that the vault lives in, made if wanted, checked, without symbolic links. */
async function openRoot(settings: VaultSettings, mode: VaultMode, subject: Subject): Promise<string | undefined> {
  try {
    if (mode === 'create') await makeRoot(settings.directory);
    const root = await realpath(settings.directory);
    const stats = await lstat(root);
    if (!stats.isDirectory()) throw failure(subject, 'INTEGRITY', `${root} is not a directory`);
    assertPrivate(stats, root, settings.policy, subject);
    return root;
  } catch (error) {
    if (mode === 'existing' && systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function makeRoot(directory: string): Promise<void> {
  const firstMade = await mkdir(directory, { recursive: true, mode: PRIVATE_DIRECTORY_MODE });
  if (firstMade === undefined) return;
  const stop = dirname(resolve(firstMade));
  for (let path = dirname(resolve(directory)); path.length >= stop.length; path = dirname(path)) {
    await syncDirectory(path);
    if (path === dirname(path)) return;
  }
}
