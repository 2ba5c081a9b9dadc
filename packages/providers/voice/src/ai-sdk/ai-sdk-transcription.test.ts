import { createOpenAI } from '@ai-sdk/openai';
import type { TranscriptionModelV2, TranscriptionModelV3, TranscriptionModelV4 } from '@ai-sdk/provider';
import { LLMock } from '@copilotkit/aimock';
import { IntegrationError } from '@mortise/core';
import { formatReport } from '@mortise/testing';
import { experimental_transcribe as transcribe } from 'ai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inMemorySTTTarget, toneFixtures } from '../testing/memory/in-memory-targets.ts';
import { InMemorySTTProvider } from '../testing/memory/in-memory-stt-provider.ts';
import { checkSTTProvider } from '../testing/voice-conformance.ts';
import { fromAiSdkTranscription } from './from-ai-sdk-transcription.ts';
import { toAiSdkTranscription } from './to-ai-sdk-transcription.ts';

const { dialogue, live, text } = toneFixtures();
const ANSWER = {
  text: 'Hello.',
  segments: [{ text: 'Hello.', startSecond: 0.25, endSecond: 1 }],
  language: undefined,
  durationInSeconds: 1.5,
  warnings: [],
  response: { timestamp: new Date(0), modelId: 'model-a' },
};

/** A model that answers as told. */
function modelThat(doGenerate: TranscriptionModelV4['doGenerate']): TranscriptionModelV4 {
  return { specificationVersion: 'v4', provider: 'p', modelId: 'm', doGenerate };
}

describe('a transcription provider that goes through the AI SDK and back', () => {
  it('passes every check that applies', { timeout: 60_000 }, async () => {
    const honest = inMemorySTTTarget();
    const outcomes = await checkSTTProvider({
      ...honest,
      open: async (setup) => {
        const subject = await honest.open(setup);
        const model = (modelId: string) => toAiSdkTranscription(subject.provider, { modelId });
        return { ...subject, provider: fromAiSdkTranscription(model('model-a'), { resolveModel: model }) };
      },
    });
    expect(formatReport(outcomes.filter(({ status }) => status === 'failed'))).toBe('0 passed, 0 failed, 0 skipped');
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
      'voice.7',
      'voice.live',
      'voice.8',
      'X4',
      'X16',
    ]);
  });
});

describe('toAiSdkTranscription', () => {
  it('serves transcribe', async () => {
    const model = toAiSdkTranscription(new InMemorySTTProvider(), { modelId: 'model-a' });
    const result = await transcribe({ model, audio: dialogue.data });
    expect(result.text).toBe(text);
    expect(result.segments).toHaveLength(3);
    expect(result.segments[0]?.startSecond).toBeCloseTo(0.02, 3);
    expect(result.durationInSeconds).toBeCloseTo(live.data.byteLength / 2 / live.sampleRateHz, 3);
    expect(result.language).toBeUndefined();
  });

  it('gives words where they are asked for', async () => {
    const model = toAiSdkTranscription(new InMemorySTTProvider(), { modelId: 'model-a' });
    const call = { audio: dialogue.data, mediaType: 'audio/wav' };
    expect((await model.doGenerate(call)).words).toBeUndefined();
    const { words } = await model.doGenerate({ ...call, timestampGranularities: ['word'] });
    expect(words?.map((word) => word.text).join(' ')).toBe(text);
  });
});

describe('fromAiSdkTranscription', () => {
  it('turns seconds into milliseconds and does not invent a language', async () => {
    const model = modelThat(async () => ANSWER);
    expect(await fromAiSdkTranscription(model).transcribe({ audio: dialogue })).toEqual({
      text: 'Hello.',
      segments: [{ text: 'Hello.', startMs: 250, endMs: 1000 }],
      language: 'und',
      durationMs: 1500,
      modelId: 'model-a',
    });
  });

  it('sends raw audio as a WAV file, and a file as it is', async () => {
    const sent: { mediaType: string; start: string }[] = [];
    const model = modelThat(async ({ audio, mediaType }) => {
      sent.push({ mediaType, start: typeof audio === 'string' ? audio : String.fromCharCode(...audio.subarray(0, 4)) });
      return ANSWER;
    });
    const provider = fromAiSdkTranscription(model);
    await provider.transcribe({ audio: live });
    await provider.transcribe({ audio: { bytes: Uint8Array.of(79, 103, 103, 83), mediaType: 'audio/ogg' } });
    const stream = new Blob([dialogue.data.slice()]).stream();
    await provider.transcribe({ audio: { stream, mediaType: 'audio/wav' } });
    expect(sent).toEqual([
      { mediaType: 'audio/wav', start: 'RIFF' },
      { mediaType: 'audio/ogg', start: 'OggS' },
      { mediaType: 'audio/wav', start: 'RIFF' },
    ]);
  });

  it('lets a model fetch an address where it can, and refuses where it cannot', async () => {
    const audio = { url: 'https://example.com/a.wav', mediaType: 'audio/wav' };
    const fetching: TranscriptionModelV4 = {
      ...modelThat(async () => ANSWER),
      doGenerateFromUrl: async ({ audio: address }) => ({ ...ANSWER, text: address.href }),
    };
    expect((await fromAiSdkTranscription(fetching).transcribe({ audio })).text).toBe('https://example.com/a.wav');
    const plain = fromAiSdkTranscription(modelThat(async () => ANSWER));
    const error: unknown = await plain.transcribe({ audio }).catch((reason: unknown) => reason);
    expect(IntegrationError.is(error) && [error.code, error.field]).toEqual(['unsupported', 'audio']);
  });

  const versions: readonly [string, TranscriptionModelV2 | TranscriptionModelV3 | TranscriptionModelV4, string[]][] = [
    [
      'v2',
      {
        specificationVersion: 'v2',
        provider: 'p',
        modelId: 'm',
        doGenerate: async () => ({ ...ANSWER, warnings: [] }),
      },
      ['diarize', 'wordTimestamps'],
    ],
    [
      'v3',
      {
        specificationVersion: 'v3',
        provider: 'p',
        modelId: 'm',
        doGenerate: async () => ({ ...ANSWER, warnings: [] }),
      },
      ['diarize', 'wordTimestamps'],
    ],
    [
      'v4',
      {
        specificationVersion: 'v4',
        provider: 'p',
        modelId: 'm',
        doGenerate: async () => ({ ...ANSWER, warnings: [] }),
      },
      ['diarize'],
    ],
  ];
  it.each(versions)(
    'takes models of specification %s and names what it does not know',
    async (_version, model, fields) => {
      const result = await fromAiSdkTranscription(model).transcribe(
        { audio: dialogue, diarize: true, wordTimestamps: true },
        { providerOptions: { p: { depth: 1 } } },
      );
      expect(result.text).toBe('Hello.');
      expect(result.warnings?.map(({ field }) => field)).toEqual(fields);
    },
  );
});

/** A segment with everything that the service sends. */
const SEGMENT = {
  id: 0,
  seek: 0,
  text: 'Hello there',
  start: 0,
  end: 1.25,
  tokens: [50_364, 2425, 456],
  temperature: 0,
  avg_logprob: -0.2,
  compression_ratio: 0.8,
  no_speech_prob: 0.01,
};

describe('@ai-sdk/openai over HTTP', () => {
  const server = new LLMock({ port: 0 });
  let url = '';
  beforeAll(async () => {
    url = await server.start();
  });
  afterAll(() => server.stop());

  it('transcribes through an STTProvider', async () => {
    server.onTranscription({
      transcription: {
        text: 'Hello there',
        language: 'english',
        duration: 1.25,
        segments: [SEGMENT],
        words: [
          { word: 'Hello', start: 0, end: 0.5 },
          { word: 'there', start: 0.5, end: 1.25 },
        ],
      },
    });
    const model = createOpenAI({ apiKey: 'sk-test-key', baseURL: `${url}/v1` }).transcription('whisper-1');
    const result = await fromAiSdkTranscription(model).transcribe({ audio: live, wordTimestamps: true });
    expect(result).toMatchObject({
      text: 'Hello there',
      language: 'en',
      durationMs: 1250,
      segments: [{ text: 'Hello there', startMs: 0, endMs: 1250 }],
      wordTimings: [
        { word: 'Hello', startMs: 0, endMs: 500 },
        { word: 'there', startMs: 500, endMs: 1250 },
      ],
    });
    expect(server.getRequests().at(-1)).toMatchObject({ path: '/v1/audio/transcriptions' });
  });
});
