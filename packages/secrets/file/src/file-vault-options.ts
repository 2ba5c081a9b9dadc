import { setTimeout as delay } from 'node:timers/promises';
import type { Secret } from '@mortise/core';
import { readIdentityFile } from './keys/identity-file.ts';
import { Keyring } from './keys/keyring.ts';
import type { PermissionPolicy } from './disk/permissions.ts';
import { failure, type Subject } from './reference/subject.ts';
import type { VaultSettings } from './vault/vault.ts';

/** Text that may come wrapped, so that it is not printed on its way here. */
export type SecretText = string | Secret;

/** How a vault is opened. One of `identity` and `identityFile` is needed. */
export interface FileVaultOptions {
  /** Directory of the vault, made with mode 0700 at the first write if it is missing. */
  readonly directory: string;
  /**
   * The vault's key, `AGE-SECRET-KEY-1…`, from `generateIdentity()`. With several, the first one is written to and all
   * are tried for reading.
   */
  readonly identity?: SecretText | readonly SecretText[];
  /** File that holds the identities, mode 0600, as `createIdentityFile` or `age-keygen` makes it. */
  readonly identityFile?: string;
  /** Opens an identity file that is itself encrypted. Derived once, when the vault opens: about 1.5 s of computing. */
  readonly passphrase?: SecretText;
  /** Public keys (`age1…`) that whatever is written is encrypted to as well, such as a recovery key kept offline. */
  readonly recipients?: readonly string[];
  /** Names the backend. Default `file`. */
  readonly id?: string;
  /** Versions kept of each secret, 1 or more. Default 10. The same in every process that writes to the vault. */
  readonly maxVersions?: number;
  /** Largest payload, at most 16 MiB. Default 65,536, which is what the clouds take. */
  readonly maxPayloadBytes?: number;
  /** Default `enforce`: files and directories that other users can reach are refused. */
  readonly permissions?: PermissionPolicy;
  /** Epoch milliseconds, for `createdAt` and for telling a crashed writer's files by their age. Default `Date.now`. */
  readonly now?: () => number;
  /** Waits after a race lost to another writer. Default: a timer. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** Spreads those waits; from 0 to below 1. Default `Math.random`. */
  readonly random?: () => number;
}

const DEFAULT_MAX_VERSIONS = 10;
export const DEFAULT_MAX_PAYLOAD_BYTES = 65_536;
/** With the waits between, about ten seconds of steady contention for one secret. */
const MAX_ATTEMPTS = 400;
const LARGEST_PAYLOAD_BYTES = 16 * 1024 * 1024;

/** What can be told to be wrong before anything is opened. */
export function checkFileVaultOptions(options: FileVaultOptions, subject: Subject): void {
  const { maxVersions = DEFAULT_MAX_VERSIONS, maxPayloadBytes = DEFAULT_MAX_PAYLOAD_BYTES } = options;
  if (options.directory === '') throw failure(subject, 'INVALID', 'directory is empty');
  if (!isWithin(maxVersions, Number.MAX_SAFE_INTEGER)) {
    throw failure(subject, 'INVALID', `maxVersions must be a whole number from 1, and is ${maxVersions}`);
  }
  if (!isWithin(maxPayloadBytes, LARGEST_PAYLOAD_BYTES)) {
    throw failure(
      subject,
      'INVALID',
      `maxPayloadBytes must be from 1 to ${LARGEST_PAYLOAD_BYTES}, and is ${maxPayloadBytes}`,
    );
  }
  if ((options.identity === undefined) === (options.identityFile === undefined)) {
    throw failure(subject, 'INVALID', 'give either identity or identityFile; generateIdentity() makes an identity');
  }
}

/** Reads the keys; everything that may take time or fail is done here, once. */
export async function loadVaultSettings(options: FileVaultOptions, subject: Subject): Promise<VaultSettings> {
  const policy = options.permissions ?? 'enforce';
  const identities =
    options.identityFile === undefined
      ? [options.identity ?? []].flat().map(reveal)
      : await readIdentityFile(options.identityFile, optionally(options.passphrase), policy, subject);
  return {
    directory: options.directory,
    keyring: await Keyring.create(identities, options.recipients ?? [], subject),
    policy,
    maxVersions: options.maxVersions ?? DEFAULT_MAX_VERSIONS,
    contention: {
      now: options.now ?? Date.now,
      maxAttempts: MAX_ATTEMPTS,
      sleep: options.sleep ?? ((ms) => delay(ms)),
      random: options.random ?? Math.random,
    },
  };
}

function isWithin(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}

function reveal(text: SecretText): string {
  return (typeof text === 'string' ? text : text.reveal()).trim();
}

function optionally(text: SecretText | undefined): string | undefined {
  if (text === undefined) return undefined;
  return typeof text === 'string' ? text : text.reveal();
}
