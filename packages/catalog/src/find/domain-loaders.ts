import type { IntegrationSpec } from '@mortise/core';

type Load = () => Promise<readonly IntegrationSpec[]>;

const voice: Load = async () => (await import('@mortise/provider-voice/specs')).voiceIntegrationSpecs;

/** Where the specs of a domain are, by the first part of their keys. */
const LOADERS: ReadonlyMap<string, Load> = new Map<string, Load>([
  ['ai-image', async () => (await import('@mortise/provider-image/specs')).imageIntegrationSpecs],
  ['ai-llm', async () => (await import('@mortise/provider-llm/specs')).llmIntegrationSpecs],
  ['ai-voice', voice],
  ['ai-voice-conv', voice],
  ['ai-voice-stt', voice],
  ['analytics', async () => (await import('@mortise/provider-analytics/specs')).analyticsIntegrationSpecs],
  ['calendar', async () => (await import('@mortise/provider-calendar/specs')).calendarIntegrationSpecs],
  ['database', async () => (await import('@mortise/provider-database/specs')).databaseIntegrationSpecs],
  ['email', async () => (await import('@mortise/provider-email/specs')).emailIntegrationSpecs],
  ['fallback', async () => (await import('@mortise/provider-composio/specs')).composioIntegrationSpecs],
  ['health', async () => (await import('@mortise/provider-health/specs')).healthIntegrationSpecs],
  [
    'meeting-recorder',
    async () => (await import('@mortise/provider-meeting-recorder/specs')).meetingRecorderIntegrationSpecs,
  ],
  ['messaging', async () => (await import('@mortise/provider-messaging/specs')).messagingIntegrationSpecs],
  ['openbanking', async () => (await import('@mortise/provider-openbanking/specs')).openbankingIntegrationSpecs],
  ['payments', async () => (await import('@mortise/provider-payments/specs')).paymentsIntegrationSpecs],
  [
    'project-management',
    async () => (await import('@mortise/provider-project-management/specs')).projectManagementIntegrationSpecs,
  ],
  ['sms', async () => (await import('@mortise/provider-sms/specs')).smsIntegrationSpecs],
  ['storage', async () => (await import('@mortise/provider-storage/specs')).storageIntegrationSpecs],
  ['vectordb', async () => (await import('@mortise/provider-vector-store/specs')).vectorStoreIntegrationSpecs],
]);

/** The specs among which a key is, if it is shipped at all. */
export async function loadDomainOf(key: string): Promise<readonly IntegrationSpec[]> {
  const load = LOADERS.get(key.split('.', 1)[0] ?? '');
  return load === undefined ? [] : load();
}
