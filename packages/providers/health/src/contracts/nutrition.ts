import { defineCommand, defineQuery, type OperationSpecRegistry } from '@mortise/core/operations';
import { type Static, Type } from '@mortise/core/schema';
import { closed } from '../schema/fields.ts';
import { HealthNutritionRecord } from '../schema/record-models.ts';
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

export const HealthListNutritionInput = Type.Object(listFields(), { ...closed, title: 'HealthListNutritionInput' });
export type HealthListNutritionInput = Static<typeof HealthListNutritionInput>;

export const HealthListNutritionOutput = Type.Object(
  { nutrition: Type.Array(HealthNutritionRecord), ...pageFields() },
  { ...closed, title: 'HealthListNutritionOutput' },
);
export type HealthListNutritionOutput = Static<typeof HealthListNutritionOutput>;

export const HealthSyncNutritionInput = Type.Object(syncFields(), { ...closed, title: 'HealthSyncNutritionInput' });
export type HealthSyncNutritionInput = Static<typeof HealthSyncNutritionInput>;

export const HealthSyncNutritionOutput = Type.Object(syncResultFields(), {
  ...closed,
  title: 'HealthSyncNutritionOutput',
});
export type HealthSyncNutritionOutput = Static<typeof HealthSyncNutritionOutput>;

/** Stored what people ate and drank, oldest first, page by page. */
export const HealthListNutrition = defineQuery({
  meta: {
    ...areaMeta('nutrition'),
    key: 'health.nutrition.list',
    title: 'List Nutrition',
    description: 'Lists stored what people ate and drank.',
    goal: 'See what people eat and drink.',
    context: 'Used by people for their own records and by administrators. Reads what was synced, not the vendor.',
  },
  capability: readCapability('nutrition'),
  io: { input: HealthListNutritionInput, output: HealthListNutritionOutput, errors: listErrors() },
  policy: listPolicy('health.nutrition'),
});

/** Reads what people ate and drank from the vendor and stores them. */
export const HealthSyncNutrition = defineCommand({
  meta: {
    ...areaMeta('nutrition'),
    key: 'health.nutrition.sync',
    title: 'Sync Nutrition',
    description:
      'Reads what people ate and drank from the vendor and stores them; a record that comes again replaces the earlier one.',
    goal: 'Keep the stored records as the vendor has them.',
    context:
      'Used by schedulers and administrators. A record that cannot be stored is reported and does not end the sync.',
  },
  capability: readCapability('nutrition'),
  io: { input: HealthSyncNutritionInput, output: HealthSyncNutritionOutput, errors: syncErrors() },
  policy: { ...syncPolicy('health.nutrition'), idempotent: true },
  telemetry: syncTelemetry(HEALTH_TELEMETRY_EVENTS.nutritionSynced, HEALTH_TELEMETRY_EVENTS.nutritionSyncFailed),
  sideEffects: { audit: ['health.nutrition.synced'] },
});

/** The two operations of the area by name. */
export const healthNutritionContracts = { HealthListNutrition, HealthSyncNutrition } as const;

/**
 * Registers the two operations of the area.
 *
 * @returns The registry.
 * @throws {DuplicateContractError} One of them is registered already.
 */
export function registerHealthNutritionContracts(registry: OperationSpecRegistry): OperationSpecRegistry {
  return registry.register(HealthListNutrition).register(HealthSyncNutrition);
}
