import { invalidSql } from './invalid-sql.ts';

/** PostgreSQL cuts longer names silently, so that two long names may turn into one. */
const MAX_IDENTIFIER_BYTES = 63;

/**
 * A name quoted for use in a statement: `users` becomes `"users"`. Several parts are joined by dots.
 *
 * @throws {DatabaseError} `invalid_request`: no part, an empty part, one longer than 63 bytes in UTF-8, or one that
 *   holds a NUL or a lone surrogate.
 */
export function quoteIdentifier(...parts: readonly string[]): string {
  if (parts.length === 0) throw invalidSql('a name was expected, none was given');
  return parts.map(quotePart).join('.');
}

function quotePart(part: string): string {
  if (typeof part !== 'string') throw invalidSql(`a name must be text, got ${typeof part}`);
  const bytes = new TextEncoder().encode(part).length;
  if (bytes === 0 || bytes > MAX_IDENTIFIER_BYTES) {
    throw invalidSql(`a name must have 1 to ${MAX_IDENTIFIER_BYTES} bytes, got ${bytes}`);
  }
  if (/\0|\p{Surrogate}/u.test(part)) throw invalidSql('a name must not hold a NUL or half of a surrogate pair');
  return `"${part.replaceAll('"', '""')}"`;
}
