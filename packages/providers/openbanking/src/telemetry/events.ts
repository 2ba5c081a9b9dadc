/** Telemetry events of the domain. Only the six of the commands are sent by the contracts; a host sends the last. */
export const OPENBANKING_TELEMETRY_EVENTS = {
  accountsSynced: 'openbanking.accounts.synced',
  accountsSyncFailed: 'openbanking.accounts.sync_failed',
  transactionsSynced: 'openbanking.transactions.synced',
  transactionsSyncFailed: 'openbanking.transactions.sync_failed',
  balancesRefreshed: 'openbanking.balances.refreshed',
  balancesRefreshFailed: 'openbanking.balances.refresh_failed',
  overviewGenerated: 'openbanking.overview.generated',
} as const;

export type OpenBankingTelemetryEvent =
  (typeof OPENBANKING_TELEMETRY_EVENTS)[keyof typeof OPENBANKING_TELEMETRY_EVENTS];
