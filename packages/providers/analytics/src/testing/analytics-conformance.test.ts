import { describe, expect, it } from 'vitest';
import { complete } from '../complete.ts';
import { brokenAnalytics, brokenFlags } from './__fixtures__/broken-analytics.ts';
import { analyticsConformanceCases } from './analytics-conformance-cases.ts';
import { checkAnalyticsProvider, describeAnalyticsProvider } from './check-analytics-provider.ts';
import { inMemoryAnalyticsTarget } from './in-memory-target.ts';

const LIMIT = { timeout: 60_000 };

const failed = async (target: Parameters<typeof checkAnalyticsProvider>[0]) =>
  (await checkAnalyticsProvider(target)).filter(({ status }) => status === 'failed');

describeAnalyticsProvider('the in-memory provider', inMemoryAnalyticsTarget(), { describe, it });

describe('the conformance kit', () => {
  it('holds each check once', () => {
    const ids = analyticsConformanceCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(Array.from({ length: 13 }, (_, index) => `analytics.${index + 1}`)));
  });

  it('lets an honest provider pass every check, none skipped', LIMIT, async () => {
    const outcomes = await checkAnalyticsProvider(inMemoryAnalyticsTarget());
    expect(outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('lets it pass with the optional methods filled in', LIMIT, async () => {
    expect(await failed(inMemoryAnalyticsTarget({ wrap: complete }))).toEqual([]);
  });

  it.each([...brokenAnalytics, ...brokenFlags].map((broken) => [broken.fails, broken.mistake, broken.target] as const))(
    '%s alone finds a provider that %s',
    LIMIT,
    async (fails, _mistake, target) => {
      expect((await failed(target)).map(({ id }) => id)).toEqual([fails]);
    },
  );
});
