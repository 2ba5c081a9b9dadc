/** The parts of a version that decide its order. */
interface ParsedVersion {
  /** Major, minor, patch: digits without leading zeros, of any length. */
  readonly release: readonly [string, string, string];
  /** Identifiers after the hyphen; empty for a release. */
  readonly preRelease: readonly string[];
}

const IDENTIFIERS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const VERSION = new RegExp(`^(\\d+)(?:\\.(\\d+)(?:\\.(\\d+))?)?(?:-(${IDENTIFIERS}))?(?:\\+${IDENTIFIERS})?$`);
const DIGITS = /^\d+$/;

/**
 * Whether a text reads as a version: one to three numbers, then an optional pre-release and optional build metadata,
 * such as `1`, `1.2`, `1.2.3`, `2.0.0-beta.1` or `1.0.0+2026`.
 */
export function isVersionText(text: string): boolean {
  return VERSION.test(text);
}

/** Whether a version carries a pre-release, such as `2.0.0-beta`. False for text that is no version. */
export function isPreReleaseVersion(version: string): boolean {
  return VERSION.exec(version)?.[4] !== undefined;
}

/**
 * Orders two versions by semver precedence (semver.org 2.0.0, section 11): negative when `a` comes first, 0 when both
 * have the same precedence. Missing numbers count as 0 and build metadata is ignored, so `1`, `1.0.0` and `1.0.0+7`
 * are equal. Text that is no version comes before every version, by code units: the order is total over all strings.
 */
export function compareVersions(a: string, b: string): number {
  const left = parseVersion(a);
  const right = parseVersion(b);
  if (left === undefined) return right === undefined ? compareText(a, b) : -1;
  if (right === undefined) return 1;
  for (const index of [0, 1, 2] as const) {
    const order = compareDigits(left.release[index], right.release[index]);
    if (order !== 0) return order;
  }
  return comparePreReleases(left.preRelease, right.preRelease);
}

function parseVersion(text: string): ParsedVersion | undefined {
  const match = VERSION.exec(text);
  if (match === null) return undefined;
  const [, major = '0', minor = '0', patch = '0', preRelease] = match;
  return {
    release: [stripZeros(major), stripZeros(minor), stripZeros(patch)],
    preRelease: preRelease === undefined ? [] : preRelease.split('.'),
  };
}

/** A release comes after its pre-releases; of two pre-releases the first differing identifier decides, then length. */
function comparePreReleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    const order = compareIdentifiers(left, right);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Numeric identifiers come before alphanumeric ones. */
function compareIdentifiers(a: string, b: string): number {
  const isNumericA = DIGITS.test(a);
  const isNumericB = DIGITS.test(b);
  if (isNumericA && isNumericB) return compareDigits(stripZeros(a), stripZeros(b));
  if (isNumericA !== isNumericB) return isNumericA ? -1 : 1;
  return compareText(a, b);
}

/** As text, because a date-like number may exceed the safe integers. */
function compareDigits(a: string, b: string): number {
  return a.length === b.length ? compareText(a, b) : a.length - b.length;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function stripZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}
