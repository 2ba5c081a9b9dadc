import { defineCommand, defineQuery, type OperationSpecRegistry } from '@mortise/core/operations';
import { type Static, Type } from '@mortise/core/schema';
import { closed } from '../schema/fields.ts';
import { HealthSleepRecord } from '../schema/record-models.ts';
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

export const HealthListSleepInput = Type.Object(listFields(), { ...closed, title: 'HealthListSleepInput' });
export type HealthListSleepInput = Static<typeof HealthListSleepInput>;

export const HealthListSleepOutput = Type.Object(
  { sleep: Type.Array(HealthSleepRecord), ...pageFields() },
  { ...closed, title: 'HealthListSleepOutput' },
);
export type HealthListSleepOutput = Static<typeof HealthListSleepOutput>;

export const HealthSyncSleepInput = Type.Object(syncFields(), { ...closed, title: 'HealthSyncSleepInput' });
export type HealthSyncSleepInput = Static<typeof HealthSyncSleepInput>;

export const HealthSyncSleepOutput = Type.Object(syncResultFields(), { ...closed, title: 'HealthSyncSleepOutput' });
export type HealthSyncSleepOutput = Static<typeof HealthSyncSleepOutput>;

/** Stored nights and naps, oldest first, page by page. */
export const HealthListSleep = defineQuery({
  meta: {
    ...areaMeta('sleep'),
    key: 'health.sleep.list',
    title: 'List Sleep',
    description: 'Lists stored nights and naps.',
    goal: 'See how people sleep.',
    context: 'Used by people for their own records and by administrators. Reads what was synced, not the vendor.',
  },
  capability: readCapability('sleep'),
  io: { input: HealthListSleepInput, output: HealthListSleepOutput, errors: listErrors() },
  policy: listPolicy('health.sleep'),
});

/** Reads nights and naps from the vendor and stores them. */
export const HealthSyncSleep = defineCommand({
  meta: {
    ...areaMeta('sleep'),
    key: 'health.sleep.sync',
    title: 'Sync Sleep',
    description:
      'Reads nights and naps from the vendor and stores them; a record that comes again replaces the earlier one.',
    goal: 'Keep the stored records as the vendor has them.',
    context:
      'Used by schedulers and administrators. A record that cannot be stored is reported and does not end the sync.',
  },
  capability: readCapability('sleep'),
  io: { input: HealthSyncSleepInput, output: HealthSyncSleepOutput, errors: syncErrors() },
  policy: { ...syncPolicy('health.sleep'), idempotent: true },
  telemetry: syncTelemetry(HEALTH_TELEMETRY_EVENTS.sleepSynced, HEALTH_TELEMETRY_EVENTS.sleepSyncFailed),
  sideEffects: { audit: ['health.sleep.synced'] },
});

/** The two operations of the area by name. */
export const healthSleepContracts = { HealthListSleep, HealthSyncSleep } as const;

/**
 * Registers the two operations of the area.
 *
 * @returns The registry.
 * @throws {DuplicateContractError} One of them is registered already.
 */
export function registerHealthSleepContracts(registry: OperationSpecRegistry): OperationSpecRegistry {
  return registry.register(HealthListSleep).register(HealthSyncSleep);
}
