import type { JsonObject } from '@mortise/core';
import type { AudioFormat } from '../audio/audio-format.ts';

/** A function that the agent may call. */
export interface ConversationalTool {
  name: string;
  description?: string;
  /** JSON Schema of the arguments. */
  inputSchema: unknown;
}

/** What one side's audio is. Both sides may differ. */
export interface SessionAudio {
  readonly format: AudioFormat;
  /** Required for raw formats. */
  readonly sampleRateHz?: number;
  readonly channels?: 1 | 2;
}

/** When the other side's turn ends and the agent speaks. */
export type TurnDetection = 'server_vad' | 'push_to_talk' | 'semantic_vad';

/** Settings of a live session. An absent setting leaves the choice to the provider. */
export interface ConversationalSessionConfig {
  /** Voice of the agent. */
  voiceId: string;
  /** BCP 47 tag. */
  language?: string;
  /** What the agent is to do and how to behave. */
  systemPrompt?: string;
  llmModel?: string;
  /** What `sendAudio` is given. `inputAudio` says more. */
  inputFormat?: AudioFormat;
  /** What `agent_audio` holds. `outputAudio` says more. */
  outputFormat?: AudioFormat;
  /** `push_to_talk`: a turn ends with `commitAudio`. */
  turnDetection?: TurnDetection;
  /** Silence that ends a turn, in milliseconds. */
  silenceThresholdMs?: number;
  /** Ends the session, whatever happens, with reason `max_duration`. */
  maxDurationSeconds?: number;
  /** The caller's own labels. */
  metadata?: Record<string, string>;
  /** Wins over `inputFormat`, and says the rate, which raw audio cannot do without. */
  inputAudio?: SessionAudio;
  outputAudio?: SessionAudio;
  tools?: ConversationalTool[];
  /** How loud or sure speech must be to count, from 0 to 1. */
  vadThreshold?: number;
  /** Audio before the start of speech that is kept, in milliseconds. */
  prefixPaddingMs?: number;
  /** Whether speech cuts the agent off, and how long it must last to do so. */
  interruption?: { enabled: boolean; minSpeechMs?: number };
  /** How the user's speech is written down. */
  inputTranscription?: { model?: string; language?: string; prompt?: string };
  /** What the agent answers with. Default both. */
  modalities?: ('audio' | 'text')[];
  /** Ends the session with reason `idle` when nobody did anything for so long. */
  idleTimeoutMs?: number;
  /** True: `events` also yields the members that the first event union did not have. Default false. */
  extendedEvents?: boolean;
  /** Settings that only one provider knows, under that provider's key. */
  providerOptions?: Readonly<Record<string, JsonObject>>;
}

/** Settings that may change while a session runs. */
export type SessionUpdate = Partial<
  Pick<
    ConversationalSessionConfig,
    'systemPrompt' | 'tools' | 'turnDetection' | 'silenceThresholdMs' | 'vadThreshold' | 'interruption' | 'modalities'
  >
>;
