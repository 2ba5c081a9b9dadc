import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, it } from 'vitest';
import type { HealthEntity } from '../model/entity.ts';
import { sampleActivity, sampleBiometric, sampleSleep, sampleWorkout, SCOPE } from '../testing/sample-records.ts';
import {
  HealthActivitySchema,
  HealthBiometricSchema,
  HealthNutritionSchema,
  HealthSleepSchema,
  HealthWorkoutSchema,
} from './entity-schemas.ts';
import {
  HealthActivityRecord,
  HealthBiometricRecord,
  HealthNutritionRecord,
  HealthSleepRecord,
  HealthWebhookEventRecord,
  HealthWorkoutRecord,
} from './record-models.ts';

const nutrition: HealthEntity = {
  entityType: 'nutrition',
  record: {
    ...SCOPE,
    id: 'n',
    externalId: 'n',
    providerKey: 'health.fitbit',
    loggedAt: '2026-03-02T12:00:00+01:00',
    meal: 'lunch',
    items: [{ name: 'Soup' }],
    nutrients: [{ code: 'sodium', grams: 1.2 }],
  },
};
const origin = { method: 'automatic' as const, device: { type: 'watch' as const, model: 'X' } };
const SAMPLES = [
  [
    'HealthActivity',
    HealthActivitySchema,
    HealthActivityRecord,
    sampleActivity('a', { steps: 10, grain: 'daily_total', localDate: '2026-03-02', origin }),
  ],
  [
    'HealthWorkout',
    HealthWorkoutSchema,
    HealthWorkoutRecord,
    sampleWorkout('a', {
      zones: [{ kind: 'heart_rate', lower: 120, seconds: 60 }],
      route: { encoding: 'polyline', data: '_p~iF' },
    }),
  ],
  [
    'HealthSleep',
    HealthSleepSchema,
    HealthSleepRecord,
    sampleSleep('a', {
      stages: [{ stage: 'rem', start: '2026-03-02T00:00:00Z', end: '2026-03-02T01:00:00Z' }],
      efficiency: 0.9,
    }),
  ],
  [
    'HealthBiometric',
    HealthBiometricSchema,
    HealthBiometricRecord,
    sampleBiometric('a', { components: [{ metricType: 'x', absentReason: 'error' }] }),
  ],
  ['HealthNutrition', HealthNutritionSchema, HealthNutritionRecord, nutrition],
] as const;
const accepts = (schema: unknown, value: unknown) => validateAgainstSchema<unknown>(schema, value).valid;
const times = { createdAt: '2026-03-03T00:00:00Z', updatedAt: '2026-03-03T00:00:00Z' };

describe.each(SAMPLES)('%s', (name, schema, stored, { record }) => {
  it('is taken after a trip through JSON', () => {
    expect(accepts(schema, JSON.parse(JSON.stringify(record)))).toBe(true);
    expect(accepts(stored, JSON.parse(JSON.stringify({ ...record, ...times })))).toBe(true);
    expect(stored).toHaveProperty('title', `${name}Record`);
  });

  it('needs its ids, and storage times where it is stored', () => {
    const fields = ['id', 'tenantId', 'connectionId', 'providerKey', 'externalId'];
    expect(fields.filter((field) => accepts(schema, { ...record, [field]: '' }))).toEqual([]);
    expect(accepts(stored, record)).toBe(false);
    const { updatedAt: _updatedAt, ...created } = { ...record, ...times };
    expect(accepts(stored, created)).toBe(name === 'HealthBiometric');
  });

  it('refuses a field of another name, and a Date that JSON has not turned into text', () => {
    expect(accepts(schema, { ...record, heartrate: 61 })).toBe(false);
    expect(accepts(schema, { ...record, updatedAt: new Date(0) })).toBe(false);
    expect(accepts(schema, { ...record, updatedAt: '2026-03-02T00:00:00' })).toBe(false);
    expect(accepts(schema, { ...record, localDate: '2026-02-30' })).toBe(false);
    expect(accepts(schema, { ...record, zoneOffset: '+25:00' })).toBe(false);
  });
});

it.each([
  [HealthActivitySchema, { ...sampleActivity('a').record, steps: -1 }],
  [HealthActivitySchema, { ...sampleActivity('a').record, steps: 1.5 }],
  [HealthSleepSchema, { ...sampleSleep('a').record, durationSeconds: -1 }],
  [HealthSleepSchema, { ...sampleSleep('a').record, efficiency: 93 }],
  [HealthBiometricSchema, { ...sampleBiometric('a').record, value: Number.NaN }],
  [HealthBiometricSchema, { ...sampleBiometric('a').record, value: '61' }],
])('refuses what no record can hold (%#)', (schema, record) => {
  expect(accepts(schema, record)).toBe(false);
});

it('takes an event of any vendor, whatever it is about', () => {
  expect(
    accepts(HealthWebhookEventRecord, { providerKey: 'health.oura', entityType: 'aura', payload: [1, null] }),
  ).toBe(true);
  expect(accepts(HealthWebhookEventRecord, { providerKey: '' })).toBe(false);
});
