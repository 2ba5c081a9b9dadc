import type { Finding } from './validator.ts';

/**
 * Makes failed alternatives readable. Each has its own list of faults; a person wants the list of the alternative that
 * was meant: the only one whose constants fit, as in a union told apart by `type`. When there is none, the constants
 * that would have fitted are listed, else that no alternative fits.
 */
export function chooseFindings(lists: readonly (readonly Finding[])[], path: string, keyword: string): Finding[] {
  const meant = lists.filter((list) => !list.some((finding) => isTag(finding, path)));
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return [...only];
  const tags = lists.flatMap((list) => list.filter((finding) => isTag(finding, path)));
  const [tag] = tags;
  if (meant.length === 0 && tag !== undefined && tags.every((other) => other.path === tag.path)) {
    const allowed = [...new Set(tags.flatMap((other) => other.allowed ?? []))];
    const message = `expected one of ${allowed.map((value) => JSON.stringify(value)).join(', ')}`;
    return [{ path: tag.path, keyword: 'enum', message, allowed }];
  }
  return [{ path, keyword, message: `fits none of the ${lists.length} alternatives` }];
}

/** A constant of the alternative itself or of a direct field of it. */
function isTag(finding: Finding, path: string): boolean {
  return finding.allowed !== undefined && !finding.path.slice(path.length + 1).includes('/');
}
