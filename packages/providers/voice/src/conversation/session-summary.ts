import type { ConversationalRole } from './conversational-event.ts';

/** One turn. Milliseconds since the session started. */
export interface ConversationalTurn {
  role: ConversationalRole;
  text: string;
  startMs: number;
  endMs: number;
}

/** What a session was. */
export interface ConversationalSessionSummary {
  sessionId: string;
  durationMs: number;
  /** In the order in which they ended; the same as the `transcript` events. */
  turns: ConversationalTurn[];
  /** All turns, one a line, as `user: …` and `agent: …`. */
  transcript: string;
}
