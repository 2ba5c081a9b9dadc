import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { readPrivateFile, syncDirectory } from '../disk/durable-file.ts';
import { IntentFile, publishNewFile, sweepIntents } from '../disk/intent-file.ts';
import type { PermissionPolicy } from '../disk/permissions.ts';
import { systemErrorCode } from '../disk/system-error.ts';
import type { Keyring } from '../keys/keyring.ts';
import { failure, type Subject } from '../reference/subject.ts';
import { newVaultToken, parseJsonObject } from './envelope.ts';

const FORMAT = 'mortise-file-vault/1';
const MARKER_FILE = 'vault.age';
const MAX_MARKER_BYTES = 64 * 1024;
const MAX_ATTEMPTS = 20;

/** Where a vault is and how it is opened. */
export interface VaultPlace {
  /** Absolute and without symbolic links. */
  readonly root: string;
  readonly keyring: Keyring;
  readonly policy: PermissionPolicy;
}

/** What the marker holds: a token that binds every file of the vault to it, known only to who can open the vault. */
export interface VaultMarker {
  readonly vault: string;
  /** Fingerprint of the recipients it was encrypted to. */
  readonly keys: string;
}

/**
 * Opens the marker, which proves that the identity fits before anything is read or written with it.
 *
 * @returns `undefined` where there is no vault yet.
 * @throws {SecretProviderError} `FORBIDDEN` if no identity fits. `INTEGRITY` if the file is damaged, or gone from a vault
 *   that has secrets: that must neither get a new marker, for its files would all be taken for forgeries, nor pass for
 *   a vault without secrets.
 */
export async function findVaultMarker(
  place: VaultPlace,
  secretsPath: string,
  subject: Subject,
): Promise<VaultMarker | undefined> {
  const present = await readVaultMarker(place, subject);
  if (present !== undefined || !(await hasEntries(secretsPath))) return present;
  // Secrets come after the marker: where another process is making the vault right now, it is there by now.
  const made = await readVaultMarker(place, subject);
  if (made !== undefined) return made;
  throw failure(
    subject,
    'INTEGRITY',
    `${place.root} holds secrets but no ${MARKER_FILE}; restore that file from a copy of the vault`,
  );
}

async function readVaultMarker(place: VaultPlace, subject: Subject): Promise<VaultMarker | undefined> {
  const path = join(place.root, MARKER_FILE);
  let bytes: Uint8Array;
  try {
    bytes = await readPrivateFile(path, MAX_MARKER_BYTES, place.policy, subject);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const plaintext = await place.keyring.decrypt(bytes);
  if (plaintext === 'no matching identity') {
    throw failure(
      subject,
      'FORBIDDEN',
      `none of the identities opens the vault in ${place.root}; it was made with another one, or ${MARKER_FILE} is damaged`,
    );
  }
  if (plaintext === 'damaged') throw damaged(path, subject);
  const value = parseJsonObject(new TextDecoder().decode(plaintext));
  const { format, vault, keys } = value ?? {};
  if (format !== FORMAT || typeof vault !== 'string' || typeof keys !== 'string') throw damaged(path, subject);
  return { vault, keys };
}

/** Opens the marker or makes it. Of several processes that make it at once, one wins and the others take its marker. */
export async function ensureVaultMarker(
  place: VaultPlace,
  secretsPath: string,
  subject: Subject,
): Promise<VaultMarker> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const present = await findVaultMarker(place, secretsPath, subject);
    if (present !== undefined) return present;
    const marker: VaultMarker = { vault: newVaultToken(), keys: place.keyring.fingerprint };
    const bytes = await encodeMarker(marker, place.keyring);
    if (await publishNewFile(place.root, join(place.root, MARKER_FILE), bytes)) {
      await sweepIntents(place.root);
      return marker;
    }
  }
  throw failure(subject, 'UNAVAILABLE', `${MARKER_FILE} could not be made in ${place.root}`);
}

/** Encrypts the marker to the present recipients, in place and atomically. */
export async function rewriteVaultMarker(place: VaultPlace, vault: string): Promise<void> {
  const intent = await IntentFile.create(place.root);
  try {
    await intent.write(await encodeMarker({ vault, keys: place.keyring.fingerprint }, place.keyring));
    await rename(intent.path, join(place.root, MARKER_FILE));
    await syncDirectory(place.root);
  } finally {
    await intent.dispose();
  }
}

async function encodeMarker(marker: VaultMarker, keyring: Keyring): Promise<Uint8Array> {
  return keyring.encrypt(new TextEncoder().encode(JSON.stringify({ format: FORMAT, ...marker })));
}

async function hasEntries(directory: string): Promise<boolean> {
  try {
    return (await readdir(directory)).length > 0;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function damaged(path: string, subject: Subject): Error {
  return failure(subject, 'INTEGRITY', `${path} is damaged; restore it from a copy of the vault`);
}
