import type { CallRow } from './call-row.ts';
import type { DemoReport } from './demo-report.ts';

/** Shows the demo to somebody: a person at a terminal, or another program. */
export interface Reporter {
  /** Something takes a moment: "Starting PostgreSQL". */
  step(text: string): void;
  /** Everything is up. */
  ready(report: Pick<DemoReport, 'slots' | 'setUpMs'>): void;
  /** The next calls belong to this scenario. */
  scenario(title: string): void;
  row(row: CallRow): void;
  finish(report: DemoReport): void;
  /** The demo could not go on. */
  failed(message: string): void;
}
