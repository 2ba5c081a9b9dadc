import { isDateOnly, isOffset, isZoneId } from '@mortise/core';
import type { HealthEntity } from '../model/entity.ts';
import type { HealthSleep } from '../model/sleep.ts';
import { sleepStageSeconds } from '../sleep/sleep-timeline.ts';
import { compareInstants, parseInstant, secondsBetween } from '../time/instant.ts';

/** What is wrong with a record. */
export interface HealthRecordProblem {
  /** Field that is wrong, such as `endedAt` or `stages/2`. */
  readonly field: string;
  /** Without any figure or text of the record. */
  readonly message: string;
}

/** Vendors round to the second, and to the minute at worst. */
const DEFAULT_TOLERANCE_SECONDS = 60;

const FIGURES =
  /(?:Seconds|Meters|Kcal|Grams|Ml|Bpm|Mps|Watts|Ms)$|^(?:steps|floors|cadence|awakenings|respiratoryRate|efficiency)$/;

export interface FindRecordProblemsOptions {
  /** How far a duration may be from the instants, in seconds. Default 60. */
  readonly toleranceSeconds?: number;
}

/**
 * What no schema can say of a record: that it ends after it starts, that its duration is the time between the two, that
 * parts of a sleep are not more than the whole, that no figure is negative or endless. Empty where all is well.
 */
export function findRecordProblems(
  { entityType, record }: HealthEntity,
  options: FindRecordProblemsOptions = {},
): HealthRecordProblem[] {
  const tolerance = options.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS;
  return [
    ...figureProblems(record),
    ...placeProblems(record),
    ...instantProblems(record),
    ...(entityType === 'biometric' || entityType === 'nutrition' ? [] : durationProblems(record, tolerance)),
    ...(entityType === 'sleep' ? sleepProblems(record, tolerance) : []),
  ];
}

function* figureProblems(record: object): Iterable<HealthRecordProblem> {
  for (const [field, value] of Object.entries(record)) {
    if (typeof value !== 'number') continue;
    if (!Number.isFinite(value)) yield { field, message: 'is not a finite number' };
    else if (value < 0 && FIGURES.test(field)) yield { field, message: 'is negative' };
  }
}

function* placeProblems(record: HealthEntity['record']): Iterable<HealthRecordProblem> {
  const { localDate, timeZone, zoneOffset } = record;
  if (localDate !== undefined && !isDateOnly(localDate)) yield { field: 'localDate', message: 'is no YYYY-MM-DD' };
  if (timeZone !== undefined && !isZoneId(timeZone)) yield { field: 'timeZone', message: 'is no IANA zone' };
  if (zoneOffset !== undefined && !isOffset(zoneOffset)) yield { field: 'zoneOffset', message: 'is no offset' };
}

const INSTANTS = ['startedAt', 'endedAt', 'measuredAt', 'loggedAt', 'consumedAt', 'updatedAt'];

function* instantProblems(record: object): Iterable<HealthRecordProblem> {
  for (const field of INSTANTS) {
    const value: unknown = Reflect.get(record, field);
    if (value !== undefined && !isInstant(value)) yield { field, message: 'is no instant with an offset' };
  }
}

function isInstant(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    parseInstant(value);
    return true;
  } catch {
    return false;
  }
}

interface Timed {
  startedAt?: string;
  endedAt?: string;
  durationSeconds?: number;
}

function* durationProblems(record: Timed, toleranceSeconds: number): Iterable<HealthRecordProblem> {
  const { startedAt, endedAt, durationSeconds } = record;
  if (!isInstant(startedAt) || !isInstant(endedAt) || startedAt === undefined || endedAt === undefined) return;
  if (compareInstants(startedAt, endedAt) > 0) {
    yield { field: 'endedAt', message: 'is before startedAt' };
  } else if (
    durationSeconds !== undefined &&
    Math.abs(durationSeconds - secondsBetween(startedAt, endedAt)) > toleranceSeconds
  ) {
    yield { field: 'durationSeconds', message: 'is not the time between startedAt and endedAt' };
  }
}

function* sleepProblems(sleep: HealthSleep, toleranceSeconds: number): Iterable<HealthRecordProblem> {
  const { startedAt, endedAt, stages, efficiency } = sleep;
  if (efficiency !== undefined && efficiency > 1) yield { field: 'efficiency', message: 'is more than 1' };
  if (!isInstant(startedAt) || !isInstant(endedAt) || compareInstants(startedAt, endedAt) > 0) return;
  const parts = [sleep.deepSleepSeconds, sleep.lightSleepSeconds, sleep.remSleepSeconds, sleep.awakeSeconds];
  const together = parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
  if (together > secondsBetween(startedAt, endedAt) + toleranceSeconds) {
    yield { field: 'durationSeconds', message: 'is less than its stages together' };
  }
  if (stages === undefined) return;
  try {
    sleepStageSeconds(stages, sleep);
  } catch {
    yield { field: 'stages', message: 'contradict each other or hold no instants' };
  }
}
