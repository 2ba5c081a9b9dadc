import { type FeatureModuleSpec, StabilityEnum, type VersionedSpecRef } from '@mortise/core';

const OPERATIONS: readonly string[] = [
  'health.activities.list',
  'health.activities.sync',
  'health.workouts.list',
  'health.workouts.sync',
  'health.sleep.list',
  'health.sleep.sync',
  'health.biometrics.list',
  'health.biometrics.sync',
  'health.nutrition.list',
  'health.nutrition.sync',
  'health.webhooks.ingest',
  'integrations.connection.create',
  'integrations.connection.update',
  'integrations.connection.delete',
  'integrations.connection.list',
  'integrations.connection.test',
  'meeting-recorder.meetings.list',
  'meeting-recorder.meetings.get',
  'meeting-recorder.transcripts.get',
  'meeting-recorder.transcripts.sync',
  'meeting-recorder.webhooks.ingest',
  'openbanking.accounts.list',
  'openbanking.accounts.get',
  'openbanking.accounts.sync',
  'openbanking.balances.get',
  'openbanking.balances.refresh',
  'openbanking.transactions.list',
  'openbanking.transactions.sync',
];

/** Everything that this package describes: the operations of all its domains. */
export const ContractsIntegrationsFeature: FeatureModuleSpec = {
  meta: {
    key: 'libs.contracts-integrations',
    version: '1.0.0',
    title: 'Contracts Integrations',
    description: 'Contracts of integrations: connections, wearables, meeting recorders and open banking',
    domain: 'contracts-integrations',
    stability: StabilityEnum.Experimental,
    owners: ['@contractspec-core'],
    tags: ['package', 'libs', 'contracts-integrations'],
  },
  operations: OPERATIONS.map((key): VersionedSpecRef => ({ key, version: '1.0.0' })),
};
