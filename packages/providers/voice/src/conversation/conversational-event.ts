import type { IntegrationWarning } from '@mortise/core';

/** Who speaks. */
export type ConversationalRole = 'user' | 'agent';

/** What every session tells. `timestamp` and `durationMs` are milliseconds since the session started. */
export type BasicConversationalEvent =
  | { type: 'session_started'; sessionId: string }
  | { type: 'user_speech_started' }
  | { type: 'user_speech_ended'; transcript: string }
  | { type: 'agent_speech_started'; text: string }
  /** In the format of `outputAudio`; goes on where the last one ended. */
  | { type: 'agent_audio'; audio: Uint8Array }
  | { type: 'agent_speech_ended' }
  /** One finished turn; for the agent, only what was played before it was cut off. */
  | { type: 'transcript'; role: ConversationalRole; text: string; timestamp: number }
  /** A failure that the session survives; one that it does not is followed by `session_ended`. */
  | { type: 'error'; error: Error }
  /** Always the last event. `reason` is one of `SESSION_END_REASONS`, or the vendor's own word. */
  | { type: 'session_ended'; reason: string; durationMs: number };

/** What is sent only with `extendedEvents: true`. */
export type ExtendedConversationalEvent =
  | { type: 'transcript_delta'; role: ConversationalRole; delta: string }
  /** `arguments` is JSON text. Answer with `sendToolResult`. */
  | { type: 'tool_call'; callId: string; name: string; arguments: string }
  /** The agent was cut off after so much of its audio. */
  | { type: 'interrupted'; playedMs: number }
  | { type: 'usage'; usage: ConversationalUsage }
  | { type: 'reconnecting'; attempt: number }
  | { type: 'reconnected' }
  | { type: 'warning'; warning: IntegrationWarning };

/** A step of a session. Gains members over time: keep a default branch. */
export type ConversationalEvent = BasicConversationalEvent | ExtendedConversationalEvent;

/** Usage since the last such event. What the provider does not tell is absent, not 0. */
export interface ConversationalUsage {
  inputTokens?: number;
  outputTokens?: number;
  inputAudioMs?: number;
  outputAudioMs?: number;
}

/** Why a session ended. */
export const SESSION_END_REASONS = Object.freeze([
  /** `close` was called. */
  'closed',
  /** The reader of `events` left, or the call's signal aborted. */
  'aborted',
  'max_duration',
  'idle',
  /** The connection was lost for good. */
  'connection_lost',
  /** The provider ended it. */
  'provider',
] as const);

const EXTENDED: ReadonlySet<string> = new Set<ExtendedConversationalEvent['type']>([
  'transcript_delta',
  'tool_call',
  'interrupted',
  'usage',
  'reconnecting',
  'reconnected',
  'warning',
]);

/** Whether an event is one that every consumer knows. */
export function isBasicConversationalEvent(event: ConversationalEvent): event is BasicConversationalEvent {
  return !EXTENDED.has(event.type);
}
