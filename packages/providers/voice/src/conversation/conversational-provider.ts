import type { CallOptions, CapabilityDescription, MethodSupport } from '@mortise/core';
import type { AudioFormat } from '../audio/audio-format.ts';
import type { ListVoicesOptions } from '../synthesis/tts-provider.ts';
import type { Voice } from '../synthesis/voice.ts';
import type { ConversationalSession } from './conversational-session.ts';
import type { ConversationalSessionConfig, TurnDetection } from './session-config.ts';

/** What a session offers that not every one does. */
export type ConversationalFeature =
  | 'tools'
  | 'interruption'
  | 'commit-audio'
  | 'text-input'
  | 'update'
  | 'truncate'
  | 'reconnection'
  | 'usage';

export interface ConversationalCapabilities extends CapabilityDescription {
  readonly methods?: Readonly<Partial<Record<'createClientToken', MethodSupport>>>;
  readonly features: readonly ConversationalFeature[];
  readonly inputFormats: readonly AudioFormat[];
  readonly outputFormats: readonly AudioFormat[];
  readonly turnDetection: readonly TurnDetection[];
  /** Audio that a session keeps at most before `sendAudio` refuses more, in milliseconds. */
  readonly maxBufferedMs?: number;
}

/** Lets a browser open a session by itself. It never sees the key behind it. */
export interface ConversationalClientToken {
  readonly token: string;
  /** Where the session is opened. */
  readonly url: string;
  /** ISO 8601 instant. */
  readonly expiresAt: string;
}

export interface ClientTokenRequest {
  /** Absent: the provider's default. */
  readonly expiresInSeconds?: number;
  readonly config: ConversationalSessionConfig;
}

/** Live conversations with a voice agent behind one connection. */
export interface ConversationalProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: ConversationalCapabilities;

  /**
   * Opens a session. `signal` ends it at any time, not only while it opens; `timeoutMs` limits the opening.
   *
   * @throws {IntegrationError} `invalid_request` for raw audio without a sample rate, `unsupported` for what the provider
   * cannot do.
   */
  startSession(config: ConversationalSessionConfig, options?: CallOptions): Promise<ConversationalSession>;

  /** All voices that an agent may have. */
  listVoices(options?: ListVoicesOptions): Promise<Voice[]>;

  createClientToken?(request: ClientTokenRequest, options?: CallOptions): Promise<ConversationalClientToken>;

  /** Ends all sessions and releases connections. Calling it again does nothing. */
  close?(): Promise<void>;
}
