import { describe, expect, it } from 'vitest';
import {
  type IntegrationVersionPolicy,
  assessApiVersion,
  getActiveVersions,
  getVersionInfo,
  isVersionDeprecated,
  resolveApiVersion,
} from './versioning.ts';

const policy: IntegrationVersionPolicy = {
  currentVersion: 'v3',
  supportedVersions: [
    { version: 'v1', status: 'sunset' },
    { version: 'v2', status: 'deprecated', migrationGuide: 'https://example.com/move' },
    { version: 'v3', status: 'stable', sunsetDate: '2027-01-01' },
    { version: 'v4', status: 'beta' },
  ],
};

describe('resolveApiVersion', () => {
  it('takes the override first, then the current version', () => {
    expect(resolveApiVersion(policy)).toBe('v3');
    expect(resolveApiVersion(policy, 'v2')).toBe('v2');
    expect(resolveApiVersion(policy, 'v99')).toBe('v99');
  });

  it('knows none without a policy, even with an override', () => {
    expect(resolveApiVersion(undefined)).toBeUndefined();
    expect(resolveApiVersion(undefined, 'v2')).toBeUndefined();
  });
});

describe('getVersionInfo', () => {
  it('finds a listed version only', () => {
    expect(getVersionInfo(policy, 'v2')?.status).toBe('deprecated');
    expect(getVersionInfo(policy, 'v99')).toBeUndefined();
  });
});

describe('isVersionDeprecated', () => {
  it('is true for deprecated and sunset, false for stable, beta and unknown', () => {
    expect(['v1', 'v2', 'v3', 'v4', 'v99'].map((version) => isVersionDeprecated(policy, version))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('getActiveVersions', () => {
  it('gives stable and beta versions in order', () => {
    expect(getActiveVersions(policy).map((entry) => entry.version)).toEqual(['v3', 'v4']);
  });
});

describe('assessApiVersion', () => {
  const in2026 = Date.parse('2026-06-01');
  const in2028 = Date.parse('2028-06-01');

  it('has nothing to say of a version in good standing', () => {
    expect(assessApiVersion(policy, 'v4', in2026)).toEqual({ version: 'v4', status: 'beta', warnings: [] });
  });

  it('warns of an end that is announced, and counts a version past it as sunset', () => {
    expect(assessApiVersion(policy, undefined, in2026)).toEqual({
      version: 'v3',
      status: 'stable',
      warnings: ['API version "v3" ends on 2027-01-01'],
    });
    expect(assessApiVersion(policy, undefined, in2028)).toEqual({
      version: 'v3',
      status: 'sunset',
      warnings: ['API version "v3" is no longer served'],
    });
  });

  it('warns of a deprecated version and names the guide', () => {
    expect(assessApiVersion(policy, 'v2', in2026).warnings).toEqual([
      'API version "v2" is deprecated; see https://example.com/move',
    ]);
  });

  it('reports an override that is not listed or empty', () => {
    expect(assessApiVersion(policy, '', in2026)).toMatchObject({ status: 'unknown', warnings: [expect.any(String)] });
  });
});
