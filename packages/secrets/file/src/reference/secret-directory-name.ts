import { createHash } from 'node:crypto';

/** Longest name in plain form. File systems allow 255 bytes; the rest is room for whatever a host's tools append. */
const MAX_PLAIN_NAME_LENGTH = 200;

const PLAIN_PREFIX = 's-';
const HASHED_PREFIX = 'h-';

/**
 * The name of a secret's directory: `s-` and the path with every byte but `a-z`, `0-9`, `_` and `-` written as `%xx`
 * in lower case, so that no two paths share a name even where case or Unicode form is not told apart. A name longer
 * than 200 characters becomes `h-` and the SHA-256 of the path in hex.
 *
 * Different paths have different names (but for a SHA-256 collision, and the vault checks the path inside too).
 */
export function secretDirectoryName(path: string): string {
  const bytes = new TextEncoder().encode(path);
  let name = PLAIN_PREFIX;
  for (const byte of bytes)
    name += isPlain(byte) ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`;
  if (name.length <= MAX_PLAIN_NAME_LENGTH) return name;
  return `${HASHED_PREFIX}${createHash('sha256').update(bytes).digest('hex')}`;
}

/** The path behind a directory's name; `hashed` where only the vault's content knows it, `undefined` for other names. */
export function secretPathOfDirectory(name: string): { path: string } | 'hashed' | undefined {
  if (/^h-[0-9a-f]{64}$/.test(name)) return 'hashed';
  if (!name.startsWith(PLAIN_PREFIX)) return undefined;
  try {
    const path = decodeURIComponent(name.slice(PLAIN_PREFIX.length));
    return secretDirectoryName(path) === name ? { path } : undefined;
  } catch {
    return undefined;
  }
}

function isPlain(byte: number): boolean {
  const isDigit = byte >= 0x30 && byte <= 0x39;
  const isLowerCase = byte >= 0x61 && byte <= 0x7a;
  return isDigit || isLowerCase || byte === 0x2d || byte === 0x5f;
}
