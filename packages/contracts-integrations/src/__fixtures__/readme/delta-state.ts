import type { ProviderDeltaSyncState } from '@mortise/contracts-integrations/integrations/providers/provider-delta';
const delta: ProviderDeltaSyncState = {
  lease: {
    holder: 'knowledge-sync-worker',
    expiresAt: '2026-04-30T13:00:00.000Z',
    renewalWindowMs: 60_000,
  },
  cursor: {
    cursor: 'gmail-history-123',
    watermarkVersion: 'history-v1',
  },
  webhookChannel: {
    channelId: 'google-channel-1',
    resourceId: 'google-resource-1',
    expiresAt: '2026-04-30T14:00:00.000Z',
  },
  providerEventId: 'provider-event-1',
  dedupeKey: 'gmail:provider-event-1',
  idempotencyKey: 'tenant:gmail:provider-event-1',
  replayCheckpoint: {
    checkpointId: 'replay-1',
  },
};

export { delta };
