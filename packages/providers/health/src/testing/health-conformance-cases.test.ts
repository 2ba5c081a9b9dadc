import { afterEach, describe, expect, it, vi } from 'vitest';
import { brokenProviders } from './__fixtures__/broken-providers.ts';
import { checkHealthProvider, describeHealthProvider } from './check-health-provider.ts';
import { healthConformanceCases } from './health-conformance-cases.ts';
import { InMemoryHealthProvider } from './in-memory-health-provider.ts';
import { inMemoryTarget } from './in-memory-target.ts';

const failed = (outcomes: Awaited<ReturnType<typeof checkHealthProvider>>) =>
  outcomes.filter(({ status }) => status === 'failed');

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the conformance kit', () => {
  it('holds each check once', () => {
    const ids = healthConformanceCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('lets an honest provider pass every check', async () => {
    const outcomes = await checkHealthProvider(inMemoryTarget());
    expect(failed(outcomes)).toEqual([]);
    expect(outcomes.filter(({ status }) => status === 'skipped')).toEqual([]);
  });

  it.each(['UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Apia'])(
    'gives the same results in a process of the zone %s',
    async (zone) => {
      vi.stubEnv('TZ', zone);
      expect(new Date(Date.UTC(2026, 0, 1)).getHours()).toBe(
        { UTC: 0, 'Asia/Tokyo': 9, 'America/Los_Angeles': 16, 'Pacific/Apia': 13 }[zone],
      );
      expect(failed(await checkHealthProvider(inMemoryTarget()))).toEqual([]);
    },
  );

  it('has a broken provider for every check', () => {
    expect(brokenProviders.map(({ fails }) => fails).sort()).toEqual(healthConformanceCases.map(({ id }) => id).sort());
  });

  it.each(brokenProviders.map((broken) => [broken.fails, broken.mistake, broken.target] as const))(
    '%s alone finds a provider that %s',
    { timeout: 30_000 },
    async (fails, _mistake, target) => {
      expect(failed(await checkHealthProvider(target)).map(({ id }) => id)).toEqual([fails]);
    },
  );

  it('reports what an implementation does not have as skipped', async () => {
    const outcomes = await checkHealthProvider(
      inMemoryTarget((options) => {
        const provider = new InMemoryHealthProvider(options);
        return {
          capabilities: { methods: { listNutrition: provider.capabilities.methods?.listNutrition ?? 'native' } },
          listActivities: (...call) => provider.listActivities(...call),
          listWorkouts: (...call) => provider.listWorkouts(...call),
          listSleep: (...call) => provider.listSleep(...call),
          listBiometrics: (...call) => provider.listBiometrics(...call),
          listNutrition: (...call) => provider.listNutrition(...call),
          getConnectionStatus: (...call) => provider.getConnectionStatus(...call),
        };
      }),
    );
    expect(failed(outcomes)).toEqual([]);
    expect(outcomes.flatMap(({ id, reason }) => (reason === undefined ? [] : [[id, reason]]))).toEqual([
      ['health.7', 'capability "changes" is not declared'],
      ['health.8', 'capability "sync" is not declared'],
      ['health.10', 'capability "webhooks" is not declared'],
      ['X17', 'capability "webhooks" is not declared'],
      ['X19', 'capability "webhooks" is not declared'],
    ]);
  });
});

describeHealthProvider('InMemoryHealthProvider', inMemoryTarget(), { describe, it });
