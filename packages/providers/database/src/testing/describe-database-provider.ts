import { runConformance, type ConformanceOutcome } from '@mortise/testing';
import type { DatabaseCapabilities } from '../model/capabilities.ts';
import { capabilityCases } from './cases/capability-cases.ts';
import { connectionCases } from './cases/connection-cases.ts';
import { resultCases } from './cases/result-cases.ts';
import { streamCases } from './cases/stream-cases.ts';
import { transactionCases } from './cases/transaction-cases.ts';
import { valueCases } from './cases/value-cases.ts';
import type { DatabaseConformanceCase, DatabaseConformanceContext } from './context.ts';

/** All checks of the domain, in the order of their numbers. The statements in them are PostgreSQL's. */
export const databaseConformanceCases: readonly DatabaseConformanceCase[] = Object.freeze(
  [...valueCases, ...resultCases, ...transactionCases, ...connectionCases, ...streamCases, ...capabilityCases].sort(
    (left, right) => left.id.localeCompare(right.id, 'en', { numeric: true }),
  ),
);

/** An implementation that is to be checked. */
export interface DatabaseConformanceTarget {
  /** Makes the context of one check. */
  createContext(): Promise<DatabaseConformanceContext>;
  /** What the implementation declares. */
  readonly capabilities: DatabaseCapabilities;
  /** What the contexts offer beside the database: `breakConnection`, `failToConnect`. */
  readonly offers?: readonly ('breakConnection' | 'failToConnect')[];
}

/** One check of one implementation, for any test runner: `it(check.title, check.run)`. */
export interface DatabaseConformanceCheck {
  readonly id: string;
  readonly title: string;
  /** Why the check does not apply. Absent: it does. */
  readonly skipReason?: string;
  /** Rejects with what was expected and what came. */
  run(): Promise<void>;
}

/** The checks of an implementation, each in a context of its own. A check is skipped only for want of a declared capability. */
export function describeDatabaseProvider(target: DatabaseConformanceTarget): DatabaseConformanceCheck[] {
  const names = listCapabilities(target);
  return databaseConformanceCases.map((check) => ({
    id: check.id,
    title: check.title,
    ...(check.requires === undefined || names.includes(check.requires)
      ? {}
      : { skipReason: `capability "${check.requires}" is not declared` }),
    async run() {
      const context = await target.createContext();
      try {
        await check.run(context);
      } finally {
        await context.close?.();
      }
    },
  }));
}

/** Runs all checks and reports each with its outcome, the skipped ones included. */
export async function checkDatabaseProvider(target: DatabaseConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance<DatabaseConformanceContext>({
    cases: databaseConformanceCases,
    createContext: () => target.createContext(),
    capabilities: listCapabilities(target),
  });
}

function listCapabilities({ capabilities, offers = [] }: DatabaseConformanceTarget): string[] {
  const declared = Object.entries(capabilities).filter(([, value]) => value === true);
  return [...declared.map(([name]) => name), ...offers];
}
