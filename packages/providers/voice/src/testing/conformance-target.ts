import type { AudioData } from '../audio/audio-data.ts';
import type { ConversationalProvider } from '../conversation/conversational-provider.ts';
import type { TTSProvider } from '../synthesis/tts-provider.ts';
import type { STTProvider } from '../transcription/stt-provider.ts';
import type { ScriptedAgent } from './memory/scripted-agent.ts';
import type { VoiceObservedRequest, VoiceServer } from './observed-request.ts';

/** How a check wants its provider. */
export interface VoiceSubjectSetup {
  /** Credential that the provider sends. */
  readonly credential: string;
  readonly server: VoiceServer;
}

/** A provider under test, and what can be seen of it from the other side of the wire. */
export interface VoiceSubject<Provider> {
  readonly provider: Provider;
  /** What reached the service so far, in order. */
  readonly requests: () => readonly VoiceObservedRequest[];
  /** Requests, streams and sessions that are still open on the service's side. */
  readonly openRequests: () => number;
  /** Moves the provider's clock, where it has one of its own; absent, the checks wait in real time. */
  readonly advance?: (ms: number) => Promise<void>;
  /** Releases everything, the provider included. */
  readonly close: () => Promise<void>;
}

/** A speech provider that the kit can test. */
export interface TTSConformanceTarget {
  readonly open: (setup: VoiceSubjectSetup) => Promise<VoiceSubject<TTSProvider>>;
  readonly voiceId: string;
  /** Whether the service can be made to refuse with a status. Default false. */
  readonly speaksHttp?: boolean;
}

/** Recordings of which it is known what is said. */
export interface SpeechFixtures {
  /** Two speakers in turn, with a pause between. Raw audio or WAV. */
  readonly dialogue: AudioData;
  /** What they say, joined by blanks. */
  readonly text: string;
  /** One entry per stretch, in order. */
  readonly speakers: readonly string[];
  /** The same length of nothing. */
  readonly silence: AudioData;
  /** The dialogue as bare samples, for live transcription. */
  readonly live: AudioData;
}

/** A transcription provider that the kit can test. */
export interface STTConformanceTarget {
  readonly open: (setup: VoiceSubjectSetup) => Promise<VoiceSubject<STTProvider>>;
  readonly fixtures: SpeechFixtures;
  /** Share of words that may be wrong, from 0 to 1. Default 0. */
  readonly wordErrorRate?: number;
  readonly speaksHttp?: boolean;
}

export interface ConversationalSubjectSetup extends VoiceSubjectSetup {
  /** What the agent answers. */
  readonly agent: ScriptedAgent;
  /** Whether a lost connection comes back. */
  readonly reconnects: boolean;
}

export interface ConversationalSubject extends VoiceSubject<ConversationalProvider> {
  /** Cuts the connection of the session that was opened last. Absent: it cannot be cut. */
  readonly dropConnection?: () => void;
}

/** A conversational provider that the kit can test. */
export interface ConversationalConformanceTarget {
  readonly open: (setup: ConversationalSubjectSetup) => Promise<ConversationalSubject>;
  readonly voiceId: string;
  /** Format of `speech`, and what the agent's audio is asked for in. */
  readonly audio: { readonly format: 'pcm' | 'mulaw' | 'alaw'; readonly sampleRateHz: number };
  /** A text as the user would say it. */
  readonly speech: (text: string) => Uint8Array;
}
