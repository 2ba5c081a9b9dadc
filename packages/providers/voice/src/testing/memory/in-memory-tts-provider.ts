import { type CallOptions, IntegrationError, type IntegrationWarning, type Page } from '@mortise/core';
import { measureAudioMs } from '../../audio/audio-duration.ts';
import type { AudioData } from '../../audio/audio-data.ts';
import { type AudioFormat, mediaTypeOfAudio } from '../../audio/audio-format.ts';
import { encodeSamples } from '../../audio/samples.ts';
import { toWav } from '../../audio/wav.ts';
import { iterateOnce } from '../../call/iterate-once.ts';
import type { TTSSynthesisInput } from '../../synthesis/synthesis-input.ts';
import type { TTSSynthesisResult } from '../../synthesis/synthesis-result.ts';
import type { TTSCapabilities } from '../../synthesis/tts-capabilities.ts';
import type { ListVoicesOptions, TTSModelInfo, TTSProvider, TTSStreamInput } from '../../synthesis/tts-provider.ts';
import type { TTSStreamPart } from '../../synthesis/tts-stream-part.ts';
import type { Voice } from '../../synthesis/voice.ts';
import type { VoiceObservedRequest } from '../observed-request.ts';
import { MemoryServer, type MemoryServerOptions } from './memory-server.ts';
import { isToneVoice, MEMORY_VOICES } from './memory-voices.ts';
import { speakTones } from './tone-speech.ts';

/** Formats that need no codec. */
const FORMATS = ['wav', 'pcm', 'mulaw', 'alaw'] as const satisfies readonly AudioFormat[];
type MemoryFormat = (typeof FORMATS)[number];
const RATES = [8000, 16_000, 24_000, 48_000] as const;
const MODEL = 'in-memory-tones';
const MAX_CHARACTERS = 10_000;

/** Wishes that tones cannot fulfil. */
const UNSUPPORTED = ['ssml', 'pitch', 'emphasis', 'style', 'stability', 'instructions', 'pronunciations'] as const;

const CAPABILITIES: TTSCapabilities = Object.freeze({
  methods: { synthesizeStream: 'native', listModels: 'native' },
  features: ['rate', 'seed', 'word-timings', 'usage'],
  formats: FORMATS,
  sampleRatesHz: RATES,
} as const);

/**
 * Speaks in tones, in memory, and keeps every rule of `TTSProvider`: the reference against which the kit itself is tested,
 * and a double for the tests of applications. `InMemorySTTProvider` understands it.
 */
export class InMemoryTTSProvider implements TTSProvider {
  readonly capabilities = CAPABILITIES;
  readonly #server: MemoryServer;

  constructor(options: MemoryServerOptions = {}) {
    this.#server = new MemoryServer(options);
  }

  /** What was asked so far, in order. */
  get requests(): readonly VoiceObservedRequest[] {
    return this.#server.requests;
  }

  get openRequests(): number {
    return this.#server.openRequests;
  }

  synthesize(input: TTSSynthesisInput, options?: CallOptions): Promise<TTSSynthesisResult> {
    return this.#server.call(options, input, () => speak(input));
  }

  listVoices(options: ListVoicesOptions = {}): Promise<Voice[]> {
    const { language } = options;
    return this.#server.call(options, { method: 'listVoices' }, () =>
      MEMORY_VOICES.filter((voice) => language === undefined || voice.language === language).map((voice) => ({
        ...voice,
      })),
    );
  }

  listModels(options?: CallOptions): Promise<Page<TTSModelInfo>> {
    return this.#server.call(options, { method: 'listModels' }, () => ({
      items: [{ id: MODEL, name: 'Tones', maxCharacters: MAX_CHARACTERS }],
      hasMore: false,
    }));
  }

  synthesizeStream(
    text: string | AsyncIterable<string>,
    input: TTSStreamInput,
    options: CallOptions = {},
  ): AsyncIterable<TTSStreamPart> {
    return iterateOnce(() => this.#stream(text, input, options));
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  async *#stream(
    text: string | AsyncIterable<string>,
    input: TTSStreamInput,
    options: CallOptions,
  ): AsyncGenerator<TTSStreamPart, void> {
    const scope = this.#server.scope(options);
    const request = this.#server.open(options, { ...input, ...(typeof text === 'string' ? { text } : {}) });
    // A WAV header states a length that a stream does not know.
    const format = memoryFormat(input.format === 'wav' ? undefined : input.format, 'pcm');
    const sampleRateHz = memoryRate(input.sampleRateHz);
    const pieces = wholeWords(typeof text === 'string' ? once(text) : text);
    let offsetMs = 0;
    let segment = 0;
    let characters = 0;
    try {
      this.#server.throwIfRefusing();
      if (this.#server.hangs) await scope.race(new Promise(() => undefined));
      yield { type: 'start', format, sampleRateHz, channels: 1, warnings: warningsFor(input, input.format === 'wav') };
      for (;;) {
        const next = await scope.race(pieces.next());
        if (next.done === true) break;
        const part = speak({ ...input, text: next.value, format, sampleRateHz });
        const segmentId = String(segment);
        characters += part.usage?.characters ?? 0;
        scope.throwIfEnded();
        yield { type: 'audio', bytes: part.audio.data, segmentId };
        const from = offsetMs;
        const words = (part.wordTimings ?? []).map((word) => ({
          ...word,
          startMs: word.startMs + from,
          endMs: word.endMs + from,
        }));
        yield { type: 'timing', segmentId, words };
        offsetMs += part.audio.durationMs ?? 0;
        segment += 1;
      }
      yield { type: 'finish', usage: { characters, audioMs: offsetMs } };
    } catch (error) {
      throw scope.explain(error);
    } finally {
      scope.close();
      request.done();
      await pieces.return();
    }
  }
}

function speak(input: TTSSynthesisInput): TTSSynthesisResult {
  const { text, voiceId, rate } = input;
  if (!isToneVoice(voiceId)) {
    throw new IntegrationError({ code: 'not_found', field: 'voiceId', message: 'voiceId: there is no such voice' });
  }
  if (text.length > MAX_CHARACTERS) throw invalid('text', `at most ${MAX_CHARACTERS} characters`, text.length);
  if (rate !== undefined && !(rate >= 0.5 && rate <= 2)) throw invalid('rate', 'a factor from 0.5 to 2', rate);
  const format = memoryFormat(input.format, 'wav');
  const sampleRateHz = memoryRate(input.sampleRateHz);
  const { samples, words } = speakTones(text, sampleRateHz, voiceId, rate);
  const encoding = format === 'wav' || format === 'pcm' ? 'pcm_s16le' : format;
  const raw: AudioData = {
    data: encodeSamples(samples, encoding),
    format: format === 'wav' ? 'pcm' : format,
    sampleRateHz,
    channels: 1,
  };
  const audio = format === 'wav' ? toWav(raw) : raw;
  const durationMs = measureAudioMs(audio) ?? 0;
  const warnings = warningsFor(input);
  return {
    audio: { ...audio, durationMs, mediaType: mediaTypeOfAudio(format) },
    wordTimings: words,
    model: MODEL,
    usage: { characters: Array.from(text).length, audioMs: durationMs },
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

function memoryFormat(format: AudioFormat | undefined, fallback: MemoryFormat): MemoryFormat {
  const chosen = FORMATS.find((known) => known === (format ?? fallback));
  if (chosen !== undefined) return chosen;
  throw new IntegrationError({
    code: 'unsupported',
    field: 'format',
    message: `format: tones are made as ${FORMATS.join(', ')}, not as ${String(format)}`,
  });
}

function memoryRate(sampleRateHz: number | undefined): number {
  const chosen = RATES.find((known) => known === (sampleRateHz ?? 16_000));
  if (chosen !== undefined) return chosen;
  throw new IntegrationError({
    code: 'unsupported',
    field: 'sampleRateHz',
    message: `sampleRateHz: expected one of ${RATES.join(', ')}, got ${String(sampleRateHz)}`,
  });
}

function warningsFor(input: Partial<TTSSynthesisInput>, isUnwrapped = false): IntegrationWarning[] {
  return [
    ...UNSUPPORTED.filter((field) => input[field] !== undefined).map((field) => ({
      type: 'unsupported' as const,
      field,
      message: `Tones have no "${field}"`,
    })),
    ...(input.outputChannels === 2
      ? [{ type: 'unsupported' as const, field: 'outputChannels', message: 'Tones are mono' }]
      : []),
    ...(isUnwrapped
      ? [{ type: 'compatibility' as const, field: 'format', message: 'A stream of WAV comes as bare pcm' }]
      : []),
  ];
}

function invalid(field: string, expected: string, got: number): IntegrationError {
  return new IntegrationError({
    code: 'invalid_request',
    field,
    message: `${field}: expected ${expected}, got ${got}`,
  });
}

async function* once(text: string): AsyncGenerator<string, void> {
  yield text;
}

/** Pieces as whole words: what a piece leaves unfinished waits for the next one. */
async function* wholeWords(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let rest = '';
  for await (const piece of pieces) {
    const [, whole = '', open = ''] = /^([\s\S]*\s)?([^\s]*)$/u.exec(rest + piece) ?? [];
    if (whole.trim() !== '') yield whole;
    rest = open;
  }
  if (rest !== '') yield rest;
}
