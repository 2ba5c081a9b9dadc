import { IntegrationError } from '@mortise/core';
import type { ListObjectsQuery, ListObjectsResult } from '../../model/list-objects.ts';
import type { StorageObjectMetadata } from '../../model/object-metadata.ts';

/** One version of an object; without content it stands for a deletion. */
export interface StoredVersion {
  readonly versionId: string;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  metadata: StorageObjectMetadata;
}

const DEFAULT_PAGE_SIZE = 1_000;
const MAX_KEY_BYTES = 1_024;
const TOKEN_PREFIX = 'after:';

/** Objects of one bucket with all their versions, newest last. */
export class Bucket {
  readonly #versions = new Map<string, StoredVersion[]>();

  /** The version asked for, or the current one; undefined where there is none or it stands for a deletion. */
  find(key: string, versionId?: string): (StoredVersion & { readonly bytes: Uint8Array<ArrayBuffer> }) | undefined {
    const versions = this.#versions.get(key) ?? [];
    const found = versionId === undefined ? versions.at(-1) : versions.find((one) => one.versionId === versionId);
    return found !== undefined && hasBytes(found) ? found : undefined;
  }

  add(key: string, version: StoredVersion): void {
    const versions = this.#versions.get(key) ?? [];
    versions.push(version);
    this.#versions.set(key, versions);
  }

  /** Takes one version out for good. */
  drop(key: string, versionId: string): void {
    const left = (this.#versions.get(key) ?? []).filter((one) => one.versionId !== versionId);
    if (left.length === 0) this.#versions.delete(key);
    else this.#versions.set(key, left);
  }

  /** Keys that are there, in the order of their UTF-8 bytes. */
  keys(): string[] {
    return [...this.#versions.keys()].filter((key) => this.find(key) !== undefined).sort(byBytes);
  }

  /** Versions of every key under a prefix, the newest of a key first. */
  versions(prefix: string): StorageObjectMetadata[] {
    const keys = [...this.#versions.keys()].filter((key) => key.startsWith(prefix)).sort(byBytes);
    return keys.flatMap((key) => (this.#versions.get(key) ?? []).toReversed().map(({ metadata }) => metadata));
  }

  /** @throws {IntegrationError} `invalid_request` */
  list(query: ListObjectsQuery): ListObjectsResult {
    const { prefix = '', delimiter, startAfter = '', pageToken, maxResults = DEFAULT_PAGE_SIZE } = query;
    if (!Number.isInteger(maxResults) || maxResults < 1) {
      throw refused('maxResults', `expected a whole number from 1, got ${maxResults}`);
    }
    const after = pageToken === undefined ? undefined : readToken(pageToken);
    const objects: StorageObjectMetadata[] = [];
    const prefixes = new Set<string>();
    let last: string | undefined;
    for (const key of this.keys()) {
      if (!key.startsWith(prefix) || byBytes(key, startAfter) <= 0) continue;
      const folded = foldedBy(delimiter, key, prefix);
      const entry = folded ?? key;
      // A page that ended at a prefix is done with all keys beneath it.
      if (after !== undefined && byBytes(entry, after) <= 0) continue;
      if (prefixes.has(entry)) continue;
      if (objects.length + prefixes.size === maxResults) {
        return { objects, ...named(prefixes, delimiter), nextPageToken: writeToken(last ?? '') };
      }
      if (folded === undefined) {
        const { metadata, ...rest } = structuredClone(this.find(key)?.metadata ?? { bucket: query.bucket, key });
        objects.push({ ...rest, ...(query.includeMetadata === true && metadata !== undefined ? { metadata } : {}) });
      } else prefixes.add(folded);
      last = entry;
    }
    return { objects, ...named(prefixes, delimiter) };
  }
}

function hasBytes(version: StoredVersion): version is StoredVersion & { readonly bytes: Uint8Array<ArrayBuffer> } {
  return version.bytes !== undefined;
}

function named(prefixes: ReadonlySet<string>, delimiter: string | undefined): { prefixes?: string[] } {
  return delimiter === undefined ? {} : { prefixes: [...prefixes] };
}

/** What stands for all keys with the same beginning; undefined where the key stands for itself. */
function foldedBy(delimiter: string | undefined, key: string, prefix: string): string | undefined {
  if (delimiter === undefined || delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

/** Order of the UTF-8 bytes, which is that of code points and not that of JavaScript's strings. */
export function byBytes(left: string, right: string): number {
  const [a, b] = [left[Symbol.iterator](), right[Symbol.iterator]()];
  for (;;) {
    const [x, y] = [a.next(), b.next()];
    if (x.done === true || y.done === true) return Number(y.done ?? false) - Number(x.done ?? false);
    const difference = (x.value.codePointAt(0) ?? 0) - (y.value.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
}

/** @throws {IntegrationError} `invalid_request` for a key that the store could not give back unchanged */
export function checkKey(key: string): void {
  if (key === '') throw refused('key', 'expected some text');
  if (/\p{Surrogate}/u.test(key)) throw refused('key', 'expected well-formed Unicode text');
  if (key.includes('\0')) throw refused('key', 'expected text without NUL');
  const length = new TextEncoder().encode(key).length;
  if (length > MAX_KEY_BYTES) throw refused('key', `expected at most ${MAX_KEY_BYTES} bytes in UTF-8, got ${length}`);
}

function writeToken(key: string): string {
  return `${TOKEN_PREFIX}${encodeURIComponent(key)}`;
}

function readToken(token: string): string {
  try {
    if (token.startsWith(TOKEN_PREFIX)) return decodeURIComponent(token.slice(TOKEN_PREFIX.length));
  } catch {
    // Said below.
  }
  throw refused('pageToken', 'expected a token of a page before, got another text');
}

export function refused(field: string, message: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field, message: `${field}: ${message}` });
}
