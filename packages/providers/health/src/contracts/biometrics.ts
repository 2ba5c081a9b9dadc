import { defineCommand, defineQuery, type OperationSpecRegistry } from '@mortise/core/operations';
import { type Static, Type } from '@mortise/core/schema';
import { closed, optional } from '../schema/fields.ts';
import { HealthBiometricRecord } from '../schema/record-models.ts';
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

const metricTypes = () =>
  optional(Type.Array(Type.String({ minLength: 1 }), { description: 'Metrics wanted. Absent or empty: all' }));

export const HealthListBiometricsInput = Type.Object(
  { ...listFields(), metricTypes: metricTypes() },
  { ...closed, title: 'HealthListBiometricsInput' },
);
export type HealthListBiometricsInput = Static<typeof HealthListBiometricsInput>;

export const HealthListBiometricsOutput = Type.Object(
  { biometrics: Type.Array(HealthBiometricRecord), ...pageFields() },
  { ...closed, title: 'HealthListBiometricsOutput' },
);
export type HealthListBiometricsOutput = Static<typeof HealthListBiometricsOutput>;

export const HealthSyncBiometricsInput = Type.Object(
  { ...syncFields(), metricTypes: metricTypes() },
  { ...closed, title: 'HealthSyncBiometricsInput' },
);
export type HealthSyncBiometricsInput = Static<typeof HealthSyncBiometricsInput>;

export const HealthSyncBiometricsOutput = Type.Object(syncResultFields(), {
  ...closed,
  title: 'HealthSyncBiometricsOutput',
});
export type HealthSyncBiometricsOutput = Static<typeof HealthSyncBiometricsOutput>;

/** Stored measurements such as heart rate and weight, oldest first, page by page. */
export const HealthListBiometrics = defineQuery({
  meta: {
    ...areaMeta('biometrics'),
    key: 'health.biometrics.list',
    title: 'List Biometrics',
    description: 'Lists stored measurements such as heart rate and weight.',
    goal: 'See how measurements develop.',
    context: 'Used by people for their own records and by administrators. Reads what was synced, not the vendor.',
  },
  capability: readCapability('biometrics'),
  io: { input: HealthListBiometricsInput, output: HealthListBiometricsOutput, errors: listErrors() },
  policy: listPolicy('health.biometric'),
});

/** Reads measurements such as heart rate and weight from the vendor and stores them. */
export const HealthSyncBiometrics = defineCommand({
  meta: {
    ...areaMeta('biometrics'),
    key: 'health.biometrics.sync',
    title: 'Sync Biometrics',
    description:
      'Reads measurements such as heart rate and weight from the vendor and stores them; a record that comes again replaces the earlier one.',
    goal: 'Keep the stored records as the vendor has them.',
    context:
      'Used by schedulers and administrators. A record that cannot be stored is reported and does not end the sync.',
  },
  capability: readCapability('biometrics'),
  io: { input: HealthSyncBiometricsInput, output: HealthSyncBiometricsOutput, errors: syncErrors() },
  policy: { ...syncPolicy('health.biometric'), idempotent: true },
  telemetry: syncTelemetry(HEALTH_TELEMETRY_EVENTS.biometricsSynced, HEALTH_TELEMETRY_EVENTS.biometricsSyncFailed),
  sideEffects: { audit: ['health.biometrics.synced'] },
});

/** The two operations of the area by name. */
export const healthBiometricContracts = { HealthListBiometrics, HealthSyncBiometrics } as const;

/**
 * Registers the two operations of the area.
 *
 * @returns The registry.
 * @throws {DuplicateContractError} One of them is registered already.
 */
export function registerHealthBiometricContracts(registry: OperationSpecRegistry): OperationSpecRegistry {
  return registry.register(HealthListBiometrics).register(HealthSyncBiometrics);
}
