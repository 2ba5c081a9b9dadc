import { type CallOptions, IntegrationError } from '@mortise/core';
import { FakeClock } from '@mortise/testing';
import { iterateOnce } from '../../call/iterate-once.ts';
import type { STTEvent } from '../../transcription/stt-event.ts';
import type { STTProvider } from '../../transcription/stt-provider.ts';
import type { STTTranscriptionInput } from '../../transcription/transcription-input.ts';
import type { STTTranscriptionResult } from '../../transcription/transcription-result.ts';
import type { STTConformanceTarget, VoiceSubjectSetup } from '../conformance-target.ts';
import { toneFixtures } from '../memory/in-memory-targets.ts';
import { InMemorySTTProvider } from '../memory/in-memory-stt-provider.ts';
import { without } from './without.ts';

/** A provider that does one thing wrong. */
export interface BrokenSTTProvider {
  readonly fails: string;
  readonly mistake: string;
  readonly target: STTConformanceTarget;
}

type Build = (honest: InMemorySTTProvider, setup: VoiceSubjectSetup) => Partial<STTProvider>;

function broken(fails: string, mistake: string, build: Build): BrokenSTTProvider {
  return {
    fails,
    mistake,
    target: {
      fixtures: toneFixtures(),
      speaksHttp: true,
      open: async (setup) => {
        const clock = new FakeClock();
        const honest = new InMemorySTTProvider({ ...setup, sleep: clock.sleep });
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

function bound(honest: InMemorySTTProvider): STTProvider {
  return {
    capabilities: honest.capabilities,
    transcribe: (input, options) => honest.transcribe(input, options),
    transcribeStream: (audio, settings, options) => honest.transcribeStream(audio, settings, options),
    transcribeEvents: (audio, settings, options) => honest.transcribeEvents(audio, settings, options),
    close: () => honest.close(),
  };
}

function inResults(spoil: (result: STTTranscriptionResult) => STTTranscriptionResult): Build {
  return (honest) => ({ transcribe: async (input, options) => spoil(await honest.transcribe(input, options)) });
}

function inInputs(
  spoil: (input: STTTranscriptionInput, options: CallOptions) => readonly [STTTranscriptionInput, CallOptions],
): Build {
  return (honest) => ({ transcribe: (input, options = {}) => honest.transcribe(...spoil(input, options)) });
}

function inEvents(spoil: (events: AsyncIterable<STTEvent>) => AsyncGenerator<STTEvent, void>): Build {
  return (honest) => ({
    transcribeEvents: (audio, settings, options) =>
      iterateOnce(() => spoil(honest.transcribeEvents(audio, settings, options))),
  });
}

/** What the provider that shares its client holds on to. */
let shared: InMemorySTTProvider | undefined;

export const brokenSTTProviders: readonly BrokenSTTProvider[] = [
  broken(
    'voice.6',
    'gives the times of segments in seconds',
    inResults((result) => ({
      ...result,
      segments: result.segments.map((segment) => ({ ...segment, endMs: segment.endMs / 1000 })),
    })),
  ),
  broken(
    'voice.7',
    'changes what was final',
    inEvents(async function* changes(events) {
      for await (const event of events) {
        yield event;
        if (event.type === 'final') yield { type: 'interim', id: event.id, text: `${event.segment.text}…` };
      }
    }),
  ),
  broken(
    'voice.live',
    'keeps everything until the audio has ended',
    inEvents(async function* late(events) {
      const kept: STTEvent[] = [];
      for await (const event of events) kept.push(event);
      yield* kept;
    }),
  ),
  broken(
    'voice.8',
    'gives each segment a speaker of its own',
    inResults((result) => {
      if (result.speakers === undefined) return result;
      const segments = result.segments.map((segment, index) => ({ ...segment, speakerId: `speaker-${index}` }));
      return { ...result, segments, speakers: segments.map(({ speakerId }) => ({ id: speakerId })) };
    }),
  ),
  broken(
    'voice.9',
    'hears thanks in silence, as some models do',
    inResults((result) => (result.text === '' ? { ...result, text: 'Thank you.' } : result)),
  ),
  broken('voice.10', 'guesses the rate of raw audio', (honest) => ({
    transcribe: (input, options) => {
      const { audio } = input;
      return honest.transcribe(
        'data' in audio && !(audio.sampleRateHz > 0) ? { ...input, audio: { ...audio, sampleRateHz: 16_000 } } : input,
        options,
      );
    },
  })),
  broken('X4', 'reads a live transcription that nobody reads to its end', (honest) => ({
    transcribeEvents: (audio, settings, options) => {
      const events = honest.transcribeEvents(audio, settings, options)[Symbol.asyncIterator]();
      return iterateOnce(async function* unclosed() {
        for (;;) {
          const next = await events.next();
          if (next.done === true) return;
          yield next.value;
        }
      });
    },
  })),
  broken(
    'X5',
    'drops what is to be blacked out',
    inInputs((input, options) => [without(input, 'redact'), options]),
  ),
  broken('X8', 'turns the volume of the recording up in place', (honest) => ({
    transcribe: async (input, options) => {
      const { audio } = input;
      if ('data' in audio && audio.format === 'wav' && input.metadata !== undefined) audio.data.set([1], 60);
      return honest.transcribe(input, options);
    },
  })),
  broken(
    'X1',
    'sends before it looks at the signal',
    inInputs((input, options) => [input, options.signal?.aborted === true ? without(options, 'signal') : options]),
  ),
  broken('X2', 'goes on after an abort in flight', (honest) => ({
    transcribe: (input, options = {}) =>
      honest.transcribe(input, options.signal?.aborted === false ? without(options, 'signal') : options),
  })),
  broken(
    'X3',
    'takes the time limit for seconds',
    inInputs((input, { timeoutMs, ...options }) => [
      input,
      timeoutMs === undefined ? options : { ...options, timeoutMs: timeoutMs * 1000 },
    ]),
  ),
  broken('X11', 'forgets how long to wait', (honest) => ({
    transcribe: (input, options) =>
      honest.transcribe(input, options).catch((error: unknown) => {
        if (!IntegrationError.is(error) || error.httpStatus !== 429) throw error;
        throw new IntegrationError({ code: 'rate_limited', message: 'Too fast', retry: 'throttled' });
      }),
  })),
  broken('X13', 'names the credential in its errors', (honest, { credential }) => ({
    transcribe: (input, options) =>
      honest.transcribe(input, options).catch((error: unknown) => {
        if (!IntegrationError.is(error) || error.httpStatus !== 401) throw error;
        throw new IntegrationError({ code: 'unauthenticated', message: `The key ${credential} was refused` });
      }),
  })),
  broken('X15', 'shares one client between instances', (honest, setup) => {
    shared = setup.credential === 'second' ? (shared ?? honest) : honest;
    const client = shared;
    return { transcribe: (input, options) => client.transcribe(input, options) };
  }),
  broken('X16', 'works on after close()', () => ({ close: () => Promise.resolve() })),
];
