import type { ConformanceCase } from '@mortise/testing';
import type { AudioData } from '../../audio/audio-data.ts';
import { measureAudioMs } from '../../audio/audio-duration.ts';
import type { STTEvent } from '../../transcription/stt-event.ts';
import type { STTProvider } from '../../transcription/stt-provider.ts';
import type { STTStreamOptions } from '../../transcription/transcription-input.ts';
import type { TranscriptionSegment } from '../../transcription/transcription-segment.ts';
import { deepFreeze, drain, itemsOf, rejectsWith, SETUP, until, using, warnsOf } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { STTConformanceTarget } from '../conformance-target.ts';

const CHUNK_MS = 40;

/** Checks of what is understood: `voice.6` to `voice.10`, and of what every method keeps. */
export const sttCases: readonly ConformanceCase<STTConformanceTarget>[] = [
  {
    id: 'voice.6',
    title: 'a recording gives its text, in segments that ascend, do not overlap and lie within it',
    run: (target) =>
      withProvider(target, async (provider) => {
        const { dialogue, text } = target.fixtures;
        const result = await provider.transcribe({ audio: dialogue, wordTimestamps: true });
        checkText(result.text, text, target, 'text');
        checkText(result.segments.map((segment) => segment.text).join(' '), text, target, 'text of the segments');
        const lengthMs = measureAudioMs(dialogue) ?? Number.POSITIVE_INFINITY;
        checkOrder(result.segments, lengthMs);
        if (result.durationMs !== undefined) {
          check(
            Math.abs(result.durationMs - lengthMs) / lengthMs < 0.02,
            `length: ${result.durationMs} of ${lengthMs} ms`,
          );
        }
        for (const segment of result.segments) checkWords(segment);
      }),
  },
  {
    id: 'voice.7',
    title: 'live: interim texts, then one final for each id; the finals join to the text of the whole',
    requires: 'transcribeEvents',
    run: (target) =>
      withProvider(target, async (provider) => {
        const events = await itemsOf(listen(provider, target), 'transcribeEvents');
        const done = new Set<string>();
        for (const event of events) {
          if (event.type !== 'interim' && event.type !== 'final') continue;
          check(!done.has(event.id), `"${event.id}" got another "${event.type}" after its final`);
          if (event.type === 'final') done.add(event.id);
        }
        for (const event of events) {
          if (event.type === 'interim') check(done.has(event.id), `"${event.id}" got no final`);
        }
        const finals = events.flatMap((event) => (event.type === 'final' ? [event.segment] : []));
        checkText(finals.map(({ text }) => text).join(' '), target.fixtures.text, target, 'finals joined');
        checkOrder(finals, measureAudioMs(target.fixtures.live) ?? Number.POSITIVE_INFINITY);
      }),
  },
  {
    id: 'voice.live',
    title: 'live: what is final comes before the audio has ended, and no chunk is asked for before it can be sent',
    requires: 'transcribeEvents',
    run: (target) =>
      withProvider(target, async (provider) => {
        let sent = 0;
        let asked = 0;
        const chunks = [...chunksOf(target.fixtures.live)];
        async function* audio(): AsyncGenerator<Uint8Array> {
          for (const chunk of chunks) {
            asked += 1;
            yield chunk;
            sent += 1;
          }
        }
        let firstFinalAt: number | undefined;
        for await (const event of listen(provider, target, audio())) {
          if (event.type === 'final') firstFinalAt ??= sent;
          check(asked - sent <= 1, 'a chunk was asked for while another was on its way');
        }
        check(
          firstFinalAt !== undefined && firstFinalAt < chunks.length,
          'nothing was final before the audio had ended',
        );
      }),
  },
  {
    id: 'voice.8',
    title: 'speakers are told apart, under labels that stay the same within a result',
    requires: 'diarization',
    run: (target) =>
      withProvider(target, async (provider) => {
        const { dialogue, speakers } = target.fixtures;
        const result = await provider.transcribe({ audio: dialogue, diarize: true });
        const labels = result.segments.map(({ speakerId }) => speakerId ?? fail('a segment has no speaker'));
        const pattern = (names: readonly string[]): number[] => names.map((name) => names.indexOf(name));
        checkEqual(pattern(labels), pattern(speakers), 'who spoke when');
        checkEqual((result.speakers ?? []).map(({ id }) => id).sort(), [...new Set(labels)].sort(), 'list of speakers');
      }),
  },
  {
    id: 'voice.9',
    title: 'silence gives an empty text, not invented words',
    run: (target) =>
      withProvider(target, async (provider) => {
        const result = await provider.transcribe({ audio: target.fixtures.silence });
        checkEqual(result.text, '', 'text of silence');
        checkEqual(
          result.segments.filter(({ text }) => text !== ''),
          [],
          'segments of silence',
        );
      }),
  },
  {
    id: 'voice.10',
    title: 'raw audio without a sample rate is refused',
    run: (target) =>
      withProvider(target, async (provider) => {
        const { live } = target.fixtures;
        for (const sampleRateHz of [0, Number.NaN]) {
          const call = () => provider.transcribe({ audio: { ...live, sampleRateHz } });
          await rejectsWith(call, ['invalid_request'], `transcribe() of raw audio at ${sampleRateHz} Hz`);
        }
        if (provider.transcribeEvents === undefined) return;
        const settings: STTStreamOptions = { format: live.format };
        const call = () => itemsOrThrow(provider.transcribeEvents?.(chunksAsync(live), settings));
        await rejectsWith(call, ['invalid_request'], 'live audio without a rate');
      }),
  },
  {
    id: 'X4',
    title: 'leaving a live transcription early closes it, and a second iteration throws',
    requires: 'transcribeEvents',
    run: (target) =>
      using(target.open(SETUP), async ({ provider, openRequests }) => {
        let isReleased = false;
        async function* audio(): AsyncGenerator<Uint8Array> {
          try {
            yield* chunksOf(target.fixtures.live);
          } finally {
            isReleased = true;
          }
        }
        const events = listen(provider, target, audio());
        for await (const event of events) if (event.type === 'final') break;
        await until(() => openRequests() === 0, 'the end of the transcription that was left');
        check(isReleased, 'the source of the audio was not released');
        const { error } = await drain(events).catch((reason: unknown) => ({ error: reason }));
        check(error !== undefined, 'a second iteration gave no error');
      }),
  },
  {
    id: 'X5',
    title: 'each wish reaches the service, or is warned of or refused',
    run: async (target) => {
      const wishes = {
        language: 'pt-BR',
        model: 'model-of-the-check',
        translateTo: 'eo',
        prompt: 'a scene of the check',
        vocabularyHints: ['Zwickmühle'],
        keyterms: [{ text: 'Kuddelmuddel' }],
        redact: ['licence-plates'],
      };
      for (const [field, value] of Object.entries(wishes)) {
        await using(target.open(SETUP), async ({ provider, requests }) => {
          const input = { audio: target.fixtures.silence, [field]: value };
          const outcome = await provider.transcribe(input).then(
            ({ warnings }) => warnsOf(warnings, field),
            () => true,
          );
          const isSent = requests().some(({ text }) => text.includes(JSON.stringify(value).slice(1, -1)));
          check(isSent || outcome, `"${field}" was dropped without a word`);
        });
      }
    },
  },
  {
    id: 'X8',
    title: 'inputs are left as they are, the bytes too',
    run: (target) =>
      withProvider(target, async (provider) => {
        const { dialogue } = target.fixtures;
        const before = dialogue.data.slice();
        await provider.transcribe(
          deepFreeze({ audio: { ...dialogue }, vocabularyHints: ['fox'], metadata: { a: 'b' } }),
        );
        check(
          before.every((byte, index) => byte === dialogue.data[index]),
          'the bytes of the audio were changed',
        );
      }),
  },
];

function withProvider(target: STTConformanceTarget, run: (provider: STTProvider) => Promise<void>): Promise<void> {
  return using(target.open(SETUP), ({ provider }) => run(provider));
}

function listen(
  provider: STTProvider,
  { fixtures: { live } }: STTConformanceTarget,
  audio: AsyncIterable<Uint8Array> = chunksAsync(live),
): AsyncIterable<STTEvent> {
  const { format, sampleRateHz, encoding } = live;
  const settings: STTStreamOptions = { format, sampleRateHz, ...(encoding && { encoding }) };
  return provider.transcribeEvents?.(audio, settings) ?? fail('transcribeEvents is declared but missing');
}

function* chunksOf({ data, sampleRateHz }: AudioData): Generator<Uint8Array, void> {
  const size = Math.round((sampleRateHz * CHUNK_MS) / 1000) * 2;
  for (let offset = 0; offset < data.byteLength; offset += size) yield data.slice(offset, offset + size);
}

async function* chunksAsync(live: AudioData): AsyncGenerator<Uint8Array, void> {
  yield* chunksOf(live);
}

async function itemsOrThrow(items: AsyncIterable<unknown> | undefined): Promise<void> {
  if (items === undefined) return;
  const drained = await drain(items);
  if ('error' in drained) throw drained.error;
}

/** Words are compared without case and punctuation; a target may allow for some that are wrong. */
function checkText(actual: string, expected: string, { wordErrorRate = 0 }: STTConformanceTarget, what: string): void {
  const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const got = words(actual);
  const wanted = words(expected);
  const wrong = wanted.filter((word, index) => got[index] !== word).length + Math.max(0, got.length - wanted.length);
  if (wrong > wordErrorRate * wanted.length) checkEqual(actual, expected, what);
}

function checkOrder(segments: readonly TranscriptionSegment[], lengthMs: number): void {
  const lastEnd = new Map<string, number>();
  let lastStart = 0;
  for (const { startMs, endMs, speakerId = '', text } of segments) {
    check(startMs >= lastStart && endMs >= startMs, `"${text}" at ${startMs}-${endMs} ms is out of order`);
    check(endMs <= lengthMs + 1, `"${text}" ends at ${endMs} ms, after the audio (${lengthMs} ms)`);
    check(startMs >= (lastEnd.get(speakerId) ?? 0), `"${text}" begins before its speaker's last segment ended`);
    lastStart = startMs;
    lastEnd.set(speakerId, endMs);
  }
}

function checkWords({ wordTimings = [], startMs, endMs }: TranscriptionSegment): void {
  for (const word of wordTimings) {
    const isInside = word.startMs >= startMs - 1 && word.endMs <= endMs + 1 && word.endMs >= word.startMs;
    check(isInside, `the word "${word.word}" at ${word.startMs}-${word.endMs} ms lies outside its segment`);
  }
}
