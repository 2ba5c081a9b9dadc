import { randomBytes } from 'node:crypto';

/** What is known of a stored version besides its bytes. All of it is encrypted and bound to the bytes. */
export interface EnvelopeHeader {
  /** The vault's own token: only who can open the vault can write an envelope that passes for one of its own. */
  readonly vault: string;
  readonly path: string;
  readonly version: number;
  /** ISO 8601 instant. */
  readonly createdAt: string;
  /** Fingerprint of the recipients it was encrypted to. */
  readonly keys: string;
  /** Set on the tombstone that a deletion writes. */
  readonly isDeleted?: true;
  readonly contentType?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Digest of the idempotency key that it was written under. */
  readonly writeKey?: string;
  /** Older versions that must not be pruned yet; carried on from version to version until its time is over. */
  readonly overlap?: VersionOverlap;
}

/** Versions from `from` on stay readable up to `until`, in epoch milliseconds. */
export interface VersionOverlap {
  readonly from: number;
  readonly until: number;
}

export interface Envelope {
  readonly header: EnvelopeHeader;
  readonly data: Uint8Array;
}

const FORMAT = 'mortise-secret/1';
const NEWLINE = 0x0a;

/** A token that nobody guesses. */
export function newVaultToken(): string {
  return randomBytes(32).toString('base64url');
}

/** One line of JSON, a newline, the bytes as they are. */
export function encodeEnvelope({ header, data }: Envelope): Uint8Array {
  const head = new TextEncoder().encode(`${JSON.stringify({ format: FORMAT, ...header })}\n`);
  const bytes = new Uint8Array(head.length + data.length);
  bytes.set(head);
  bytes.set(data, head.length);
  return bytes;
}

/** The inverse; `undefined` for what is no envelope. `data` is a copy. */
export function decodeEnvelope(bytes: Uint8Array): Envelope | undefined {
  const end = bytes.indexOf(NEWLINE);
  if (end < 0) return undefined;
  const header = parseHeader(new TextDecoder().decode(bytes.subarray(0, end)));
  return header === undefined ? undefined : { header, data: Uint8Array.from(bytes.subarray(end + 1)) };
}

function parseHeader(text: string): EnvelopeHeader | undefined {
  const value = parseJsonObject(text);
  if (value?.['format'] !== FORMAT) return undefined;
  const { vault, path, version, createdAt, keys, isDeleted, contentType, labels, writeKey, overlap } = value;
  if (typeof vault !== 'string' || typeof path !== 'string' || typeof version !== 'number') return undefined;
  if (typeof createdAt !== 'string' || typeof keys !== 'string') return undefined;
  if (isDeleted !== undefined && isDeleted !== true) return undefined;
  if (contentType !== undefined && typeof contentType !== 'string') return undefined;
  if (labels !== undefined && !isTextRecord(labels)) return undefined;
  if (writeKey !== undefined && typeof writeKey !== 'string') return undefined;
  if (overlap !== undefined && !isOverlap(overlap)) return undefined;
  return {
    vault,
    path,
    version,
    createdAt,
    keys,
    ...(isDeleted === undefined ? {} : { isDeleted }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(labels === undefined ? {} : { labels }),
    ...(writeKey === undefined ? {} : { writeKey }),
    ...(overlap === undefined ? {} : { overlap }),
  };
}

/** The object in a JSON text, or `undefined`. */
export function parseJsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTextRecord(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((entry) => typeof entry === 'string');
}

function isOverlap(value: unknown): value is VersionOverlap {
  return isRecord(value) && typeof value['from'] === 'number' && typeof value['until'] === 'number';
}
