import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, isPreReleaseVersion, isVersionText } from './version-order.ts';

const identifier = fc.stringMatching(/^[0-9A-Za-z-]{1,4}$/);
const version = fc
  .record({
    numbers: fc.array(fc.oneof(fc.nat(20), fc.constant(10n ** 20n)), { minLength: 1, maxLength: 3 }),
    preRelease: fc.array(identifier, { maxLength: 3 }),
    build: fc.array(identifier, { maxLength: 2 }),
  })
  .map(({ numbers, preRelease, build }) => {
    const tail = `${preRelease.length > 0 ? `-${preRelease.join('.')}` : ''}${build.length > 0 ? `+${build.join('.')}` : ''}`;
    return numbers.join('.') + tail;
  });
const text = fc.oneof(version, version, fc.string());

describe('compareVersions', () => {
  it('follows the example chain of semver', () => {
    const ascending = [
      'not a version',
      '0.9.9',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.1',
      '1.2.0',
      '1.10.0',
      '2.0.0-beta',
      '2.0.0',
      '20260101.0.0',
      '99999999999999999999.0.0',
    ];
    expect(ascending.toReversed().sort(compareVersions)).toEqual(ascending);
  });

  it('counts missing numbers as 0 and ignores build metadata and leading zeros', () => {
    for (const same of ['1', '1.0', '1.0.0', '1.0.0+7', '01.0.0']) expect(compareVersions('1.0.0', same)).toBe(0);
    expect(compareVersions('1.0.0-01', '1.0.0-1')).toBe(0);
  });

  it('is a total order over all texts', () => {
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect(compareVersions(a, a)).toBe(0);
        expect(Math.sign(compareVersions(a, b))).toBe(0 - Math.sign(compareVersions(b, a)));
        const [first, second, third] = [a, b, c].sort(compareVersions);
        expect(compareVersions(first ?? '', second ?? '')).toBeLessThanOrEqual(0);
        expect(compareVersions(second ?? '', third ?? '')).toBeLessThanOrEqual(0);
        expect(compareVersions(first ?? '', third ?? '')).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('puts text that is no version before every version', () => {
    fc.assert(
      fc.property(version, fc.string(), (good, other) => {
        fc.pre(!isVersionText(other));
        expect(compareVersions(other, good)).toBeLessThan(0);
      }),
    );
  });
});

describe('isVersionText', () => {
  it('takes one to three numbers with pre-release and build', () => {
    fc.assert(
      fc.property(version, (good) => {
        expect(isVersionText(good)).toBe(true);
      }),
    );
    for (const bad of ['', 'v1', '1.', '1.2.3.4', '1-', '1+', '1.0.0-a..b', ' 1', '1\n', '-1', '１']) {
      expect(isVersionText(bad)).toBe(false);
    }
  });
});

describe('isPreReleaseVersion', () => {
  it('is true for versions with a pre-release only', () => {
    expect(isPreReleaseVersion('2.0.0-beta')).toBe(true);
    expect(isPreReleaseVersion('2.0.0')).toBe(false);
    expect(isPreReleaseVersion('2.0.0+a-b')).toBe(false);
    expect(isPreReleaseVersion('no-version')).toBe(false);
  });
});
