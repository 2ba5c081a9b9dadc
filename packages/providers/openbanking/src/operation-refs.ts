/** The operations of the domain by key, in the order of the feature; `./contracts` holds their contracts. */
export const OPENBANKING_OPERATION_REFS = [
  { key: 'openbanking.accounts.list', version: '1.0.0' },
  { key: 'openbanking.accounts.get', version: '1.0.0' },
  { key: 'openbanking.accounts.sync', version: '1.0.0' },
  { key: 'openbanking.transactions.list', version: '1.0.0' },
  { key: 'openbanking.transactions.sync', version: '1.0.0' },
  { key: 'openbanking.balances.get', version: '1.0.0' },
  { key: 'openbanking.balances.refresh', version: '1.0.0' },
] as const;
