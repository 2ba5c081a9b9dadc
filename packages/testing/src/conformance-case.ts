/** One check of a conformance kit: data, so that any test runner can loop over a list of them. */
export interface ConformanceCase<Context> {
  /** Stable id such as `X9` or `llm.2`. */
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
}

/** Runs every check in order, each in a context of its own, and reports all of them, the skipped ones included. */
export async function runConformance<Context>(options: RunConformanceOptions<Context>): Promise<ConformanceOutcome[]> {
  const outcomes: ConformanceOutcome[] = [];
  for (const check of options.cases) {
    const { id, title, requires } = check;
    if (requires !== undefined && !(options.capabilities ?? []).includes(requires)) {
      outcomes.push({ id, title, status: 'skipped', reason: `capability "${requires}" is not declared` });
      continue;
    }
    const context = await options.createContext();
    try {
      await check.run(context);
      outcomes.push({ id, title, status: 'passed' });
    } catch (error) {
      outcomes.push({ id, title, status: 'failed', reason: error instanceof Error ? error.message : String(error) });
    } finally {
      await context.close?.();
    }
  }
  return outcomes;
}
