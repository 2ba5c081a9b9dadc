import { MortiseError } from '@mortise/core';
import type { HealthSleepStage, HealthSleepStageName } from '../model/sleep.ts';
import { compareInstants, secondsBetween } from '../time/instant.ts';

const MARKER = Symbol.for('@mortise/sleep-stages-error');

/** Two stages at once that cannot both be true, or a stage that ends before it starts. */
export class SleepStagesError extends MortiseError<'CONFLICTING_STAGES' | 'REVERSED_STAGE'> {
  /** Position of the stage in the list that was given. */
  readonly index: number;

  constructor(code: 'CONFLICTING_STAGES' | 'REVERSED_STAGE', index: number, message: string) {
    super({ code, message });
    this.index = index;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `SleepStagesError`, whichever copy of the package made it. */
  static override is(value: unknown): value is SleepStagesError {
    return MortiseError.is(value) && MARKER in value;
  }
}

/** How much a stage says. A finer one stands for the time that it shares with a coarser one. */
const DETAIL: Readonly<Record<HealthSleepStageName, number>> = {
  unknown: 0,
  in_bed: 1,
  asleep: 2,
  awake: 3,
  light: 3,
  deep: 3,
  rem: 3,
};

interface Edges {
  readonly startedAt: string;
  readonly endedAt: string;
}

/**
 * The whole of a sleep as one line of stages: in order, without overlaps or gaps, so that its seconds add up to the
 * sleep's own. Where trackers overlap the finer stage counts (`deep` within `asleep` within `in_bed`), time that nobody
 * tells of is `unknown`, and what lies outside of the sleep is cut off.
 *
 * @throws {SleepStagesError} `CONFLICTING_STAGES`: two different stages of the same detail share time;
 *   `REVERSED_STAGE`: a stage ends before it starts.
 * @throws {HealthTimeError} `INVALID_INSTANT`; `NEGATIVE_DURATION`: the sleep ends before it starts.
 */
export function sleepTimeline(stages: readonly HealthSleepStage[], sleep: Edges): HealthSleepStage[] {
  secondsBetween(sleep.startedAt, sleep.endedAt);
  for (const [index, { start, end }] of stages.entries()) {
    if (compareInstants(start, end) > 0) {
      throw new SleepStagesError('REVERSED_STAGE', index, `Stage ${index} ends before it starts`);
    }
  }
  const cuts = cutsOf(stages, sleep);
  const line: HealthSleepStage[] = [];
  for (const [position, start] of cuts.slice(0, -1).entries()) {
    const end = cuts[position + 1] ?? start;
    const stage = stageAt(stages, start);
    const last = line.at(-1);
    if (last?.stage === stage) last.end = end;
    else line.push({ stage, start, end });
  }
  return line;
}

/** Seconds of each stage that occurs. */
export type SleepStageSeconds = Partial<Record<HealthSleepStageName, number>>;

/** Seconds by stage of a sleep's timeline; together they are the sleep's own. Errors as with `sleepTimeline`. */
export function sleepStageSeconds(stages: readonly HealthSleepStage[], sleep: Edges): SleepStageSeconds {
  const totals: SleepStageSeconds = {};
  for (const { stage, start, end } of sleepTimeline(stages, sleep)) {
    totals[stage] = (totals[stage] ?? 0) + secondsBetween(start, end);
  }
  return totals;
}

/** Every moment at which something may change, in order, each once. */
function cutsOf(stages: readonly HealthSleepStage[], { startedAt, endedAt }: Edges): string[] {
  const inside = stages
    .flatMap(({ start, end }) => [start, end])
    .filter((at) => compareInstants(at, startedAt) > 0 && compareInstants(at, endedAt) < 0);
  const sorted = [startedAt, ...inside, endedAt].sort(compareInstants);
  return sorted.filter((at, index) => index === 0 || compareInstants(at, sorted[index - 1] ?? at) > 0);
}

function stageAt(stages: readonly HealthSleepStage[], at: string): HealthSleepStageName {
  let found: HealthSleepStageName = 'unknown';
  for (const [index, { stage, start, end }] of stages.entries()) {
    if (compareInstants(start, at) > 0 || compareInstants(end, at) <= 0) continue;
    if (stage !== found && DETAIL[stage] === DETAIL[found]) {
      throw new SleepStagesError(
        'CONFLICTING_STAGES',
        index,
        `Stage ${index} is "${stage}" while an earlier one is "${found}"`,
      );
    }
    if (DETAIL[stage] > DETAIL[found]) found = stage;
  }
  return found;
}
