import { defineCommand, defineQuery, type OperationSpecRegistry } from '@mortise/core/operations';
import { type Static, Type } from '@mortise/core/schema';
import { closed } from '../schema/fields.ts';
import { HealthWorkoutRecord } from '../schema/record-models.ts';
import { HEALTH_TELEMETRY_EVENTS } from '../telemetry/telemetry-events.ts';
import {
  areaMeta,
  listErrors,
  listFields,
  listPolicy,
  pageFields,
  readCapability,
  syncErrors,
  syncFields,
  syncPolicy,
  syncResultFields,
} from './area.ts';
import { syncTelemetry } from './telemetry-triggers.ts';

export const HealthListWorkoutsInput = Type.Object(listFields(), { ...closed, title: 'HealthListWorkoutsInput' });
export type HealthListWorkoutsInput = Static<typeof HealthListWorkoutsInput>;

export const HealthListWorkoutsOutput = Type.Object(
  { workouts: Type.Array(HealthWorkoutRecord), ...pageFields() },
  { ...closed, title: 'HealthListWorkoutsOutput' },
);
export type HealthListWorkoutsOutput = Static<typeof HealthListWorkoutsOutput>;

export const HealthSyncWorkoutsInput = Type.Object(syncFields(), { ...closed, title: 'HealthSyncWorkoutsInput' });
export type HealthSyncWorkoutsInput = Static<typeof HealthSyncWorkoutsInput>;

export const HealthSyncWorkoutsOutput = Type.Object(syncResultFields(), {
  ...closed,
  title: 'HealthSyncWorkoutsOutput',
});
export type HealthSyncWorkoutsOutput = Static<typeof HealthSyncWorkoutsOutput>;

/** Stored training sessions, oldest first, page by page. */
export const HealthListWorkouts = defineQuery({
  meta: {
    ...areaMeta('workouts'),
    key: 'health.workouts.list',
    title: 'List Workouts',
    description: 'Lists stored training sessions.',
    goal: 'See when and how people train.',
    context: 'Used by people for their own records and by administrators. Reads what was synced, not the vendor.',
  },
  capability: readCapability('workouts'),
  io: { input: HealthListWorkoutsInput, output: HealthListWorkoutsOutput, errors: listErrors() },
  policy: listPolicy('health.workout'),
});

/** Reads training sessions from the vendor and stores them. */
export const HealthSyncWorkouts = defineCommand({
  meta: {
    ...areaMeta('workouts'),
    key: 'health.workouts.sync',
    title: 'Sync Workouts',
    description:
      'Reads training sessions from the vendor and stores them; a record that comes again replaces the earlier one.',
    goal: 'Keep the stored records as the vendor has them.',
    context:
      'Used by schedulers and administrators. A record that cannot be stored is reported and does not end the sync.',
  },
  capability: readCapability('workouts'),
  io: { input: HealthSyncWorkoutsInput, output: HealthSyncWorkoutsOutput, errors: syncErrors() },
  policy: { ...syncPolicy('health.workout'), idempotent: true },
  telemetry: syncTelemetry(HEALTH_TELEMETRY_EVENTS.workoutsSynced, HEALTH_TELEMETRY_EVENTS.workoutsSyncFailed),
  sideEffects: { audit: ['health.workouts.synced'] },
});

/** The two operations of the area by name. */
export const healthWorkoutContracts = { HealthListWorkouts, HealthSyncWorkouts } as const;

/**
 * Registers the two operations of the area.
 *
 * @returns The registry.
 * @throws {DuplicateContractError} One of them is registered already.
 */
export function registerHealthWorkoutContracts(registry: OperationSpecRegistry): OperationSpecRegistry {
  return registry.register(HealthListWorkouts).register(HealthSyncWorkouts);
}
