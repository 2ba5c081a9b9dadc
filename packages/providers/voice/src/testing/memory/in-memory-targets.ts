import { FakeClock } from '@mortise/testing';
import type { AudioData } from '../../audio/audio-data.ts';
import { joinBytes } from '../../audio/join-bytes.ts';
import { encodeSamples } from '../../audio/samples.ts';
import { toWav } from '../../audio/wav.ts';
import type {
  ConversationalConformanceTarget,
  SpeechFixtures,
  STTConformanceTarget,
  TTSConformanceTarget,
} from '../conformance-target.ts';
import { InMemoryConversationalProvider } from './in-memory-conversational-provider.ts';
import type { InMemorySession } from './in-memory-session.ts';
import { InMemorySTTProvider } from './in-memory-stt-provider.ts';
import { InMemoryTTSProvider } from './in-memory-tts-provider.ts';
import { speakTones } from './tone-speech.ts';

const RATE_HZ = 16_000;

/** The in-memory speech provider as a target of the kit, on a clock of its own, so that no check waits. */
export function inMemoryTTSTarget(): TTSConformanceTarget {
  return {
    voiceId: 'low',
    speaksHttp: true,
    open: async (setup) => {
      const clock = new FakeClock();
      const provider = new InMemoryTTSProvider({ ...setup, sleep: clock.sleep });
      return {
        provider,
        requests: () => provider.requests,
        openRequests: () => provider.openRequests,
        advance: (ms) => clock.advance(ms),
        close: () => provider.close(),
      };
    },
  };
}

/** The in-memory transcription provider as a target of the kit. */
export function inMemorySTTTarget(): STTConformanceTarget {
  return {
    fixtures: toneFixtures(),
    speaksHttp: true,
    open: async (setup) => {
      const clock = new FakeClock();
      const provider = new InMemorySTTProvider({ ...setup, sleep: clock.sleep });
      return {
        provider,
        requests: () => provider.requests,
        openRequests: () => provider.openRequests,
        advance: (ms) => clock.advance(ms),
        close: () => provider.close(),
      };
    },
  };
}

/** The in-memory conversational provider as a target of the kit. */
export function inMemoryConversationalTarget(): ConversationalConformanceTarget {
  return {
    voiceId: 'high',
    audio: { format: 'pcm', sampleRateHz: RATE_HZ },
    speech: (text) => encodeSamples(speakTones(text, RATE_HZ).samples, 'pcm_s16le'),
    open: async (setup) => {
      const clock = new FakeClock();
      const provider = new InMemoryConversationalProvider({ ...setup, sleep: clock.sleep, now: clock.now });
      let last: InMemorySession | undefined;
      const startSession = provider.startSession.bind(provider);
      provider.startSession = async (...call) => {
        last = await startSession(...call);
        return last;
      };
      return {
        provider,
        requests: () => provider.requests,
        openRequests: () => provider.openRequests,
        advance: (ms) => clock.advance(ms),
        dropConnection: () => void last?.dropConnection(),
        close: () => provider.close(),
      };
    },
  };
}

/** Two voices in turn, spoken in tones. */
export function toneFixtures(): SpeechFixtures {
  const pause = new Float32Array(RATE_HZ / 2);
  const turns = [
    ['low', 'Good morning'],
    ['high', 'Hello, who is there?'],
    ['low', 'It is me'],
  ] as const;
  const samples = turns.flatMap(([voice, text]) => [speakTones(text, RATE_HZ, voice).samples, pause]);
  const data = joinBytes(samples.map((part) => encodeSamples(part, 'pcm_s16le')));
  const live: AudioData = { data, format: 'pcm', sampleRateHz: RATE_HZ, channels: 1 };
  return {
    dialogue: toWav(live),
    text: turns.map(([, text]) => text).join(' '),
    speakers: turns.map(([voice]) => voice),
    silence: toWav({ ...live, data: new Uint8Array(data.byteLength) }),
    live,
  };
}
