import type { ConversationalRole } from './conversational-event.ts';
import type { ConversationalSessionSummary, ConversationalTurn } from './session-summary.ts';

/** Keeps the turns of a session for its summary. For implementers. Times are milliseconds since the session started. */
export class SessionRecorder {
  readonly #turns: ConversationalTurn[] = [];
  readonly #startedAt = new Map<ConversationalRole, number>();

  /** A side begins to speak. */
  started(role: ConversationalRole, atMs: number): void {
    this.#startedAt.set(role, atMs);
  }

  /** A side's turn is over. Nothing is kept of a turn without text. Without a known start it counts as a moment. */
  ended(role: ConversationalRole, text: string, atMs: number): void {
    const startMs = this.#startedAt.get(role) ?? atMs;
    this.#startedAt.delete(role);
    if (text !== '') this.#turns.push({ role, text, startMs, endMs: Math.max(startMs, atMs) });
  }

  /** @param durationMs Length of the whole session. */
  summary(sessionId: string, durationMs: number): ConversationalSessionSummary {
    const turns = this.#turns.map((turn) => ({ ...turn }));
    return { sessionId, durationMs, turns, transcript: turns.map(({ role, text }) => `${role}: ${text}`).join('\n') };
  }
}
