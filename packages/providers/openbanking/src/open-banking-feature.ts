import type { FeatureModuleSpec } from '@mortise/core';
import { OPENBANKING_OPERATION_REFS } from './operation-refs.ts';

/** Open banking as a feature of an application. */
export const OpenBankingFeature: FeatureModuleSpec = Object.freeze({
  meta: Object.freeze({
    key: 'openbanking',
    version: '1.0.0',
    title: 'Open Banking Integration',
    description: 'Reads accounts, transactions and balances through a connected open-banking provider.',
    domain: 'integrations',
    stability: 'experimental',
    owners: ['@platform.finance'],
    tags: ['open-banking', 'powens', 'finance', 'banking'],
  }),
  operations: OPENBANKING_OPERATION_REFS,
  events: [],
  presentations: [],
  opToPresentation: [],
  presentationsTargets: [],
  capabilities: {
    provides: [{ key: 'openbanking', version: '1.0.0' }],
    requires: [{ key: 'identity', version: '1.0.0' }],
  },
});
