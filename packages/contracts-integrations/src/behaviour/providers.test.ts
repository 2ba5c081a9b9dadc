import * as providers from '@mortise/contracts-integrations/integrations/providers';
import { googleDriveIntegrationSpec } from '@mortise/contracts-integrations/integrations/providers/google-drive';
import { gmailIntegrationSpec } from '@mortise/contracts-integrations/integrations/providers/gmail';
import {
  isProviderDeltaTombstoned,
  type ProviderDeltaSyncState,
} from '@mortise/contracts-integrations/integrations/providers/provider-delta';
import {
  createDefaultIntegrationSpecRegistry,
  filterByAuthMethod,
  filterByokRotatable,
  filterByTransport,
  filterVersioned,
} from '@mortise/contracts-integrations/integrations/providers/registry';
import { IntegrationSpecRegistry } from '@mortise/contracts-integrations/integrations/spec';
import type { IntegrationSpec } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { ESTABLISHED_SPEC_KEYS } from '../compat/established-spec-keys.ts';

type Register = (registry: IntegrationSpecRegistry) => IntegrationSpecRegistry;

const isSpec = (value: unknown): value is IntegrationSpec =>
  typeof value === 'object' && value !== null && 'supportedModes' in value;
const isRegister = (value: unknown): value is Register => typeof value === 'function';

/** Each spec with the function that registers it: `xIntegrationSpec` and `registerXIntegration`. */
const shipped = Object.entries(providers).flatMap(([name, spec]) => {
  if (!isSpec(spec)) return [];
  const stem = name.slice(0, -'IntegrationSpec'.length);
  const register: unknown = Reflect.get(
    providers,
    `register${stem.charAt(0).toUpperCase()}${stem.slice(1)}Integration`,
  );
  return [[spec.meta.key, spec, register] as const];
});

describe('the shipped specs', () => {
  it('are 45, the 43 of the default registry and the two for images', () => {
    expect(shipped.map(([key]) => key).toSorted()).toEqual(
      [...ESTABLISHED_SPEC_KEYS, 'ai-image.fal', 'ai-image.openai'].toSorted(),
    );
  });

  it.each(shipped)('%s is registered by its own function, as it is', (key, spec, register) => {
    if (!isRegister(register)) throw new Error(`${key} has no function that registers it`);
    const registry = new IntegrationSpecRegistry();
    expect(register(registry)).toBe(registry);
    expect(registry.get(key, key === 'analytics.posthog' ? '1.1.0' : '1.0.0')).toBe(spec);
    expect(registry.get(key)).toBe(spec);
    expect(registry.count()).toBe(1);
  });
});

/** What each spec kept, beside its key: modes, capabilities and fields that must be there. */
const KEPT: readonly (readonly [
  key: string,
  modes: string,
  provides: readonly string[],
  secrets: readonly string[],
])[] = [
  ['payments.stripe', 'managed byok', ['payments.psp'], ['apiKey', 'webhookSecret']],
  ['email.postmark', 'managed byok', ['email.transactional'], ['serverToken']],
  ['email.gmail', 'managed byok', ['email.inbound', 'email.outbound', 'provider.delta.watch'], []],
  [
    'storage.google-drive',
    'managed byok',
    ['storage.objects', 'knowledge.ingestion.drive', 'provider.delta.watch'],
    ['clientId', 'clientSecret', 'refreshToken', 'clientEmail', 'privateKey', 'projectId'],
  ],
  ['vectordb.qdrant', 'managed byok', ['vector-db.search', 'vector-db.storage'], ['apiKey']],
  ['vectordb.supabase', 'managed byok', ['vector-db.search', 'vector-db.storage'], ['databaseUrl']],
  ['database.supabase', 'managed byok', ['database.sql'], ['databaseUrl']],
  ['ai-llm.mistral', 'managed byok', ['ai.chat', 'ai.embeddings'], ['apiKey']],
  ['ai-voice-stt.mistral', 'managed byok', ['ai.voice.stt'], ['apiKey']],
  ['ai-voice-conv.mistral', 'managed byok', ['ai.voice.conversational'], ['apiKey']],
  ['project-management.linear', 'managed byok', ['project-management.work-items'], []],
  ['project-management.jira', 'managed byok', ['project-management.work-items'], []],
  ['project-management.notion', 'managed byok', ['project-management.work-items'], []],
  [
    'meeting-recorder.granola',
    'byok',
    ['meeting-recorder.meetings.read', 'meeting-recorder.transcripts.read'],
    ['apiKey', 'mcpAccessToken'],
  ],
  [
    'meeting-recorder.tldv',
    'byok',
    ['meeting-recorder.meetings.read', 'meeting-recorder.transcripts.read', 'meeting-recorder.webhooks'],
    ['apiKey'],
  ],
  [
    'meeting-recorder.fireflies',
    'byok',
    ['meeting-recorder.meetings.read', 'meeting-recorder.transcripts.read', 'meeting-recorder.webhooks'],
    ['apiKey'],
  ],
  [
    'meeting-recorder.fathom',
    'byok',
    ['meeting-recorder.meetings.read', 'meeting-recorder.transcripts.read', 'meeting-recorder.webhooks'],
    ['apiKey'],
  ],
  ['ai-voice.gradium', 'byok', ['ai.voice.tts'], ['apiKey']],
  ['ai-voice.fal', 'byok', ['ai.voice.tts'], ['apiKey']],
  ['analytics.posthog', 'managed byok', [], ['personalApiKey']],
  [
    'messaging.slack',
    'managed byok',
    ['messaging.inbound', 'messaging.outbound', 'messaging.interactions'],
    ['botToken', 'signingSecret'],
  ],
  ['messaging.github', 'managed byok', [], ['token', 'webhookSecret']],
  ['messaging.telegram', 'managed byok', [], ['botToken', 'secretToken']],
  ['messaging.whatsapp.meta', 'managed byok', [], ['accessToken', 'appSecret', 'verifyToken']],
  ['messaging.whatsapp.twilio', 'managed byok', [], ['accountSid', 'authToken']],
];

const specOf = (key: string): IntegrationSpec | undefined => shipped.find(([candidate]) => candidate === key)?.[1];

describe.each(KEPT)('%s', (key, modes, provides, secrets) => {
  it('keeps its modes, capabilities and secret fields', () => {
    const spec = specOf(key);
    expect(spec?.supportedModes).toEqual(expect.arrayContaining(modes.split(' ')));
    expect(spec?.capabilities.provides).toEqual(
      expect.arrayContaining(provides.map((capability) => ({ key: capability, version: '1.0.0' }))),
    );
    for (const secret of secrets) expect(spec?.secretSchema.schema).toHaveProperty(['properties', secret]);
  });
});

describe.each(shipped.filter(([key]) => key.startsWith('health.')))('%s', (_key, spec) => {
  it('is of wearables, with a strategy of its own', () => {
    expect(spec.meta.category).toBe('health');
    expect(spec.capabilities.provides.length).toBeGreaterThan(0);
    expect(spec.configSchema.schema).toHaveProperty(['properties', 'strategyOrder']);
    expect(spec.configSchema.schema).toHaveProperty(['properties', 'allowUnofficial']);
  });
});

describe('specs for syncs', () => {
  it('say that changes can be watched', () => {
    for (const spec of [gmailIntegrationSpec, googleDriveIntegrationSpec]) {
      expect(spec.capabilities.provides).toContainEqual({ key: 'provider.delta.watch', version: '1.0.0' });
    }
    expect(gmailIntegrationSpec.configSchema.schema).toMatchObject({
      properties: { historyCursor: {}, webhookTopic: {} },
    });
    expect(googleDriveIntegrationSpec.supportedAuthMethods?.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['oauth2', 'service-account']),
    );
  });

  it('come with a state that tells deletions', () => {
    const delta: ProviderDeltaSyncState = {
      lease: { holder: 'worker', expiresAt: new Date(0), renewalWindowMs: 1_000 },
      cursor: { cursor: 'c', watermark: 'w', watermarkVersion: 'v1' },
      webhookChannel: { channelId: 'channel', expiresAt: '2026-01-01T00:00:00.000Z' },
      providerEventId: 'event',
      dedupeKey: 'provider:event',
      idempotencyKey: 'tenant:provider:event',
      replayCheckpoint: { checkpointId: 'checkpoint', sequence: 7 },
      tombstone: { deletedAt: '2026-01-01T00:00:00.000Z', reason: 'deleted' },
    };
    expect(delta.tombstone?.reason).toBe('deleted');
    expect(isProviderDeltaTombstoned(delta)).toBe(true);
    expect(isProviderDeltaTombstoned({ cursor: { cursor: 'c' } })).toBe(false);
    expect(isProviderDeltaTombstoned(undefined)).toBe(false);
  });
});

describe('the default registry', () => {
  it('holds the 43 specs in their order, the exported constants themselves', () => {
    const registry = createDefaultIntegrationSpecRegistry();
    expect(registry.list().map(({ meta }) => meta.key)).toEqual(ESTABLISHED_SPEC_KEYS);
    for (const spec of registry.list()) expect(spec).toBe(specOf(spec.meta.key));
  });

  it('leaves room for the image specs, as it always did', () => {
    const registry = createDefaultIntegrationSpecRegistry();
    providers.registerFalImageIntegration(providers.registerOpenaiImageIntegration(registry));
    expect(registry.getByCategory('ai-image')).toHaveLength(2);
  });

  it('holds the whole catalog where it is asked to', () => {
    const registry = createDefaultIntegrationSpecRegistry({ specs: 'all' });
    expect(registry.getByCategory('ai-image').length).toBeGreaterThanOrEqual(2);
    expect(registry.list().slice(0, 43)).toEqual(createDefaultIntegrationSpecRegistry().list());
  });

  it('is filtered by what its specs declare', () => {
    const specs = createDefaultIntegrationSpecRegistry().list();
    for (const spec of filterByTransport(specs, 'webhook')) {
      expect(spec.transports?.some(({ type }) => type === 'webhook')).toBe(true);
    }
    for (const spec of filterByAuthMethod(specs, 'oauth2')) {
      expect(spec.supportedAuthMethods?.some(({ type }) => type === 'oauth2')).toBe(true);
    }
    expect(filterVersioned(specs).map(({ meta }) => meta.key)).toEqual(
      expect.arrayContaining(['payments.stripe', 'messaging.github', 'project-management.notion']),
    );
    for (const spec of filterByokRotatable(specs)) {
      expect([spec.supportedModes.includes('byok'), spec.byokSetup?.keyRotationSupported]).toEqual([true, true]);
    }
  });
});
