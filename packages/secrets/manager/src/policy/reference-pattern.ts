import { formatSecretUri } from '../reference/format-secret-uri.ts';
import type { ParsedSecretUri } from '../reference/parsed-secret-uri.ts';
import { parseSecretUri } from '../reference/parse-secret-uri.ts';
import type { SecretReference } from '../secret-provider.ts';

/** Keys that choose among versions of one secret, never another secret. */
const SELECTORS = new Set(['version', 'stage', 'alias']);

/** Parsing costs more than a whole cached read may, so decisions are kept. */
const MAX_REMEMBERED = 1000;

/**
 * Compiles patterns over references. `*` stands for any characters but the separators `/`, `?` and `&`; `**` crosses
 * `/` too. A pattern is itself a reference, and both sides are compared in canonical form, so that no other spelling
 * gets past it. Keys after `?` other than `version`, `stage` and `alias` must be in the pattern.
 *
 * @returns Whether some pattern matches. A reference that cannot be parsed matches none.
 * @throws {SecretProviderError} `INVALID`: a pattern is not a reference.
 */
export function compileReferencePatterns(patterns: readonly string[]): (reference: SecretReference) => boolean {
  const expressions = patterns.map((pattern) => toExpression(formatSecretUri(parseSecretUri(pattern))));
  const known = new Map<SecretReference, boolean>();
  return (reference) => {
    const decided = known.get(reference);
    if (decided !== undefined) return decided;
    const subject = toSubject(reference);
    const isMatch = subject !== undefined && expressions.some((expression) => expression.test(subject));
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(reference, isMatch);
    return isMatch;
  };
}

function toSubject(reference: SecretReference): string | undefined {
  let parsed: ParsedSecretUri;
  try {
    parsed = parseSecretUri(reference);
  } catch {
    return undefined;
  }
  const { provider, path } = parsed;
  const others = Object.entries(parsed.extras ?? {}).filter(([key]) => !SELECTORS.has(key));
  return formatSecretUri(
    others.length === 0 ? { provider, path } : { provider, path, extras: Object.fromEntries(others) },
  );
}

function toExpression(canonical: string): RegExp {
  const source = canonical
    .split(/(\*+)/)
    .map((piece) => {
      if (piece.startsWith('**')) return '[^?&]*';
      return piece === '*' ? '[^/?&]*' : piece.replace(/[$()*+.?[\\\]^{|}/-]/g, String.raw`\$&`);
    })
    .join('');
  return new RegExp(`^${source}$`);
}
