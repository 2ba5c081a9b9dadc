import type { SchemaFinding } from './problem-text.ts';

/**
 * Makes failed alternatives readable. The checker lists what is wrong with each of them; a person wants the list of
 * the one that was meant. That is the only one whose constants fit, as in a union told apart by `type`. When there is
 * no such one, the constants that would have fitted are listed, or the alternatives as a whole.
 */
export function condenseAlternatives(findings: readonly SchemaFinding[]): SchemaFinding[] {
  let result = [...findings];
  // A finding about alternatives follows those of the alternatives, so inner ones are condensed before outer ones.
  for (const finding of findings) {
    if (finding.keyword === 'anyOf' || finding.keyword === 'oneOf') result = condense(result, finding);
  }
  return result;
}

function condense(findings: readonly SchemaFinding[], union: SchemaFinding): SchemaFinding[] {
  const prefix = `${union.schemaPath}/${union.keyword}/`;
  const isInside = (finding: SchemaFinding) =>
    finding.schemaPath.startsWith(prefix) && isWithin(finding.instancePath, union.instancePath);
  const byAlternative = new Map<string, SchemaFinding[]>();
  for (const finding of findings.filter(isInside)) {
    const alternative = finding.schemaPath.slice(prefix.length).split('/', 1)[0] ?? '';
    byAlternative.set(alternative, [...(byAlternative.get(alternative) ?? []), finding]);
  }
  if (byAlternative.size === 0) return [...findings];
  const outside = findings.filter((finding) => !isInside(finding));
  const meant = [...byAlternative.values()].filter((inside) => !inside.some((finding) => isTag(finding, union)));
  const [only] = meant;
  if (only !== undefined && meant.length === 1 && byAlternative.size > 1) {
    return [...outside.filter((finding) => finding !== union), ...only];
  }
  const tags = [...byAlternative.values()].flat().filter((finding) => isTag(finding, union));
  const [tag] = tags;
  if (meant.length === 0 && tag !== undefined && tags.every((other) => other.instancePath === tag.instancePath)) {
    const params = { allowedValues: [...new Set(tags.flatMap(tagValues))] };
    const { schemaPath, instancePath } = tag;
    return [...outside.filter((finding) => finding !== union), { keyword: 'enum', schemaPath, instancePath, params }];
  }
  return outside;
}

/** A constant of the alternative itself or of a direct field of it. */
function isTag(finding: SchemaFinding, union: SchemaFinding): boolean {
  if (finding.keyword !== 'const' && finding.keyword !== 'enum') return false;
  return !finding.instancePath.slice(union.instancePath.length + 1).includes('/');
}

function tagValues(finding: SchemaFinding): unknown[] {
  if (finding.keyword === 'const') return [finding.params.allowedValue];
  return finding.keyword === 'enum' ? finding.params.allowedValues : [];
}

function isWithin(pointer: string, ancestor: string): boolean {
  return pointer === ancestor || pointer.startsWith(`${ancestor}/`);
}
