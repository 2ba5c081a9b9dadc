import {
  normalizeSecretPayload,
  SecretProviderError,
  type SecretRotateOptions,
  type SecretRotationResult,
  type SecretWritePayload,
} from '@mortise/secrets';
import { failure, type Subject } from '../errors/subject.ts';
import type { GcpSecretManagerProviderOptions } from '../gcp-secret-manager-options.ts';
import type { SecretName } from '../reference/resource-name.ts';
import { findSecret } from './change-secret.ts';
import { makeCurrent, versionOfAlias } from './current-alias.ts';
import type { GcpOperation } from './gcp-operation.ts';
import { findNewestEnabled } from './list-versions.ts';
import { retire } from './retire-version.ts';
import { readMetadata } from './secret-metadata.ts';
import { writeVersion } from './write-version.ts';

/** How a write shows: creating what is absent, requiring that it exists, or leaving the current version current. */
export type WriteKind = 'write' | 'rotate' | 'stage';

export interface Write {
  readonly kind: WriteKind;
  readonly payload: SecretWritePayload;
  readonly options: SecretRotateOptions;
  readonly settings: GcpSecretManagerProviderOptions;
}

type Result = Omit<SecretRotationResult, 'reference'>;

/** Largest payload of a version. See https://cloud.google.com/secret-manager/quotas (read 2026-11-25). */
const MAX_BYTES = 65_536;
const MAX_KEY_LENGTH = 256;

/** Checks a write, and only then begins it: adds the version, makes it current, and retires the one before if asked to. */
export async function runWrite(
  write: Write,
  subject: Subject,
  begin: () => Promise<GcpOperation>,
): Promise<{ readonly name: SecretName; readonly result: Result }> {
  const { kind, payload, options, settings } = write;
  const data = readData(payload, subject);
  try {
    const metadata = readMetadata(payload, subject);
    checkWriteOptions(options, subject);
    const operation = await begin();
    const version = await writeVersion(operation, {
      data,
      metadata,
      creation: kind === 'write' ? toCreation(settings) : undefined,
      isRepeatable: options.idempotencyKey !== undefined,
    });
    return { name: operation.name, result: await settle(operation, version, write) };
  } finally {
    data.fill(0);
  }
}

/** Makes a version that was just written what its kind says. */
async function settle(operation: GcpOperation, version: string, { kind, options, settings }: Write): Promise<Result> {
  const { currentAlias } = settings;
  if (kind === 'stage') {
    const secret = currentAlias === undefined ? undefined : await findSecret(operation);
    const current =
      secret === undefined || currentAlias === undefined ? undefined : versionOfAlias(secret, currentAlias);
    return toResult(version, current);
  }
  const previous = await previousOf(operation, version, settings);
  await retirePrevious(operation, { version, previous }, { options, settings });
  return toResult(version, previous);
}

/** The version that was current before this one, where that is known; moves the alias, where there is one. */
async function previousOf(
  operation: GcpOperation,
  version: string,
  { currentAlias, latestEnabled, retirePrevious: isRetiring }: GcpSecretManagerProviderOptions,
): Promise<string | undefined> {
  if (currentAlias !== undefined) {
    const moved = await makeCurrent(operation, { alias: currentAlias, version, isNew: true });
    if (moved !== 'absent') return moved.previousVersion;
    throw failure(operation.call.subject, 'CONFLICT', 'the secret was deleted while its version was written');
  }
  if (latestEnabled === true) return isRetiring === true ? findNewestEnabled(operation, version) : undefined;
  // `latest` is whichever version was created last, and versions are numbered in the order of their creation.
  return version === '1' ? undefined : String(BigInt(version) - 1n);
}

/** Retires the version before, unless the caller needs it to overlap. */
export async function retirePrevious(
  operation: GcpOperation,
  { version, previous }: { readonly version: string; readonly previous: string | undefined },
  { options, settings }: Pick<Write, 'options' | 'settings'>,
): Promise<void> {
  const isOverlapping = (options.overlapMs ?? 0) > 0;
  if (settings.retirePrevious !== true || previous === undefined || previous === version || isOverlapping) return;
  try {
    await retire(operation, previous, settings.retireBy ?? 'disable');
  } catch (error) {
    if (!SecretProviderError.is(error)) throw error;
    const outcome = `version ${version} is written and current, but version ${previous} could not be retired`;
    // Repeated without a key, the write would make yet another version.
    const retry = options.idempotencyKey === undefined ? 'never' : error.retry;
    throw failure(operation.call.subject, error.code, `${outcome} (${error.code})`, { cause: error, retry });
  }
}

function readData(payload: SecretWritePayload, { provider, reference }: Subject): Uint8Array {
  const data = normalizeSecretPayload(payload, { provider, reference });
  const subject = { provider, operation: 'write', reference };
  if (data.length > MAX_BYTES) {
    throw failure(subject, 'TOO_LARGE', `the payload has ${data.length} bytes, and the limit is ${MAX_BYTES}`);
  }
  if (data.length === 0) throw failure(subject, 'INVALID', 'the payload is empty, which this backend does not take');
  return data;
}

function checkWriteOptions({ idempotencyKey, overlapMs }: SecretRotateOptions, subject: Subject): void {
  if (idempotencyKey !== undefined && (idempotencyKey.length < 1 || idempotencyKey.length > MAX_KEY_LENGTH)) {
    throw failure(subject, 'INVALID', `idempotencyKey must have 1 to ${MAX_KEY_LENGTH} characters`);
  }
  if (overlapMs !== undefined && !(overlapMs >= 0)) {
    throw failure(subject, 'INVALID', 'overlapMs must be milliseconds from 0');
  }
}

function toCreation({ defaultReplication, versionDestroyTtlMs }: GcpSecretManagerProviderOptions) {
  return {
    replication: defaultReplication ?? { automatic: {} },
    versionDestroyTtlSeconds: versionDestroyTtlMs === undefined ? undefined : Math.ceil(versionDestroyTtlMs / 1000),
  };
}

export function toResult(version: string, previous: string | undefined): Result {
  return { version, ...(previous === undefined || previous === version ? {} : { previousVersion: previous }) };
}
