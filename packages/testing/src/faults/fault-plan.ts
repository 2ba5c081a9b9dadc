import type { Fault } from './fault.ts';

/** What a plan may decide by. */
export interface FaultTarget {
  /** Requests that came before this one. */
  readonly index: number;
  /** Upper case; empty where there is no HTTP. */
  readonly method: string;
  /** With the query. */
  readonly path: string;
}

/** Decides, once per request, what goes wrong with it. None: it is answered as usual. Several are applied together. */
export type FaultPlan = (target: FaultTarget) => readonly Fault[];

/** A step of a script: one fault, several at once, or `'none'` for a request that goes well. */
export type FaultStep = Fault | readonly Fault[] | 'none';

/** The first request suffers the first step, the second the next; when the script is over, all goes well. */
export function scriptFaults(steps: readonly FaultStep[]): FaultPlan {
  let next = 0;
  return () => {
    const step = steps[next];
    next += 1;
    return step === undefined ? [] : toFaults(step);
  };
}

/** Every request suffers the same. */
export function alwaysFault(step: FaultStep): FaultPlan {
  return () => toFaults(step);
}

export interface RandomFaultsOptions {
  /** Numbers from 0 to below 1, such as `seededRandom(1)`. */
  readonly random: () => number;
  /** Share of the requests that suffer, from 0 to 1. */
  readonly probability: number;
  /** One of these is drawn each time. */
  readonly steps: readonly FaultStep[];
}

/** Some requests suffer one of the given steps; which ones is repeatable with a seeded random. */
export function randomFaults(options: RandomFaultsOptions): FaultPlan {
  return () => {
    if (options.random() >= options.probability) return [];
    const step = options.steps[Math.floor(options.random() * options.steps.length)];
    return step === undefined ? [] : toFaults(step);
  };
}

function toFaults(step: FaultStep): readonly Fault[] {
  if (step === 'none') return [];
  return 'kind' in step ? [step] : step;
}
