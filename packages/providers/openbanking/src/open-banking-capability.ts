import type { CapabilitySpec } from '@mortise/core';
import { OPENBANKING_OPERATION_REFS } from './operation-refs.ts';

/** What a host gets with open banking: the operations on accounts, transactions and balances. */
export const OpenBankingCapability: CapabilitySpec = Object.freeze({
  meta: Object.freeze({
    key: 'openbanking',
    version: '1.0.0',
    kind: 'integration',
    title: 'Open Banking',
    description: 'Accounts, transactions and balances of banks that users consented to.',
    stability: 'experimental',
    owners: ['@platform.finance'],
    tags: ['openbanking', 'finance', 'integrations'],
  }),
  provides: OPENBANKING_OPERATION_REFS.map((ref) => ({ surface: 'operation' as const, ...ref })),
});
