import { IntegrationError, type Page } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import type { HealthActivity } from '../model/activity.ts';
import type { HealthEntity } from '../model/entity.ts';
import {
  hourlyActivities,
  sampleActivity,
  sampleBiometric,
  sampleSleep,
  sampleWorkout,
} from '../testing/sample-records.ts';
import { findRecordProblems } from './find-record-problems.ts';
import { listHealthStrategies } from './strategies.ts';
import { syncFromPages } from './sync-from-pages.ts';
import { toHealthSleepRecord } from './to-record.ts';

const five = hourlyActivities(5).map(({ record }) => record);

/** Pages of two, whose cursors are their starts. */
const pages =
  (log: (string | undefined)[] = [], fail?: (cursor: string | undefined) => Error | undefined) =>
  async (cursor: string | undefined): Promise<Page<HealthActivity>> => {
    log.push(cursor);
    const error = fail?.(cursor);
    if (error !== undefined) throw error;
    const start = Number(cursor ?? 0);
    const hasMore = start + 2 < five.length;
    return { items: five.slice(start, start + 2), hasMore, ...(hasMore ? { nextCursor: String(start + 2) } : {}) };
  };
const down = new IntegrationError({ code: 'unavailable', retry: 'transient', message: 'heart rate 61 of Ada' });

describe('syncFromPages', () => {
  it('stores every record of every page and tells their times', async () => {
    const stored: HealthEntity[] = [];
    const result = await syncFromPages({
      entityType: 'activity',
      fetchPage: pages(),
      store: async (entity) => void stored.push(entity),
    });
    expect(result).toEqual({
      synced: 5,
      failed: 0,
      hasMore: false,
      oldestAt: '2026-03-02T00:00:00.000Z',
      newestAt: '2026-03-02T04:00:00.000Z',
    });
    expect(stored.map(({ record }) => record.externalId)).toEqual(five.map(({ externalId }) => externalId));
  });

  it('ends at a page that cannot be read, and goes on from there', async () => {
    const log: (string | undefined)[] = [];
    const store = async () => {};
    const broken = await syncFromPages({
      entityType: 'activity',
      fetchPage: pages(log, (cursor) => (cursor === '2' ? down : undefined)),
      store,
    });
    expect(broken).toMatchObject({
      synced: 2,
      failed: 0,
      hasMore: true,
      nextCursor: '2',
      failures: [{ code: 'unavailable' }],
    });
    const rest = await syncFromPages({ entityType: 'activity', cursor: '2', fetchPage: pages(log), store });
    expect(rest).toMatchObject({ synced: 3, hasMore: false });
    expect(log).toEqual([undefined, '2', '2', '4']);
  });

  it('counts a record that cannot be stored and goes on, without repeating what the error says', async () => {
    const result = await syncFromPages({
      entityType: 'activity',
      fetchPage: pages(),
      store: async ({ record }) => {
        if (record.externalId === 'hour-01') throw new TypeError('100 steps by Ada');
        if (record.externalId === 'hour-03') throw down;
      },
    });
    expect(result).toMatchObject({
      synced: 3,
      failed: 2,
      failures: [
        { externalId: 'hour-01', code: 'provider_error' },
        { externalId: 'hour-03', code: 'unavailable' },
      ],
    });
    expect(result.errors).toEqual(result.failures?.map(({ message }) => message));
    expect(JSON.stringify(result)).not.toMatch(/Ada|61|steps/);
  });

  it('throws where the very first page cannot be read: nothing was synced, and there is nothing to go on from', async () => {
    const sync = syncFromPages({ entityType: 'activity', fetchPage: pages([], () => down), store: async () => {} });
    await expect(sync).rejects.toBe(down);
  });

  it('ends with its caller, between pages and between records', async () => {
    const stop = new AbortController();
    const stored: HealthEntity[] = [];
    const sync = syncFromPages({
      entityType: 'activity',
      fetchPage: pages(),
      store: async (entity) => {
        stored.push(entity);
        if (stored.length === 2) stop.abort();
      },
      signal: stop.signal,
    });
    await expect(sync).rejects.toMatchObject({ code: 'aborted' });
    expect(stored).toHaveLength(2);
  });

  it('refuses a list that goes in circles', async () => {
    const sync = syncFromPages({
      entityType: 'activity',
      fetchPage: async () => ({ items: [], hasMore: true, nextCursor: 'again' }),
      store: async () => {},
    });
    await expect(sync).rejects.toMatchObject({ code: 'provider_error' });
  });
});

describe('findRecordProblems', () => {
  it.each([
    ['a night', sampleSleep('a', { durationSeconds: 27_000 })],
    ['a night that a vendor rounded to the minute', sampleSleep('a', { durationSeconds: 27_059 })],
    [
      'a night of the change of clocks',
      sampleSleep('a', {
        startedAt: '2026-03-28T23:30:00+01:00',
        endedAt: '2026-03-29T07:00:00+02:00',
        durationSeconds: 23_400,
      }),
    ],
    ['a workout without an end', sampleActivity('a')],
    ['a deviation below zero', sampleBiometric('a', { metricType: 'skin_temperature_deviation', value: -0.4 })],
  ])('finds nothing wrong with %s', (_what, entity) => {
    expect(findRecordProblems(entity)).toEqual([]);
  });

  it.each([
    ['endedAt', sampleSleep('a', { endedAt: '2026-03-01T23:00:00+01:00' })],
    ['durationSeconds', sampleSleep('a', { durationSeconds: 23_400 })],
    ['durationSeconds', sampleSleep('a', { deepSleepSeconds: 20_000, lightSleepSeconds: 20_000 })],
    ['stages', sampleSleep('a', { stages: [{ stage: 'deep', start: 'x', end: 'y' }] })],
    ['efficiency', sampleSleep('a', { efficiency: 93 })],
    ['steps', sampleActivity('a', { steps: -1 })],
    ['distanceMeters', sampleWorkout('a', { distanceMeters: Number.POSITIVE_INFINITY })],
    ['startedAt', sampleActivity('a', { startedAt: '2026-03-02T08:00:00' })],
    ['localDate', sampleActivity('a', { localDate: '2026-02-30' })],
    ['timeZone', sampleActivity('a', { timeZone: '+01:00' })],
    ['zoneOffset', sampleActivity('a', { zoneOffset: '+1' })],
  ])('finds a wrong %s', (field, entity) => {
    expect(findRecordProblems(entity).map((problem) => problem.field)).toEqual([field]);
  });

  it('never repeats what is wrong', () => {
    const problems = findRecordProblems(sampleSleep('a', { sleepScore: Number.NaN, endedAt: 'Ada slept badly' }));
    expect(problems).toHaveLength(2);
    expect(JSON.stringify(problems)).not.toMatch(/Ada|NaN/);
  });
});

describe('listHealthStrategies', () => {
  it('gives every route but the unofficial one, official ones first', () => {
    expect(listHealthStrategies('health.oura')).toEqual([
      'official-api',
      'official-mcp',
      'aggregator-api',
      'aggregator-mcp',
    ]);
  });

  it('tries the default first, and each route once', () => {
    expect(
      listHealthStrategies('health.oura', {
        defaultTransport: 'aggregator-api',
        strategyOrder: ['official-api', 'aggregator-api', 'official-api'],
      }),
    ).toEqual(['aggregator-api', 'official-api']);
  });

  it.each([
    [{ allowUnofficial: true }, false],
    [{ unofficialAllowList: ['health.peloton'] }, false],
    [{ allowUnofficial: true, unofficialAllowList: ['health.eightsleep'] }, false],
    [{ allowUnofficial: true, unofficialAllowList: ['health.peloton'] }, true],
  ])('with %j has the unofficial one: %s', (config, expected) => {
    const wanted = { ...config, defaultTransport: 'unofficial' as const };
    expect(listHealthStrategies('health.peloton', wanted).includes('unofficial')).toBe(expected);
  });
});

it('puts the time of the vendor aside where a record is stored, and makes up nothing', () => {
  const night = sampleSleep('a', { updatedAt: '2026-03-02T09:00:00Z' }).record;
  const times = { createdAt: '2026-03-03T00:00:00Z', updatedAt: '2026-03-03T00:00:00Z' };
  expect(toHealthSleepRecord(night, times)).toEqual({
    ...night,
    ...times,
    sourceUpdatedAt: '2026-03-02T09:00:00Z',
  });
});
