import { defineCommand, defineQuery, type OperationSpecRegistry } from '@mortise/core/operations';
import { type Static, Type } from '@mortise/core/schema';
import { closed } from '../schema/fields.ts';
import { HealthActivityRecord } from '../schema/record-models.ts';
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

export const HealthListActivitiesInput = Type.Object(listFields(), { ...closed, title: 'HealthListActivitiesInput' });
export type HealthListActivitiesInput = Static<typeof HealthListActivitiesInput>;

export const HealthListActivitiesOutput = Type.Object(
  { activities: Type.Array(HealthActivityRecord), ...pageFields() },
  { ...closed, title: 'HealthListActivitiesOutput' },
);
export type HealthListActivitiesOutput = Static<typeof HealthListActivitiesOutput>;

export const HealthSyncActivitiesInput = Type.Object(syncFields(), { ...closed, title: 'HealthSyncActivitiesInput' });
export type HealthSyncActivitiesInput = Static<typeof HealthSyncActivitiesInput>;

export const HealthSyncActivitiesOutput = Type.Object(syncResultFields(), {
  ...closed,
  title: 'HealthSyncActivitiesOutput',
});
export type HealthSyncActivitiesOutput = Static<typeof HealthSyncActivitiesOutput>;

/** Stored movement: steps, distance and energy of days and parts of days, oldest first, page by page. */
export const HealthListActivities = defineQuery({
  meta: {
    ...areaMeta('activities'),
    key: 'health.activities.list',
    title: 'List Activities',
    description: 'Lists stored movement: steps, distance and energy of days and parts of days.',
    goal: 'See how much people move.',
    context: 'Used by people for their own records and by administrators. Reads what was synced, not the vendor.',
  },
  capability: readCapability('activities'),
  io: { input: HealthListActivitiesInput, output: HealthListActivitiesOutput, errors: listErrors() },
  policy: listPolicy('health.activity'),
});

/** Reads movement: steps, distance and energy of days and parts of days from the vendor and stores them. */
export const HealthSyncActivities = defineCommand({
  meta: {
    ...areaMeta('activities'),
    key: 'health.activities.sync',
    title: 'Sync Activities',
    description:
      'Reads movement: steps, distance and energy of days and parts of days from the vendor and stores them; a record that comes again replaces the earlier one.',
    goal: 'Keep the stored records as the vendor has them.',
    context:
      'Used by schedulers and administrators. A record that cannot be stored is reported and does not end the sync.',
  },
  capability: readCapability('activities'),
  io: { input: HealthSyncActivitiesInput, output: HealthSyncActivitiesOutput, errors: syncErrors() },
  policy: { ...syncPolicy('health.activity'), idempotent: true },
  telemetry: syncTelemetry(HEALTH_TELEMETRY_EVENTS.activitiesSynced, HEALTH_TELEMETRY_EVENTS.activitiesSyncFailed),
  sideEffects: { audit: ['health.activities.synced'] },
});

/** The two operations of the area by name. */
export const healthActivityContracts = { HealthListActivities, HealthSyncActivities } as const;

/**
 * Registers the two operations of the area.
 *
 * @returns The registry.
 * @throws {DuplicateContractError} One of them is registered already.
 */
export function registerHealthActivityContracts(registry: OperationSpecRegistry): OperationSpecRegistry {
  return registry.register(HealthListActivities).register(HealthSyncActivities);
}
