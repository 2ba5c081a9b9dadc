import { type CallOptions, type FileInput, IntegrationError, type IntegrationWarning } from '@mortise/core';
import type { AudioData } from '../../audio/audio-data.ts';
import { type AudioEncoding, audioFormatOfMediaType } from '../../audio/audio-format.ts';
import { requireSampleRate } from '../../audio/check-raw-audio.ts';
import { joinBytes } from '../../audio/join-bytes.ts';
import { rawEncodingOf } from '../../audio/sample-encoding.ts';
import { decodeSamples } from '../../audio/samples.ts';
import { readWav } from '../../audio/wav.ts';
import { iterateOnce } from '../../call/iterate-once.ts';
import { segmentsFromEvents } from '../../transcription/segments-from-events.ts';
import type { STTCapabilities } from '../../transcription/stt-capabilities.ts';
import type { STTEvent } from '../../transcription/stt-event.ts';
import type { STTProvider } from '../../transcription/stt-provider.ts';
import type { STTSettings, STTStreamOptions, STTTranscriptionInput } from '../../transcription/transcription-input.ts';
import type { STTTranscriptionResult } from '../../transcription/transcription-result.ts';
import type { TranscriptionSegment } from '../../transcription/transcription-segment.ts';
import type { VoiceObservedRequest } from '../observed-request.ts';
import { LiveEars } from './live-ears.ts';
import { type HeardUtterance, hearTones } from './hear-tones.ts';
import { MemoryServer, type MemoryServerOptions } from './memory-server.ts';

const MODEL = 'in-memory-ears';

/** Wishes that these ears cannot fulfil. */
const UNSUPPORTED = [
  'translateTo',
  'profanityFilter',
  'redact',
  'keyterms',
  'prompt',
  'vocabularyHints',
  'speakerCount',
] as const;

const CAPABILITIES: STTCapabilities = Object.freeze({
  methods: { transcribeStream: 'native', transcribeEvents: 'native', submitTranscription: 'none', webhooks: 'none' },
  features: ['diarization', 'word-timings', 'usage'],
  formats: ['wav', 'pcm', 'mulaw', 'alaw'],
} as const);

interface Sound {
  readonly samples: Float32Array;
  readonly sampleRateHz: number;
}

/**
 * Understands the tones of `InMemoryTTSProvider`, in memory, and keeps every rule of `STTProvider`: the reference against
 * which the kit itself is tested, and a double for the tests of applications.
 */
export class InMemorySTTProvider implements STTProvider {
  readonly capabilities = CAPABILITIES;
  readonly #server: MemoryServer;

  constructor(options: MemoryServerOptions = {}) {
    this.#server = new MemoryServer(options);
  }

  get requests(): readonly VoiceObservedRequest[] {
    return this.#server.requests;
  }

  get openRequests(): number {
    return this.#server.openRequests;
  }

  async transcribe(input: STTTranscriptionInput, options?: CallOptions): Promise<STTTranscriptionResult> {
    const { audio, ...settings } = input;
    this.#server.scope(options).close();
    const heard = await soundOf(audio);
    return this.#server.call(options, settings, () => resultOf(heard, settings));
  }

  transcribeStream(
    audio: AsyncIterable<Uint8Array>,
    settings: STTStreamOptions = {},
    options: CallOptions = {},
  ): AsyncIterable<TranscriptionSegment> {
    return segmentsFromEvents(this.transcribeEvents(audio, settings, options));
  }

  transcribeEvents(
    audio: AsyncIterable<Uint8Array>,
    settings: STTStreamOptions = {},
    options: CallOptions = {},
  ): AsyncIterable<STTEvent> {
    return iterateOnce(() => this.#listen(audio, settings, options));
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  async *#listen(
    audio: AsyncIterable<Uint8Array>,
    settings: STTStreamOptions,
    options: CallOptions,
  ): AsyncGenerator<STTEvent, void> {
    const { format = 'pcm', sampleRateHz } = settings;
    requireSampleRate(format, sampleRateHz);
    const encoding = rawEncodingOf({ format, ...(settings.encoding && { encoding: settings.encoding }) });
    if (encoding === undefined || sampleRateHz === undefined) throw wrongFormat(format);
    const scope = this.#server.scope(options);
    const request = this.#server.open(options, settings);
    const chunks = audio[Symbol.asyncIterator]();
    const ears = new LiveEars(sampleRateHz);
    let heardMs = 0;
    try {
      this.#server.throwIfRefusing();
      if (this.#server.hangs) await scope.race(new Promise(() => undefined));
      for (;;) {
        const next = await scope.race(chunks.next());
        if (next.done === true) break;
        const samples = decodeSamples(next.value, encoding);
        heardMs += (samples.length / sampleRateHz) * 1000;
        for (const event of ears.hear(samples)) yield eventOf(event, settings);
        scope.throwIfEnded();
      }
      for (const event of ears.end()) yield eventOf(event, settings);
      yield { type: 'usage', usage: { audioMs: heardMs } };
    } catch (error) {
      throw scope.explain(error);
    } finally {
      scope.close();
      request.done();
      await chunks.return?.();
    }
  }
}

function eventOf(event: ReturnType<LiveEars['end']>[number], settings: STTSettings): STTEvent {
  return event.type === 'final'
    ? { type: 'final', id: event.id, segment: segmentOf(event.utterance, settings) }
    : event;
}

async function soundOf(audio: AudioData | FileInput): Promise<Sound> {
  const data = 'data' in audio ? audio : await fileAsAudio(audio);
  if (data.format === 'wav') {
    const wav = readWav(data.data);
    if (wav === undefined) throw noWav();
    const bytes = data.data.subarray(wav.dataOffset, wav.dataOffset + wav.dataLength);
    return sound(bytes, wav.encoding, wav.sampleRateHz, wav.channels);
  }
  const encoding = rawEncodingOf(data);
  if (encoding === undefined) throw wrongFormat(data.format);
  requireSampleRate(data.format, data.sampleRateHz);
  return sound(data.data, encoding, data.sampleRateHz, data.channels ?? 1);
}

/** Several channels are mixed by taking the first. */
function sound(bytes: Uint8Array, encoding: AudioEncoding, sampleRateHz: number, channels: number): Sound {
  const samples = decodeSamples(bytes, encoding);
  return { samples: channels === 1 ? samples : samples.filter((_, index) => index % channels === 0), sampleRateHz };
}

async function fileAsAudio(file: FileInput): Promise<AudioData> {
  const format = audioFormatOfMediaType(file.mediaType);
  if (format !== 'wav') {
    throw new IntegrationError({
      code: format === 'pcm' || format === 'mulaw' || format === 'alaw' ? 'invalid_request' : 'unsupported',
      field: 'audio',
      message: 'audio: expected a WAV file, or raw audio as AudioData, which tells its sample rate',
    });
  }
  return { data: await bytesOf(file), format, sampleRateHz: 0 };
}

async function bytesOf(file: FileInput): Promise<Uint8Array> {
  if ('bytes' in file) return file.bytes;
  if ('base64' in file) return Uint8Array.from(atob(file.base64), (char) => char.charCodeAt(0));
  if (!('stream' in file)) {
    throw new IntegrationError({
      code: 'unsupported',
      field: 'audio',
      message: 'audio: in memory nothing is fetched; give bytes, base64 or a stream',
    });
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.stream) chunks.push(chunk);
  return joinBytes(chunks);
}

function resultOf({ samples, sampleRateHz }: Sound, settings: STTSettings): STTTranscriptionResult {
  const segments = hearTones(samples, sampleRateHz).map((utterance) => segmentOf(utterance, settings));
  const warnings: IntegrationWarning[] = UNSUPPORTED.filter((field) => settings[field] !== undefined).map((field) => ({
    type: 'unsupported',
    field,
    message: `These ears know no "${field}"`,
  }));
  const durationMs = (samples.length / sampleRateHz) * 1000;
  const speakers = [...new Set(segments.flatMap(({ speakerId }) => speakerId ?? []))];
  const wordTimings = segments.flatMap((segment) => segment.wordTimings ?? []);
  return {
    text: segments.map(({ text }) => text).join(' '),
    segments,
    language: settings.language ?? 'und',
    durationMs,
    modelId: MODEL,
    usage: { audioMs: durationMs },
    ...(settings.diarize === true ? { speakers: speakers.map((id) => ({ id })) } : {}),
    ...(settings.wordTimestamps === true ? { wordTimings } : {}),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

function segmentOf(utterance: HeardUtterance, settings: STTSettings): TranscriptionSegment {
  const { text, startMs, endMs, voice, words } = utterance;
  return {
    text,
    startMs,
    endMs,
    confidence: 1,
    ...(settings.diarize === true ? { speakerId: voice } : {}),
    ...(settings.wordTimestamps === true ? { wordTimings: words } : {}),
  };
}

function noWav(): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field: 'audio', message: 'audio: the bytes are no WAV file' });
}

function wrongFormat(format: string): IntegrationError {
  return new IntegrationError({
    code: 'unsupported',
    field: 'format',
    message: `format: expected wav, pcm, mulaw or alaw, got ${format}`,
  });
}
