import { requestCredentials } from '@mortise/auth';
import {
  findAllTransportConfigs,
  type IntegrationSpec,
  IntegrationSpecRegistry,
  isRequestAuthType,
  supportsTransport,
} from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import { checkShippedSpec } from '@mortise/core/testing';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  deepgramIntegrationSpec,
  elevenLabsIntegrationSpec,
  falIntegrationSpec,
  gradiumIntegrationSpec,
  mistralConversationalIntegrationSpec,
  mistralSttIntegrationSpec,
  openaiRealtimeIntegrationSpec,
  registerDeepgramIntegration,
  registerElevenLabsIntegration,
  registerFalIntegration,
  registerGradiumIntegration,
  registerMistralConversationalIntegration,
  registerMistralSttIntegration,
  registerOpenaiRealtimeIntegration,
  voiceIntegrationSpecs,
} from './index.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

interface Kept {
  readonly file: string;
  readonly category: string;
  readonly modes: readonly string[];
  readonly provides: readonly string[];
  readonly config: readonly string[];
}

/** What existing connections and slots use. The secret `apiKey` is required by each. */
const KEPT_NAMES: Readonly<Record<string, Kept>> = {
  'ai-voice-stt.mistral': {
    file: 'mistral-stt.ts',
    category: 'ai-voice-stt',
    modes: ['managed', 'byok'],
    provides: ['ai.voice.stt'],
    config: ['model', 'language', 'diarize', 'wordTimestamps'],
  },
  'ai-voice-conv.mistral': {
    file: 'mistral-conversational.ts',
    category: 'ai-voice-conversational',
    modes: ['managed', 'byok'],
    provides: ['ai.voice.conversational'],
    config: ['model', 'defaultVoice', 'turnDetection', 'maxSessionDurationSeconds'],
  },
  'ai-voice.elevenlabs': {
    file: 'elevenlabs.ts',
    category: 'ai-voice-tts',
    modes: ['managed', 'byok'],
    provides: ['ai.voice.tts', 'ai.voice.stt'],
    config: ['defaultVoiceId'],
  },
  'ai-voice.gradium': {
    file: 'gradium.ts',
    category: 'ai-voice-tts',
    modes: ['byok'],
    provides: ['ai.voice.tts'],
    config: ['defaultVoiceId', 'region', 'baseUrl', 'timeoutMs', 'outputFormat'],
  },
  'ai-voice.fal': {
    file: 'fal.ts',
    category: 'ai-voice-tts',
    modes: ['byok'],
    provides: ['ai.voice.tts'],
    config: ['modelId', 'defaultVoiceUrl', 'defaultExaggeration', 'defaultTemperature', 'defaultCfg', 'pollIntervalMs'],
  },
  'ai-voice-stt.deepgram': {
    file: 'deepgram.ts',
    category: 'ai-voice-stt',
    modes: ['byok'],
    provides: ['ai.voice.stt', 'ai.voice.conversational'],
    config: ['model', 'language', 'enableDiarization', 'enableSmartFormat'],
  },
  'ai-voice-conv.openai': {
    file: 'openai-realtime.ts',
    category: 'ai-voice-conversational',
    modes: ['byok'],
    provides: ['ai.voice.conversational'],
    config: ['model', 'defaultVoice', 'turnDetection', 'maxSessionDurationSeconds'],
  },
};

/** Headers that each request method makes of the example secrets, in declared order. */
const HEADERS: Readonly<Record<string, readonly Record<string, string>[]>> = {
  'ai-voice-stt.mistral': [
    { Authorization: 'Bearer mistral-api-key-placeholder' },
    { Authorization: 'Bearer mistral-api-key-placeholder' },
  ],
  'ai-voice-conv.mistral': [
    { Authorization: 'Bearer mistral-api-key-placeholder' },
    { Authorization: 'Bearer mistral-api-key-placeholder' },
  ],
  'ai-voice.elevenlabs': [{ 'xi-api-key': 'sk_00000000000000000000000000000000placeholder' }],
  'ai-voice.gradium': [{ 'x-api-key': 'gradium-api-key-placeholder' }],
  'ai-voice.fal': [
    { Authorization: 'Key 00000000-0000-4000-8000-000000000000:00000000000000000000000000000000' },
    { Authorization: 'Bearer 00000000-0000-4000-8000-000000000000:00000000000000000000000000000000' },
  ],
  'ai-voice-stt.deepgram': [{ Authorization: 'Token 0000000000000000000000000000000000000000' }],
  'ai-voice-conv.openai': [
    { Authorization: 'Bearer sk-proj-placeholder-placeholder' },
    { Authorization: 'Bearer sk-proj-placeholder-placeholder' },
  ],
};

const REGISTRATIONS = [
  ['ai-voice-stt.mistral', registerMistralSttIntegration, mistralSttIntegrationSpec],
  ['ai-voice-conv.mistral', registerMistralConversationalIntegration, mistralConversationalIntegrationSpec],
  ['ai-voice.elevenlabs', registerElevenLabsIntegration, elevenLabsIntegrationSpec],
  ['ai-voice.gradium', registerGradiumIntegration, gradiumIntegrationSpec],
  ['ai-voice.fal', registerFalIntegration, falIntegrationSpec],
  ['ai-voice-stt.deepgram', registerDeepgramIntegration, deepgramIntegrationSpec],
  ['ai-voice-conv.openai', registerOpenaiRealtimeIntegration, openaiRealtimeIntegrationSpec],
] as const;

const specFiles = readdirSync(import.meta.dirname).filter(
  (file) => !/^(index|voice-integration-specs)\b|\.test\.ts$/.test(file),
);

/** The example secrets, which are all text. */
function exampleSecrets(spec: IntegrationSpec): Record<string, string> {
  return Object.fromEntries(
    Object.entries(spec.secretSchema.example ?? {}).map(([name, value]) => [name, String(value)]),
  );
}

it('lists one spec for each file of the folder', () => {
  const files = voiceIntegrationSpecs.map((spec) => KEPT_NAMES[spec.meta.key]?.file);
  expect(files.sort()).toEqual(specFiles.sort());
});

it('fits into one registry', () => {
  expect(new IntegrationSpecRegistry(voiceIntegrationSpecs).list()).toEqual(voiceIntegrationSpecs);
});

it.each(REGISTRATIONS)('%s is registered as it is, once', (key, register, spec) => {
  const registry = new IntegrationSpecRegistry();
  expect(register(registry)).toBe(registry);
  expect(registry.get(key, '1.0.0')).toBe(spec);
  expect(() => register(registry)).toThrow(key);
});

describe.each(voiceIntegrationSpecs.map((spec) => [spec.meta.key, spec] as const))('%s', (key, spec) => {
  const isSecret = (secret: unknown) => validateAgainstSchema<unknown>(spec.secretSchema.schema, secret).valid;

  it('is ready to be shipped', () => {
    expect(checkShippedSpec(spec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('keeps the names that existing connections and slots use', () => {
    const kept = KEPT_NAMES[key];
    for (const name of kept?.config ?? []) expect(spec.configSchema.schema).toHaveProperty(['properties', name]);
    expect(spec.secretSchema.schema).toMatchObject({ required: ['apiKey'] });
    expect(spec.meta).toMatchObject({ category: kept?.category, domain: 'ai', owners: ['platform.ai'] });
    expect(spec.supportedModes).toEqual(kept?.modes);
    expect(spec.capabilities.provides).toEqual(kept?.provides.map((name) => ({ key: name, version: '1.0.0' })));
  });

  it('makes credentials of its secrets by every method that it declares for requests', () => {
    const methods = (spec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type));
    const made = methods.map((method) => requestCredentials(method, { secrets: exampleSecrets(spec) }));
    expect(made).toEqual(HEADERS[key]?.map((headers) => ({ headers, query: {} })));
  });

  it('covers each mode by a manifest that names no variable of the host for a key of a tenant', () => {
    expect(new Set(Object.keys(spec.credentialManifest?.modes ?? {}))).toEqual(new Set(spec.supportedModes));
    const managed = spec.credentialManifest?.modes?.managed?.secretFields?.[0];
    expect(managed === undefined || /^[A-Z]+_API_KEY$/.test(managed.envVar ?? '')).toBe(true);
  });

  it.each([
    [{}],
    [{ apiKey: '' }],
    [{ apiKey: 'two words of forty characters or more in all of it' }],
    [{ apikey: 'x' }],
  ])('refuses the secret %j', (secret) => expect(isSecret(secret)).toBe(false));

  it('refuses a configuration that it does not know', () => {
    expect(validateAgainstSchema<unknown>(spec.configSchema.schema, { baseURL: 'https://x.example' }).valid).toBe(
      false,
    );
    expect(validateAgainstSchema<unknown>(spec.configSchema.schema, {}).valid).toBe(true);
  });

  it('prefers a transport that it has, and probes with a free request', () => {
    expect(supportsTransport(spec.transports ?? [], spec.preferredTransport ?? 'mcp')).toBe(true);
    expect(findAllTransportConfigs(spec.transports ?? [], 'rest')).toHaveLength(1);
    expect(spec.healthCheck?.request?.expect?.status).toBe(200);
    expect(spec.healthCheck?.request?.method ?? 'GET').toBe('GET');
  });
});
