import type { ConnectionLine } from './connection-line.ts';

/** A connection for one call, and what the call must know of its state. */
export interface BorrowedLine {
  readonly line: ConnectionLine;
  readonly isInTransaction: boolean;
  /** Asked right before anything is sent. */
  readonly check?: () => void;
  /** Must be called when the call is over. */
  giveBack(): void;
}
