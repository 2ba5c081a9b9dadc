import { type CapabilitySpec, StabilityEnum } from '@mortise/core';

/** That an application can be connected to services of third parties. */
export const IntegrationsCapability: CapabilitySpec = {
  meta: {
    key: 'integrations',
    version: '1.0.0',
    kind: 'integration',
    stability: StabilityEnum.Experimental,
    description: 'Connections of tenants to services of third parties',
    owners: ['@platform.core'],
    tags: ['integrations', 'platform'],
  },
};
