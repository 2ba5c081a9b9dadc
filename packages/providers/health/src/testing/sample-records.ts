import type { HealthActivity } from '../model/activity.ts';
import type { HealthBiometric } from '../model/biometric.ts';
import type { HealthEntity, HealthEntityType } from '../model/entity.ts';
import type { HealthSleep } from '../model/sleep.ts';
import type { HealthWorkout } from '../model/workout.ts';

/** Whose records the checks work on. */
export const SCOPE = { tenantId: 'tenant-a', connectionId: 'connection-a', userId: 'user-a' } as const;

/** An entity of one kind. */
type EntityOf<Type extends HealthEntityType> = Extract<HealthEntity, { entityType: Type }>;

const base = (externalId: string) => ({
  ...SCOPE,
  id: `id-${externalId}`,
  externalId,
  providerKey: 'health.in-memory',
});

export function sampleSleep(externalId: string, fields: Partial<HealthSleep> = {}): EntityOf<'sleep'> {
  return {
    entityType: 'sleep',
    record: {
      ...base(externalId),
      startedAt: '2026-03-01T23:30:00+01:00',
      endedAt: '2026-03-02T07:00:00+01:00',
      ...fields,
    },
  };
}

export function sampleWorkout(externalId: string, fields: Partial<HealthWorkout> = {}): EntityOf<'workout'> {
  return {
    entityType: 'workout',
    record: {
      ...base(externalId),
      workoutType: 'Run',
      startedAt: '2026-03-02T18:00:00+01:00',
      endedAt: '2026-03-02T18:45:00+01:00',
      ...fields,
    },
  };
}

export function sampleActivity(externalId: string, fields: Partial<HealthActivity> = {}): EntityOf<'activity'> {
  return {
    entityType: 'activity',
    record: { ...base(externalId), activityType: 'walking', startedAt: '2026-03-02T08:00:00+01:00', ...fields },
  };
}

export function sampleBiometric(externalId: string, fields: Partial<HealthBiometric> = {}): EntityOf<'biometric'> {
  return {
    entityType: 'biometric',
    record: {
      ...base(externalId),
      metricType: 'heart_rate',
      value: 61,
      unit: '/min',
      measuredAt: '2026-03-02T08:00:00+01:00',
      ...fields,
    },
  };
}

/** Activities an hour apart, the first at midnight in UTC of 2 March 2026. */
export function hourlyActivities(count: number): EntityOf<'activity'>[] {
  return Array.from({ length: count }, (_, hour) =>
    sampleActivity(`hour-${String(hour).padStart(2, '0')}`, {
      startedAt: new Date(Date.UTC(2026, 2, 2, hour)).toISOString(),
      steps: 100 + hour,
    }),
  );
}
