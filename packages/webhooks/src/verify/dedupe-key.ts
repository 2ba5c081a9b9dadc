/** Parts in a row, so that different parts never make the same text. */
export function joinParts(parts: readonly string[]): string {
  return parts.map(escapePart).join(':');
}

function escapePart(part: string): string {
  return /[%:/]/.test(part) ? part.replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll('/', '%2F') : part;
}

/** What a key begins with: whose delivery it is, and under which contract it came. */
export function dedupeScope(scope: string | undefined, spec: string | undefined, contract: string): string {
  const before = scope === undefined ? '' : `${escapePart(scope)}/`;
  return before + joinParts([spec ?? '-', contract]);
}
