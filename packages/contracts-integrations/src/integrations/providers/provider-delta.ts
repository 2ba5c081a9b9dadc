export type {
  ProviderDeltaCursor,
  ProviderDeltaEnvelope,
  ProviderDeltaLease,
  ProviderDeltaReplayCheckpoint,
  ProviderDeltaSyncState,
  ProviderDeltaTombstone,
  ProviderDeltaWebhookChannel,
} from '@mortise/provider-delta';
export { isProviderDeltaTombstoned } from '@mortise/provider-delta';
