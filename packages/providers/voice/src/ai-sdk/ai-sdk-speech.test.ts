import { createOpenAI } from '@ai-sdk/openai';
import { APICallError, type SpeechModelV2, type SpeechModelV3, type SpeechModelV4 } from '@ai-sdk/provider';
import { LLMock } from '@copilotkit/aimock';
import { IntegrationError } from '@mortise/core';
import { formatReport } from '@mortise/testing';
import { generateSpeech } from 'ai';
import { MockSpeechModelV4 } from 'ai/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeSamples } from '../audio/samples.ts';
import { toWav } from '../audio/wav.ts';
import { hearTones } from '../testing/memory/hear-tones.ts';
import { inMemoryTTSTarget } from '../testing/memory/in-memory-targets.ts';
import { InMemoryTTSProvider } from '../testing/memory/in-memory-tts-provider.ts';
import { speakTones } from '../testing/memory/tone-speech.ts';
import { checkTTSProvider } from '../testing/voice-conformance.ts';
import { decodeSamples } from '../audio/samples.ts';
import { fromAiSdkSpeech } from './from-ai-sdk-speech.ts';
import { toAiSdkSpeech } from './to-ai-sdk-speech.ts';

const RATE_HZ = 16_000;
const PCM = encodeSamples(speakTones('hello there', RATE_HZ).samples, 'pcm_s16le');
const WAV = toWav({ data: PCM, format: 'pcm', sampleRateHz: RATE_HZ, channels: 1 }).data;
const RESPONSE = { timestamp: new Date(0), modelId: 'model-a' };

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => (IntegrationError.is(error) ? error.code : error),
  );

describe('a speech provider that goes through the AI SDK and back', () => {
  it('passes every check that applies', { timeout: 60_000 }, async () => {
    const honest = inMemoryTTSTarget();
    const outcomes = await checkTTSProvider({
      ...honest,
      open: async (setup) => {
        const subject = await honest.open(setup);
        const model = (modelId: string) => toAiSdkSpeech(subject.provider, { modelId, voiceId: 'low' });
        const provider = fromAiSdkSpeech(model('model-a'), {
          resolveModel: model,
          formats: ['wav', 'pcm', 'mulaw', 'alaw'],
          rawSampleRateHz: RATE_HZ,
          voices: [{ id: 'low', name: 'Low' }],
        });
        return { ...subject, provider };
      },
    });
    expect(formatReport(outcomes.filter(({ status }) => status === 'failed'))).toBe('0 passed, 0 failed, 0 skipped');
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
      'voice.4',
      'voice.stream',
      'voice.5',
      'X4',
      'X16',
    ]);
  });
});

describe('toAiSdkSpeech', () => {
  it('serves generateSpeech', async () => {
    const provider = new InMemoryTTSProvider();
    const { audio, warnings, responses } = await generateSpeech({
      model: toAiSdkSpeech(provider, { modelId: 'model-a', voiceId: 'low' }),
      text: 'hello there',
      voice: 'high',
      outputFormat: 'wav',
      speed: 2,
    });
    expect(audio.mediaType).toBe('audio/wav');
    expect(hearTones(decodeSamples(audio.uint8Array.subarray(44), 'pcm_s16le'), RATE_HZ)).toMatchObject([
      { voice: 'high', text: 'hello there' },
    ]);
    expect(warnings).toEqual([]);
    expect(responses[0]?.modelId).toBe('in-memory-tones');
    expect(provider.requests[0]?.text).toContain('"rate":2');
  });

  it.each([
    ['pcm_16000', '"format":"pcm","sampleRateHz":16000'],
    ['ulaw_8000', '"format":"mulaw","sampleRateHz":8000'],
    ['audio/wav', '"format":"wav"'],
  ])('understands the output format %s', async (outputFormat, sent) => {
    const provider = new InMemoryTTSProvider();
    await toAiSdkSpeech(provider, { modelId: 'model-a', voiceId: 'low' }).doGenerate({ text: 'hi', outputFormat });
    expect(provider.requests[0]?.text).toContain(sent);
  });

  it('warns of an output format that nobody knows, and names what the provider could not do', async () => {
    const model = toAiSdkSpeech(new InMemoryTTSProvider(), { modelId: 'model-a', voiceId: 'low' });
    const { warnings } = await model.doGenerate({ text: 'hi', outputFormat: 'cassette', instructions: 'whisper' });
    expect(warnings).toMatchObject([
      { type: 'unsupported', feature: 'outputFormat' },
      { type: 'unsupported', feature: 'instructions' },
    ]);
  });

  it('tells the AI SDK which failures are worth a retry, and how long to wait', async () => {
    const provider = new InMemoryTTSProvider({ server: { status: 429, retryAfterSeconds: 2 } });
    const model = toAiSdkSpeech(provider, { modelId: 'model-a', voiceId: 'low' });
    const error: unknown = await Promise.resolve(model.doGenerate({ text: 'hi' })).catch((reason: unknown) => reason);
    expect(APICallError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ isRetryable: true, statusCode: 429, responseHeaders: { 'retry-after-ms': '2000' } });
  });
});

describe('fromAiSdkSpeech', () => {
  it('reads format, rate, channels and length from the bytes, base64 or not', async () => {
    for (const audio of [WAV, btoa(String.fromCharCode(...WAV))]) {
      const model = new MockSpeechModelV4({ doGenerate: async () => ({ audio, warnings: [], response: RESPONSE }) });
      const result = await fromAiSdkSpeech(model).synthesize({ text: 'hello', voiceId: 'alloy' });
      expect(result.audio).toMatchObject({ format: 'wav', sampleRateHz: RATE_HZ, channels: 1, mediaType: 'audio/wav' });
      expect(result.audio.durationMs).toBeCloseTo((PCM.byteLength / 2 / RATE_HZ) * 1000, 3);
    }
  });

  it('does not pass audio of another format off as what was asked for', async () => {
    const model = new MockSpeechModelV4({ doGenerate: async () => ({ audio: WAV, warnings: [], response: RESPONSE }) });
    const provider = fromAiSdkSpeech(model);
    expect(await codeOf(provider.synthesize({ text: 'a', voiceId: 'b', format: 'mp3' }))).toBe('provider_error');
    expect(await codeOf(provider.synthesize({ text: 'a', voiceId: 'b', format: 'webm' }))).toBe('unsupported');
    expect(await codeOf(provider.synthesize({ text: 'a', voiceId: 'b', format: 'pcm' }))).toBe('unsupported');
  });

  it('carries each wish that the AI SDK knows, and names the others', async () => {
    const calls: unknown[] = [];
    const model = new MockSpeechModelV4({
      doGenerate: async (call) => {
        calls.push(call);
        return { audio: WAV, warnings: [{ type: 'unsupported', feature: 'language' }], response: RESPONSE };
      },
    });
    const { warnings } = await fromAiSdkSpeech(model).synthesize(
      { text: 'hi', voiceId: 'alloy', rate: 1.5, instructions: 'whisper', language: 'fr', pitch: 2 },
      { headers: { 'x-a': 'b' }, traceparent: '00-trace', providerOptions: { openai: { depth: 1 } } },
    );
    expect(calls[0]).toMatchObject({
      text: 'hi',
      voice: 'alloy',
      speed: 1.5,
      instructions: 'whisper',
      language: 'fr',
      headers: { 'x-a': 'b', traceparent: '00-trace' },
      providerOptions: { openai: { depth: 1 } },
    });
    expect(warnings?.map(({ field }) => field)).toEqual(['pitch', 'language']);
  });

  const answer = { audio: WAV, response: RESPONSE };
  const versions: readonly [string, SpeechModelV2 | SpeechModelV3 | SpeechModelV4][] = [
    [
      'v2',
      {
        specificationVersion: 'v2',
        provider: 'old',
        modelId: 'm',
        doGenerate: async () => ({
          ...answer,
          warnings: [{ type: 'unsupported-setting', setting: 'speed', details: 'One speed only' }],
        }),
      },
    ],
    [
      'v3',
      {
        specificationVersion: 'v3',
        provider: 'old',
        modelId: 'm',
        doGenerate: async () => ({ ...answer, warnings: [{ type: 'unsupported', feature: 'speed' }] }),
      },
    ],
    [
      'v4',
      {
        specificationVersion: 'v4',
        provider: 'new',
        modelId: 'm',
        doGenerate: async () => ({ ...answer, warnings: [{ type: 'unsupported', feature: 'speed' }] }),
      },
    ],
  ];
  it.each(versions)('takes models of specification %s', async (_version, model) => {
    const result = await fromAiSdkSpeech(model).synthesize(
      { text: 'hi', voiceId: 'a', rate: 2 },
      { providerOptions: { old: { depth: 1 } } },
    );
    expect(result.audio.format).toBe('wav');
    expect(result.warnings).toMatchObject([{ type: 'unsupported', field: 'speed' }]);
  });

  it('is bound to its model unless it is told how to find others', async () => {
    const model = new MockSpeechModelV4({ modelId: 'm', doGenerate: async () => ({ ...answer, warnings: [] }) });
    expect(await codeOf(fromAiSdkSpeech(model).synthesize({ text: 'a', voiceId: 'b', model: 'other' }))).toBe(
      'unsupported',
    );
    expect(await codeOf(fromAiSdkSpeech(model).listVoices())).toBe('unsupported');
  });
});

describe('@ai-sdk/openai over HTTP', () => {
  const server = new LLMock({ port: 0 });
  let url = '';
  beforeAll(async () => {
    url = await server.start();
  });
  afterAll(() => server.stop());
  const model = () => createOpenAI({ apiKey: 'sk-test-key', baseURL: `${url}/v1` }).speech('gpt-4o-mini-tts');

  it('speaks through a TTSProvider, and the wish reaches the wire', async () => {
    server.onSpeech('hello there', { audio: btoa(String.fromCharCode(...WAV)), format: 'wav' });
    const result = await fromAiSdkSpeech(model()).synthesize({ text: 'hello there', voiceId: 'alloy', format: 'wav' });
    expect(result.audio).toMatchObject({ format: 'wav', sampleRateHz: RATE_HZ });
    expect(result.model).toBe('gpt-4o-mini-tts');
    const heard = hearTones(decodeSamples(result.audio.data.subarray(44), 'pcm_s16le'), RATE_HZ);
    expect(heard.map(({ text }) => text)).toEqual(['hello there']);
    expect(server.getRequests().at(-1)).toMatchObject({ path: '/v1/audio/speech' });
  });

  it('reports a refusal of the service without the key', async () => {
    server.on(
      { userMessage: 'too much', endpoint: 'speech' },
      {
        error: { message: 'You exceeded your quota', type: 'insufficient_quota', code: 'insufficient_quota' },
        status: 429,
      },
    );
    const error: unknown = await fromAiSdkSpeech(model())
      .synthesize({ text: 'too much', voiceId: 'alloy' })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'quota_exceeded', retry: 'never', httpStatus: 429 });
    expect(JSON.stringify(error)).not.toContain('sk-test-key');
  });
});
