import type { IntegrationSpec } from '@mortise/core';
import type { SdkReading } from './read-sdk.ts';
import type { SdkPlace, VendorFact } from './vendor-fact.ts';

/** What came of one fact. */
export interface FactOutcome {
  readonly spec: string;
  readonly fact: string;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
  /** Package and version, such as `stripe@23.1.0`. */
  readonly source: string;
  /**
   * `same`: they agree. `drifted`: they do not. `silent`: the package does not say it where it used to, so that the place must
   * be looked up again. `unstated`: the spec says nothing. `missing`: no such spec is shipped.
   */
  readonly outcome: 'same' | 'drifted' | 'silent' | 'unstated' | 'missing';
}

/** Compares specs with what the vendors' packages say. */
export function compareFacts(
  facts: readonly VendorFact[],
  specs: readonly IntegrationSpec[],
  read: (place: SdkPlace) => SdkReading | undefined,
): FactOutcome[] {
  const byKey = new Map(specs.map((spec) => [spec.meta.key, spec]));
  return facts.map((fact): FactOutcome => {
    const reading = read(fact.theirs);
    const spec = byKey.get(fact.spec);
    const ours = spec === undefined ? [] : [...new Set(fact.ours(spec))];
    const theirs = reading?.says ?? [];
    return {
      spec: fact.spec,
      fact: fact.fact,
      ours,
      theirs,
      source: `${fact.theirs.package}@${reading?.version ?? '?'}`,
      outcome: outcomeOf(spec, ours, theirs, fact.agree ?? 'same'),
    };
  });
}

function outcomeOf(
  spec: IntegrationSpec | undefined,
  ours: readonly string[],
  theirs: readonly string[],
  agree: NonNullable<VendorFact['agree']>,
): FactOutcome['outcome'] {
  if (spec === undefined) return 'missing';
  if (theirs.length === 0) return 'silent';
  if (ours.length === 0) return 'unstated';
  const isWithin = (some: readonly string[], all: readonly string[]): boolean => {
    // Headers and hosts are compared without regard to case.
    const known = new Set(all.map((text) => text.toLowerCase()));
    return some.every((text) => known.has(text.toLowerCase()));
  };
  const isOursThere = agree === 'theirs-among-ours' || isWithin(ours, theirs);
  const isTheirsHere = agree === 'ours-among-theirs' || isWithin(theirs, ours);
  return isOursThere && isTheirsHere ? 'same' : 'drifted';
}
