import { TestingError } from './testing-error.ts';

/** One check of a conformance kit: data, so that any test runner can loop over a list of them. */
export interface ConformanceCase<Context> {
  /** Stable id such as `X9` or `llm.2`. Unique in its list. */
  readonly id: string;
  /** States the behaviour: "keeps the original error when the rollback fails". */
  readonly title: string;
  /** Capability that the implementation must declare for the check to apply. Absent: always applies. */
  readonly requires?: string;
  /** Resolves when the behaviour holds; rejects with what was expected, what came and where. */
  run(context: Context): Promise<void>;
}

/** What became of one check. */
export interface ConformanceOutcome {
  readonly id: string;
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped. */
  readonly reason?: string;
}

export interface RunConformanceOptions<Context> {
  readonly cases: readonly ConformanceCase<Context>[];
  /** Makes a fresh context for one check; its `close` runs afterwards, also when the check failed. */
  createContext(): Promise<Context & { close?(): Promise<void> }>;
  /** Names of the capabilities that the implementation declares. */
  readonly capabilities?: readonly string[];
  /** Told of each outcome as it comes, for progress. */
  onOutcome?(outcome: ConformanceOutcome): void;
}

/**
 * Runs every check in order, each in a context of its own, and reports all of them, the skipped ones included. A
 * context that cannot be made or closed fails its check; it never ends the run.
 *
 * @throws {TestingError} `INVALID_ARGUMENT`: two checks share an id, so that a report could not tell them apart.
 */
export async function runConformance<Context>(options: RunConformanceOptions<Context>): Promise<ConformanceOutcome[]> {
  requireUniqueIds(options.cases);
  const outcomes: ConformanceOutcome[] = [];
  for (const check of options.cases) {
    const outcome = await runCheck(check, options);
    outcomes.push(outcome);
    options.onOutcome?.(outcome);
  }
  return outcomes;
}

async function runCheck<Context>(
  check: ConformanceCase<Context>,
  options: RunConformanceOptions<Context>,
): Promise<ConformanceOutcome> {
  const { id, title, requires } = check;
  if (requires !== undefined && !(options.capabilities ?? []).includes(requires)) {
    return { id, title, status: 'skipped', reason: `capability "${requires}" is not declared` };
  }
  const failures: string[] = [];
  try {
    const context = await options.createContext();
    try {
      await check.run(context);
    } catch (error) {
      failures.push(reasonOf(error));
    }
    try {
      await context.close?.();
    } catch (error) {
      failures.push(`the context did not close: ${reasonOf(error)}`);
    }
  } catch (error) {
    failures.push(`the context could not be made: ${reasonOf(error)}`);
  }
  return failures.length === 0
    ? { id, title, status: 'passed' }
    : { id, title, status: 'failed', reason: failures.join('; ') };
}

function requireUniqueIds(cases: readonly { readonly id: string }[]): void {
  const seen = new Set<string>();
  for (const { id } of cases) {
    if (seen.has(id)) throw new TestingError('INVALID_ARGUMENT', `Two conformance checks have the id "${id}"`);
    seen.add(id);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
