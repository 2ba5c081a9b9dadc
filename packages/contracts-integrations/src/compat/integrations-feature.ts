import { type FeatureModuleSpec, StabilityEnum } from '@mortise/core';

const version = '1.0.0';

/** Management of connections: the five operations, and what they give and need. */
export const IntegrationsFeature: FeatureModuleSpec = {
  meta: {
    key: 'platform.integrations',
    version,
    title: 'Platform Integrations',
    description: 'Lets administrators add, change, list, check and remove connections of their tenant',
    domain: 'platform',
    stability: StabilityEnum.Experimental,
    owners: ['@platform.integrations'],
    tags: ['integrations', 'connections', 'platform'],
  },
  operations: [
    { key: 'integrations.connection.create', version },
    { key: 'integrations.connection.update', version },
    { key: 'integrations.connection.delete', version },
    { key: 'integrations.connection.list', version },
    { key: 'integrations.connection.test', version },
  ],
  events: [],
  presentations: [],
  opToPresentation: [],
  presentationsTargets: [],
  capabilities: {
    provides: [{ key: 'integrations', version }],
    requires: [{ key: 'identity', version }],
  },
};
