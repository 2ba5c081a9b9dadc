import { type Finding, findingsOf, type Trace, type Validator } from './validator.ts';

/**
 * Makes failed alternatives readable. Each has its own list of faults; a person wants the list of the alternative that
 * was meant: the only one of the right type, or whose constants fit, as in a union told apart by `type`. When there is
 * none, the constants that would have fitted are listed, else that no alternative fits.
 */
export function chooseFindings(options: readonly Validator[], value: unknown, keyword: string, trace: Trace): void {
  const { path, findings } = trace;
  const steps = path.split('/').length;
  const isOfOtherType = (finding: Finding): boolean => finding.keyword === 'type' && finding.path === path;
  // A constant of the alternative itself or of a direct field of it.
  const isTag = (finding: Finding): boolean =>
    finding.allowed !== undefined && finding.path.split('/').length <= steps + 1;
  const isConst = (finding: Finding): boolean => finding.keyword === 'const' && isTag(finding);
  let lists = options.map((option) => findingsOf(option, value, path));
  for (const isOther of [isOfOtherType, isConst, isTag]) {
    const left = lists.filter((list) => !list.some(isOther));
    if (left.length > 0) lists = left;
  }
  const rest = lists.flat();
  const tags = rest.filter(rest.some(isConst) ? isConst : isTag);
  const [tag] = tags;
  if (lists.length === 1) {
    findings.push(...rest);
  } else if (tag !== undefined && tags.every((other) => other.path === tag.path)) {
    const allowed = [...new Set(tags.flatMap((other) => other.allowed ?? []))];
    const message = `expected one of ${allowed.map((option) => JSON.stringify(option)).join(', ')}`;
    findings.push({ path: tag.path, keyword: 'enum', message, allowed });
  } else {
    trace.add(keyword, `fits none of the ${options.length} alternatives`);
  }
}
