import { type IntegrationWarning, supports } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import { measureAudioMs } from '../../audio/audio-duration.ts';
import type { AudioData } from '../../audio/audio-data.ts';
import type { AudioFormat } from '../../audio/audio-format.ts';
import { isRawAudio } from '../../audio/audio-format.ts';
import { inspectAudio, isAudioOfFormat } from '../../audio/inspect-audio.ts';
import type { TTSSynthesisInput } from '../../synthesis/synthesis-input.ts';
import type { TTSFeature } from '../../synthesis/tts-capabilities.ts';
import type { TTSProvider } from '../../synthesis/tts-provider.ts';
import { deepFreeze, drain, itemsOf, rejectionOf, rejectsWith, SETUP, until, using, warnsOf } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { TTSConformanceTarget } from '../conformance-target.ts';

const TEXT = 'The quick brown fox jumps over the lazy dog';
const EVERY_FORMAT: readonly AudioFormat[] = [
  'mp3',
  'wav',
  'ogg',
  'pcm',
  'opus',
  'aac',
  'flac',
  'mulaw',
  'alaw',
  'webm',
  'm4a',
];

/** Wishes that a provider must fulfil, refuse or warn of, by the feature that they need. */
const WISHES: readonly (readonly [TTSFeature, Partial<TTSSynthesisInput>])[] = [
  ['ssml', { ssml: '<speak>The quick brown fox</speak>' }],
  ['pitch', { pitch: 4 }],
  ['emphasis', { emphasis: 'strong' }],
  ['instructions', { instructions: 'whisper' }],
  ['pronunciations', { pronunciations: [{ text: 'fox', ipa: 'fɒks' }] }],
];

/** Checks of what is spoken: `voice.1` to `voice.5`, and of what every method keeps. */
export const ttsCases: readonly ConformanceCase<TTSConformanceTarget>[] = [
  {
    id: 'voice.1',
    title: 'the bytes are of the format, rate and channels that the result states, for every declared format',
    run: (target) =>
      withProvider(target, async (provider) => {
        const formats = provider.capabilities?.formats ?? fail('the provider declares no formats');
        for (const format of formats) {
          const { audio } = await provider.synthesize(wish(target, { format }));
          checkEqual(audio.format, format, `format of the result when ${format} was asked for`);
          checkBytes(audio);
        }
      }),
  },
  {
    id: 'voice.2',
    title: 'the stated length is that of the bytes, within 2 %',
    run: (target) =>
      withProvider(target, async (provider) => {
        for (const format of provider.capabilities?.formats ?? []) {
          const { audio } = await provider.synthesize(wish(target, { format }));
          const measuredMs = measureAudioMs(audio);
          if (audio.durationMs === undefined || measuredMs === undefined) continue;
          const error = Math.abs(audio.durationMs - measuredMs) / measuredMs;
          check(error <= 0.02, `${format}: expected about ${measuredMs} ms, the result states ${audio.durationMs}`);
        }
      }),
  },
  {
    id: 'voice.3',
    title: 'what is not declared is refused or warned of: formats refused, other wishes by name',
    run: (target) =>
      withProvider(target, async (provider) => {
        const { formats, features } = provider.capabilities ?? fail('the provider declares no capabilities');
        const unknown = EVERY_FORMAT.find((format) => !formats.includes(format));
        if (unknown !== undefined) {
          const error = await rejectionOf(() => provider.synthesize(wish(target, { format: unknown })), unknown);
          check(['unsupported', 'invalid_request'].includes(error.code), `${unknown}: got code "${error.code}"`);
        }
        for (const [feature, input] of WISHES) {
          if (features.includes(feature)) continue;
          const field = Object.keys(input)[0] ?? '';
          const warnings = await warningsOrRefusal(provider, wish(target, input));
          check(warnings === 'refused' || warnsOf(warnings, field), `"${field}" was dropped without a word`);
        }
      }),
  },
  {
    id: 'voice.rate',
    title: 'twice the speed gives about half the length',
    requires: 'rate',
    run: (target) =>
      withProvider(target, async (provider) => {
        const normal = (await provider.synthesize(wish(target, {}))).audio;
        const fast = (await provider.synthesize(wish(target, { rate: 2 }))).audio;
        const ratio =
          (measureAudioMs(fast) ?? fast.durationMs ?? 0) / (measureAudioMs(normal) ?? normal.durationMs ?? 1);
        check(ratio > 0.35 && ratio < 0.75, `expected about half the length at rate 2, got ${ratio.toFixed(2)} of it`);
      }),
  },
  {
    id: 'voice.4',
    title: 'streamed audio begins before the text has ended',
    requires: 'synthesizeStream',
    run: (target) =>
      withProvider(target, async (provider) => {
        let isEnded = false;
        let release = (): void => undefined;
        const held = new Promise<void>((resolve) => {
          release = resolve;
        });
        async function* text(): AsyncGenerator<string> {
          yield 'The quick brown fox. ';
          yield 'Jumps over ';
          await held;
          isEnded = true;
          yield 'the lazy dog.';
        }
        let early: boolean | undefined;
        const patience = setTimeout(release, 2000);
        try {
          for await (const part of stream(provider, text(), target)) {
            if (part.type !== 'audio') continue;
            early ??= !isEnded;
            release();
          }
        } finally {
          clearTimeout(patience);
          release();
        }
        check(early === true, 'no audio came before the text had ended');
      }),
  },
  {
    id: 'voice.stream',
    title: 'a stream is "start", audio of the stated format, one "finish", and as long as the whole',
    requires: 'synthesizeStream',
    run: (target) =>
      withProvider(target, async (provider) => {
        const parts = await itemsOf(stream(provider, TEXT, target), 'the stream');
        const [start] = parts;
        if (start?.type !== 'start') fail(`the first part is "${start?.type}", expected "start"`);
        checkEqual(parts.filter(({ type }) => type === 'finish').length, 1, 'number of "finish" parts');
        checkEqual(parts.at(-1)?.type, 'finish', 'last part');
        const bytes = parts.flatMap((part) => (part.type === 'audio' ? [...part.bytes] : []));
        const { format, sampleRateHz, channels, encoding } = start;
        const streamed = measureAudioMs({
          data: Uint8Array.from(bytes),
          format,
          sampleRateHz,
          ...(channels && { channels }),
          ...(encoding && { encoding }),
        });
        const whole = measureAudioMs((await provider.synthesize(wish(target, {}))).audio);
        if (streamed === undefined || whole === undefined) return;
        check(Math.abs(streamed - whole) / whole < 0.15, `the stream has ${streamed} ms, the whole ${whole} ms`);
      }),
  },
  {
    id: 'voice.5',
    title: 'word timings ascend, lie within the audio and join to the text',
    requires: 'word-timings',
    run: (target) =>
      withProvider(target, async (provider) => {
        const { audio, wordTimings = [] } = await provider.synthesize(wish(target, {}));
        const durationMs = measureAudioMs(audio) ?? audio.durationMs ?? Number.POSITIVE_INFINITY;
        let last = 0;
        for (const { word, startMs, endMs } of wordTimings) {
          check(startMs >= last && endMs >= startMs, `"${word}" at ${startMs}-${endMs} ms is out of order`);
          check(endMs <= durationMs * 1.02, `"${word}" ends at ${endMs} ms, after the audio (${durationMs} ms)`);
          last = startMs;
        }
        checkEqual(wordTimings.map(({ word }) => word).join(' '), TEXT, 'words joined');
      }),
  },
  {
    id: 'X4',
    title: 'leaving a stream early closes it, and a second iteration throws',
    requires: 'synthesizeStream',
    run: (target) =>
      using(target.open(SETUP), async ({ provider, openRequests }) => {
        const parts = stream(provider, TEXT, target);
        for await (const part of parts) if (part.type === 'audio') break;
        await until(() => openRequests() === 0, 'the end of the stream that was left');
        const { error } = await drain(parts).catch((reason: unknown) => ({ error: reason }));
        check(error !== undefined, 'a second iteration gave no error');
      }),
  },
  {
    id: 'X5',
    title: 'each wish reaches the service, or is warned of or refused',
    run: async (target) => {
      const wishes: Partial<TTSSynthesisInput> = {
        language: 'pt-BR',
        model: 'model-of-the-check',
        previousText: 'what came before',
        nextText: 'what comes after',
        seed: 918_273,
        style: 0.4321,
        stability: 0.8765,
      };
      for (const [field, value] of Object.entries(wishes)) {
        await using(target.open(SETUP), async ({ provider, requests }) => {
          const warnings = await warningsOrRefusal(provider, wish(target, { [field]: value }));
          const isSent = requests().some(({ text }) => text.includes(JSON.stringify(value)));
          check(isSent || warnings === 'refused' || warnsOf(warnings, field), `"${field}" was dropped without a word`);
        });
      }
    },
  },
  {
    id: 'X8',
    title: 'inputs are left as they are',
    run: (target) =>
      withProvider(target, async (provider) => {
        await provider.synthesize(deepFreeze({ ...wish(target, {}), metadata: { label: 'a' } }));
        checkEqual(Array.isArray(await provider.listVoices(deepFreeze({}))), true, 'listVoices gives a list');
      }),
  },
  {
    id: 'X18',
    title: 'text in any script reaches the service unchanged, or is refused by name',
    run: async (target) => {
      for (const text of ['Grüße 👩‍🚀', 'שלום עולם', 'e\u0301galite\u0301', 'long '.repeat(200_000)]) {
        await using(target.open(SETUP), async ({ provider, requests }) => {
          const refusal = await provider.synthesize(wish(target, { text })).then(
            () => undefined,
            (error: unknown) => error,
          );
          if (refusal === undefined) {
            const sent = requests().at(-1)?.text ?? '';
            check(sent.includes(JSON.stringify(text).slice(1, -1)), `the text "${text.slice(0, 20)}" was changed`);
          } else {
            const field: unknown = Reflect.get(Object(refusal), 'field');
            checkEqual(field, 'text', `field that the refusal of "${text.slice(0, 20)}" names`);
          }
        });
      }
    },
  },
  {
    id: 'X20',
    title: 'a declared method works, and one declared as missing rejects with "unsupported"',
    run: (target) =>
      withProvider(target, async (provider) => {
        const { methods = {} } = provider.capabilities ?? fail('the provider declares no capabilities');
        if (methods.listModels === 'none' && provider.listModels !== undefined) {
          await rejectsWith(() => provider.listModels?.() ?? Promise.resolve(), ['unsupported'], 'listModels');
        } else if (methods.listModels !== undefined && methods.listModels !== 'none') {
          const page = (await provider.listModels?.()) ?? fail('listModels is declared but missing');
          check(Array.isArray(page.items), 'listModels gave no page');
        }
        const streams = methods.synthesizeStream ?? 'none';
        checkEqual(supports(provider, 'synthesizeStream'), streams !== 'none', 'whether synthesizeStream is there');
        const voices = await provider.listVoices();
        check(
          voices.some(({ id }) => id === target.voiceId),
          `listVoices does not have "${target.voiceId}", which the target uses`,
        );
      }),
  },
];

function withProvider(target: TTSConformanceTarget, run: (provider: TTSProvider) => Promise<void>): Promise<void> {
  return using(target.open(SETUP), ({ provider }) => run(provider));
}

export function wish(target: TTSConformanceTarget, input: Partial<TTSSynthesisInput>): TTSSynthesisInput {
  return { text: TEXT, voiceId: target.voiceId, ...input };
}

function stream(
  provider: TTSProvider,
  text: string | AsyncIterable<string>,
  { voiceId }: TTSConformanceTarget,
): ReturnType<NonNullable<TTSProvider['synthesizeStream']>> {
  return provider.synthesizeStream?.(text, { voiceId }) ?? fail('synthesizeStream is declared but missing');
}

async function warningsOrRefusal(
  provider: TTSProvider,
  input: TTSSynthesisInput,
): Promise<readonly IntegrationWarning[] | 'refused'> {
  try {
    return (await provider.synthesize(input)).warnings ?? [];
  } catch {
    return 'refused';
  }
}

function checkBytes(audio: AudioData): void {
  const { data, format } = audio;
  check(data.byteLength > 0, `${format}: there are no bytes`);
  check(isAudioOfFormat(data, format), `${format}: the bytes are ${inspectAudio(data)?.format ?? 'of another format'}`);
  check(audio.sampleRateHz > 0, `${format}: the sample rate is ${audio.sampleRateHz}`);
  if (isRawAudio(format)) return;
  const facts = inspectAudio(data);
  if (facts?.sampleRateHz !== undefined) checkEqual(audio.sampleRateHz, facts.sampleRateHz, `${format}: stated rate`);
  if (facts?.channels !== undefined && audio.channels !== undefined) {
    checkEqual(audio.channels, facts.channels, `${format}: stated channels`);
  }
}
