import type { DatabaseCapabilities } from '../model/capabilities.ts';
import type { PostgresDriver, PostgresParser } from './driver.ts';

/** What the parts of one provider share. */
export interface PostgresRuntime {
  readonly driver: PostgresDriver;
  readonly capabilities: DatabaseCapabilities;
  readonly parserOf: (typeId: number) => PostgresParser;
  /** Milliseconds from any fixed point. */
  readonly now: () => number;
  /** 0 (included) to 1 (excluded). */
  readonly random: () => number;
  /** Resolves after the time, or rejects with the reason of the signal as soon as it is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}
