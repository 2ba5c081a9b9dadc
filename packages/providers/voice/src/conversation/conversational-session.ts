import type { ConversationalEvent } from './conversational-event.ts';
import type { SessionUpdate } from './session-config.ts';
import type { ConversationalSessionSummary } from './session-summary.ts';

export type SessionState = 'connecting' | 'open' | 'reconnecting' | 'closing' | 'closed';

/**
 * A conversation that is under way. It ends by `close`, by its own limits, by the provider, or when the reader of `events`
 * leaves; whichever it is, `events` ends with `session_ended` and `close` gives the summary.
 */
export interface ConversationalSession {
  /**
   * What happens, kept from the beginning on for the one reader that there may be. A second iteration throws
   * `invalid_request`. Leaving it early ends the session.
   */
  readonly events: AsyncIterable<ConversationalEvent>;

  readonly state?: SessionState;

  /** Resolves when audio can be sent; rejects when the session could not be opened. */
  readonly ready?: Promise<void>;

  /** Audio that was handed over and not yet sent, in milliseconds: the sender's sign to slow down. */
  readonly bufferedMs?: number;

  /**
   * Hands over the user's audio, in the format of `inputAudio`.
   *
   * @throws {IntegrationError} `rate_limited` when the buffer is full: nothing of the chunk was taken, send it again when
   * `bufferedMs` is lower (`pumpAudio` does). `invalid_request` after the session ended.
   */
  sendAudio(chunk: Uint8Array): void;

  /** Says something in writing, as the user. */
  sendText(text: string): void;

  /** Cuts the agent off: its audio stops, and the transcript keeps what was played. */
  interrupt(): void;

  /** Ends the session and gives its summary. Calling it again gives the same. */
  close(): Promise<ConversationalSessionSummary>;

  /** Answers a `tool_call`. `output` is text; JSON where the tool gives data. */
  sendToolResult?(callId: string, output: string): void;

  /** Ends the user's turn, where turns are not detected. */
  commitAudio?(): void;

  /** Forgets audio of the turn that was not committed. */
  clearAudio?(): void;

  /** Tells how much of an agent's turn was really heard, where the caller plays the audio itself. */
  truncate?(heard: { readonly itemId: string; readonly audioEndMs: number }): void;

  /** Changes settings for what follows. */
  update?(changes: SessionUpdate): Promise<void>;
}
