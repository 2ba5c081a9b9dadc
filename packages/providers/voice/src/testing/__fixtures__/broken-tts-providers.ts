import { type CallOptions, IntegrationError } from '@mortise/core';
import { FakeClock } from '@mortise/testing';
import { toWav } from '../../audio/wav.ts';
import { iterateOnce } from '../../call/iterate-once.ts';
import type { TTSSynthesisInput } from '../../synthesis/synthesis-input.ts';
import type { TTSSynthesisResult } from '../../synthesis/synthesis-result.ts';
import type { TTSProvider } from '../../synthesis/tts-provider.ts';
import type { TTSStreamPart } from '../../synthesis/tts-stream-part.ts';
import type { TTSConformanceTarget, VoiceSubjectSetup } from '../conformance-target.ts';
import { InMemoryTTSProvider } from '../memory/in-memory-tts-provider.ts';
import { without } from './without.ts';

/** A provider that does one thing wrong. */
export interface BrokenTTSProvider {
  /** The only check that it may fail. */
  readonly fails: string;
  readonly mistake: string;
  readonly target: TTSConformanceTarget;
}

type Build = (honest: InMemoryTTSProvider, setup: VoiceSubjectSetup) => Partial<TTSProvider>;

function broken(fails: string, mistake: string, build: Build): BrokenTTSProvider {
  return {
    fails,
    mistake,
    target: {
      voiceId: 'low',
      speaksHttp: true,
      open: async (setup) => {
        const clock = new FakeClock();
        const honest = new InMemoryTTSProvider({ ...setup, sleep: clock.sleep });
        return {
          provider: { ...bound(honest), ...build(honest, setup) },
          requests: () => honest.requests,
          openRequests: () => honest.openRequests,
          advance: (ms) => clock.advance(ms),
          close: () => honest.close(),
        };
      },
    },
  };
}

function bound(honest: InMemoryTTSProvider): TTSProvider {
  return {
    capabilities: honest.capabilities,
    synthesize: (input, options) => honest.synthesize(input, options),
    listVoices: (options) => honest.listVoices(options),
    listModels: (options) => honest.listModels(options),
    synthesizeStream: (text, input, options) => honest.synthesizeStream(text, input, options),
    close: () => honest.close(),
  };
}

/** The honest provider with a mistake in its results. */
function inResults(
  spoil: (result: TTSSynthesisResult, input: TTSSynthesisInput) => TTSSynthesisResult,
): (honest: InMemoryTTSProvider) => Partial<TTSProvider> {
  return (honest) => ({
    synthesize: async (input, options) => spoil(await honest.synthesize(input, options), input),
  });
}

/** The honest provider with a mistake in what it sends. */
function inInputs(
  spoil: (input: TTSSynthesisInput, options: CallOptions) => readonly [TTSSynthesisInput, CallOptions],
): (honest: InMemoryTTSProvider) => Partial<TTSProvider> {
  return (honest) => ({ synthesize: (input, options = {}) => honest.synthesize(...spoil(input, options)) });
}

function inStreams(
  spoil: (parts: AsyncIterable<TTSStreamPart>) => AsyncGenerator<TTSStreamPart, void>,
): (honest: InMemoryTTSProvider) => Partial<TTSProvider> {
  return (honest) => ({
    synthesizeStream: (text, input, options) => iterateOnce(() => spoil(honest.synthesizeStream(text, input, options))),
  });
}

/** What the provider that shares its client holds on to. */
let shared: InMemoryTTSProvider | undefined;

export const brokenTTSProviders: readonly BrokenTTSProvider[] = [
  broken(
    'voice.1',
    'labels a WAV file as bare pcm',
    inResults((result, { format }) =>
      format === 'pcm' ? { ...result, audio: { ...toWav(result.audio), format: 'pcm' } } : result,
    ),
  ),
  broken(
    'voice.2',
    'states a length that is half as long again',
    inResults((result) => ({
      ...result,
      audio: { ...result.audio, durationMs: (result.audio.durationMs ?? 0) * 1.5 },
    })),
  ),
  broken(
    'voice.3',
    'drops the pitch without a word',
    inInputs((input, options) => [without(input, 'pitch'), options]),
  ),
  broken(
    'voice.rate',
    'declares "rate" and ignores it',
    inInputs((input, options) => [without(input, 'rate'), options]),
  ),
  broken('voice.4', 'waits for the whole text before it speaks', (honest) => ({
    synthesizeStream: (text, input, options) =>
      iterateOnce(async function* late() {
        let whole = '';
        if (typeof text === 'string') whole = text;
        else for await (const piece of text) whole += piece;
        yield* honest.synthesizeStream(whole, input, options);
      }),
  })),
  broken(
    'voice.stream',
    'ends its streams twice',
    inStreams(async function* twice(parts) {
      yield* parts;
      yield { type: 'finish' };
    }),
  ),
  broken(
    'voice.5',
    'gives word timings in seconds',
    inResults((result) => ({
      ...result,
      wordTimings: (result.wordTimings ?? []).map((timing, index) => ({
        ...timing,
        startMs: timing.startMs / (index + 1),
      })),
    })),
  ),
  broken('X4', 'starts a stream again when it is iterated twice', (honest) => ({
    synthesizeStream: (text, input, options) => ({
      [Symbol.asyncIterator]: () => honest.synthesizeStream(text, input, options)[Symbol.asyncIterator](),
    }),
  })),
  broken(
    'X5',
    'drops what is said next',
    inInputs((input, options) => [without(input, 'nextText'), options]),
  ),
  broken('X8', 'fills the default format into its input', (honest) => ({
    synthesize: async (input, options) => {
      input.format ??= 'wav';
      return honest.synthesize(input, options);
    },
  })),
  broken(
    'X18',
    'normalises the text',
    inInputs((input, options) => [{ ...input, text: input.text.normalize('NFC') }, options]),
  ),
  broken('X20', 'declares a list of models that it does not have', () => ({
    listModels: () => Promise.reject(new IntegrationError({ code: 'unsupported', message: 'No models' })),
  })),
  broken(
    'X1',
    'sends before it looks at the signal',
    inInputs((input, options) => [input, options.signal?.aborted === true ? without(options, 'signal') : options]),
  ),
  broken('X2', 'goes on after an abort in flight', (honest) => ({
    synthesize: (input, options = {}) =>
      honest.synthesize(input, options.signal?.aborted === false ? without(options, 'signal') : options),
  })),
  broken(
    'X3',
    'ignores the time limit',
    inInputs((input, options) => [input, without(options, 'timeoutMs')]),
  ),
  broken('X11', 'reports every refusal as one of the service', (honest) => ({
    synthesize: (input, options) =>
      honest.synthesize(input, options).catch((error: unknown) => {
        if (!IntegrationError.is(error) || error.httpStatus !== 404) throw error;
        throw new IntegrationError({ code: 'provider_error', message: 'It failed', retry: 'transient' });
      }),
  })),
  broken('X13', 'puts the credential into its metadata', (honest, { credential }) => ({
    synthesize: async (input, options) => ({
      ...(await honest.synthesize(input, options)),
      providerMetadata: { tones: { authorization: btoa(credential) } },
    }),
  })),
  broken('X15', 'shares one client between instances', (honest, setup) => {
    shared = setup.credential === 'second' ? (shared ?? honest) : honest;
    const client = shared;
    return { synthesize: (input, options) => client.synthesize(input, options) };
  }),
  broken('X16', 'works on after close()', (honest) => ({
    close: () => Promise.resolve(),
    synthesize: (input, options) => honest.synthesize(input, options),
  })),
];
