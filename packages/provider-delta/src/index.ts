export type {
  ProviderDeltaCursor,
  ProviderDeltaEnvelope,
  ProviderDeltaInstant,
  ProviderDeltaLease,
  ProviderDeltaReplayCheckpoint,
  ProviderDeltaSyncState,
  ProviderDeltaTombstone,
  ProviderDeltaWebhookChannel,
} from './sync-state.ts';
export { isProviderDeltaTombstoned } from './sync-state.ts';
