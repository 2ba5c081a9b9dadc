import { formatSecretUri } from '../reference/format-secret-uri.ts';
import { parseSecretUri } from '../reference/parse-secret-uri.ts';
import type { SecretFetchOptions, SecretReference } from '../secret-provider.ts';

/** What tells one cached read from another. */
export interface CacheKey {
  /** Reference in canonical form, version asked for, and which backends might answer. */
  readonly id: string;
  /** Scheme and path, by which a write finds the reads that it makes outdated. */
  readonly subject: string;
  /** The version asked for, in the options or the reference. */
  readonly version: string | undefined;
}

/** Parsing costs more than a whole hit may, so keys of references seen are kept. */
const MAX_REMEMBERED = 4000;

/** Makes keys, and remembers those of plain reads. */
export class CacheKeys {
  readonly #plain = new Map<SecretReference, CacheKey>();

  of(reference: SecretReference, options?: SecretFetchOptions): CacheKey {
    const plain = this.#plain.get(reference) ?? this.#remember(reference);
    if (options === undefined) return plain;
    const { version, excludeHostOwned = false, providers } = options;
    if (version === undefined && !excludeHostOwned && providers === undefined) return plain;
    // A canonical reference has no control characters, so nothing in it can be taken for what follows.
    const backends = providers === undefined ? '' : JSON.stringify(providers);
    const scope = `${excludeHostOwned ? '\u0000tenant' : '\u0000host'}${backends}`;
    const id = version === undefined ? plain.id + scope : `${plain.id}${scope}\u0000${version}`;
    return { id, subject: plain.subject, version: version ?? plain.version };
  }

  #remember(reference: SecretReference): CacheKey {
    const key = toPlainKey(reference);
    if (this.#plain.size >= MAX_REMEMBERED) this.#plain.clear();
    this.#plain.set(reference, key);
    return key;
  }
}

function toPlainKey(reference: SecretReference): CacheKey {
  try {
    const parsed = parseSecretUri(reference);
    const { provider, path, extras } = parsed;
    return { id: formatSecretUri(parsed), subject: `${provider}://${path}`, version: extras?.['version'] };
  } catch {
    // What is no reference to us may be one to the backend. Quoted, it is no canonical reference either.
    const quoted = JSON.stringify(reference);
    return { id: quoted, subject: quoted, version: undefined };
  }
}

/**
 * Whether a write to one subject may change what the other reads: they are the same, or one lies below the other, as
 * `gcp://projects/p/secrets/s/versions/latest` below `gcp://projects/p/secrets/s`.
 */
export function areRelated(left: string, right: string): boolean {
  return left === right || left.startsWith(`${right}/`) || right.startsWith(`${left}/`);
}
