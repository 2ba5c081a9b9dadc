import { SecretProviderError } from '@mortise/secrets';
import type { AwsCall } from '../client/aws-call.ts';
import { readCurrent, readVersion, type StoredVersion } from '../read/read-version.ts';
import { failure, type Subject } from '../reference/subject.ts';
import { CURRENT_STAGE } from '../reference/version-selector.ts';
import { keepVersion, moveLabel } from './overlap-label.ts';
import { putVersion, type VersionWrite } from './put-version.ts';

export const PENDING_STAGE = 'AWSPENDING';
const PREVIOUS_STAGE = 'AWSPREVIOUS';
/** The end of the year 9999, long before what a label can say. */
const MAX_TIME_MS = 253_402_300_799_999;

/** How long the version that is current now must stay readable. */
export interface Overlap {
  /** Milliseconds; 0 for as long as AWS keeps it by itself. */
  readonly overlapMs: number;
  /** Epoch milliseconds. */
  readonly nowMs: number;
}

export interface Promotion {
  readonly version: string;
  readonly previousVersion?: string;
}

/**
 * The rotation of AWS's own contract: the new version is put under `AWSPENDING`, read back, and then made current.
 * Interrupted anywhere, the same call under the same token goes on where it stopped, and does nothing that a later
 * write has overtaken.
 */
export async function rotate(call: AwsCall, write: VersionWrite, overlap: Overlap): Promise<Promotion> {
  const version = await putVersion(call, { ...write, stages: [PENDING_STAGE] });
  const written = await readVersion(call, { version });
  if (!isEqual(written.bytes, write.value.bytes)) {
    throw call.failure('INTEGRITY', 'the new version does not read back as it was written, so it was not made current');
  }
  const current = await readCurrent(call);
  if (current?.version === version || isOvertaken(written, current)) {
    await clearPending(call, written);
    return { version };
  }
  if (!written.stages.includes(PENDING_STAGE)) {
    throw call.failure('CONFLICT', 'another rotation began meanwhile and took its place; rotate again');
  }
  return makeCurrent(call, written, current, overlap);
}

/** Makes a version current that exists already. */
export async function promote(call: AwsCall, version: string, overlap: Overlap): Promise<Promotion> {
  const target = await readVersion(call, { version });
  const current = await readCurrent(call);
  if (current?.version !== version) return makeCurrent(call, target, current, overlap);
  await clearPending(call, target);
  return { version };
}

/** Whether the version was current before, or would not be any more: another one was written after it and is current. */
function isOvertaken(written: StoredVersion, current: StoredVersion | undefined): boolean {
  if (written.stages.includes(PREVIOUS_STAGE)) return true;
  const { createdAtMs = Number.NaN } = current ?? {};
  return createdAtMs > (written.createdAtMs ?? Number.NaN);
}

async function makeCurrent(
  call: AwsCall,
  target: StoredVersion,
  current: StoredVersion | undefined,
  { overlapMs, nowMs }: Overlap,
): Promise<Promotion> {
  if (current !== undefined && overlapMs > 0) await keepVersion(call, current.version, nowMs + overlapMs, nowMs);
  const from = current === undefined ? {} : { from: current.version };
  try {
    await moveLabel(call, { label: CURRENT_STAGE, to: target.version, ...from });
  } catch (error) {
    if (!SecretProviderError.is(error) || error.code !== 'INVALID') throw error;
    await explainRefusal(call, target, current, error);
  }
  await clearPending(call, target);
  return { version: target.version, ...(current === undefined ? {} : { previousVersion: current.version }) };
}

/** AWS moves a label only from the version that has it. Whether that was the reason, only another look can tell. */
async function explainRefusal(
  call: AwsCall,
  target: StoredVersion,
  before: StoredVersion | undefined,
  error: SecretProviderError,
): Promise<void> {
  const now = await readCurrent(call);
  if (now?.version === target.version) return;
  if (now?.version === before?.version) throw error;
  throw call.failure('CONFLICT', 'another version became current meanwhile; the new one is still staged');
}

/** The version waits for nothing any more. That it still says so would do no harm, so a failure is none of the caller's. */
async function clearPending(call: AwsCall, { version, stages }: StoredVersion): Promise<void> {
  if (!stages.includes(PENDING_STAGE)) return;
  try {
    await moveLabel(call, { label: PENDING_STAGE, from: version });
  } catch (error) {
    if (!SecretProviderError.is(error)) throw error;
  }
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** @throws {SecretProviderError} `INVALID` for an overlap that is no length of time. */
export function checkOverlap(overlapMs: number | undefined, nowMs: number, subject: Subject): Overlap {
  if (overlapMs === undefined) return { overlapMs: 0, nowMs };
  const isLength = typeof overlapMs === 'number' && overlapMs >= 0 && nowMs + overlapMs <= MAX_TIME_MS;
  if (!isLength) throw failure(subject, 'INVALID', '"overlapMs" must be a number of milliseconds from 0');
  return { overlapMs, nowMs };
}
