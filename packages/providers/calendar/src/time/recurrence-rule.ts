import { type DateOnly, IntegrationError } from '@mortise/core';
import { dateOfDay, dayNumber } from './zone-time.ts';

/** A weekday from Monday (0), and which one of the month: 1 the first, -1 the last, absent each. */
interface RuleWeekday {
  readonly weekday: number;
  readonly nth?: number;
}

/** The part of RRULE (RFC 5545, section 3.3.10) that moves by days. */
export interface RecurrenceRule {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  readonly count?: number;
  /** As written: a day, or an instant with `Z`. The last occurrence may fall on it. */
  readonly until?: string;
  readonly weekdays: readonly RuleWeekday[];
  readonly monthDays: readonly number[];
  readonly months: readonly number[];
  /** First day of a week, from Monday (0). */
  readonly weekStart: number;
}

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** Periods without a day of their own, such as months without a 31st, before a rule counts as one without end and without days. */
const MAX_EMPTY_PERIODS = 5_000;

/**
 * Reads the text behind `RRULE:`.
 *
 * @throws {IntegrationError} `invalid_request`; `unsupported` for parts that pick times of day, weeks or days of the year, or positions
 */
export function parseRule(text: string): RecurrenceRule {
  const parts = new Map<string, string>();
  for (const part of text.split(';')) {
    const [name = '', value = ''] = part.split('=');
    parts.set(name.toUpperCase(), value.toUpperCase());
  }
  const frequency = FREQUENCIES.find((known) => known === parts.get('FREQ'));
  const known = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'WKST']);
  const strange = [...parts.keys()].find((name) => !known.has(name));
  if (strange !== undefined || frequency === undefined) {
    throw new IntegrationError({
      code: 'unsupported',
      field: 'recurrence',
      message: `recurrence: ${strange ?? 'this FREQ'} is not known here; rules by day, week, month and year are`,
    });
  }
  const count = parts.get('COUNT');
  const until = parts.get('UNTIL');
  return {
    frequency,
    interval: wholeNumber(parts.get('INTERVAL') ?? '1', 1),
    ...(count === undefined ? {} : { count: wholeNumber(count, 1) }),
    ...(until === undefined ? {} : { until }),
    weekdays: listOf(parts.get('BYDAY')).map(parseWeekday),
    monthDays: listOf(parts.get('BYMONTHDAY')).map((day) => wholeNumber(day, -31)),
    months: listOf(parts.get('BYMONTH')).map((month) => wholeNumber(month, 1)),
    weekStart: Math.max(0, WEEKDAYS.indexOf(parts.get('WKST') ?? 'MO')),
  };
}

/** Writes a rule down again, without the name of the property. */
export function formatRule(rule: RecurrenceRule): string {
  const { frequency, interval, count, until, weekdays, monthDays, months, weekStart } = rule;
  const days = weekdays.map(({ weekday, nth }) => `${nth ?? ''}${WEEKDAYS[weekday] ?? ''}`);
  return [
    `FREQ=${frequency}`,
    ...(interval === 1 ? [] : [`INTERVAL=${interval}`]),
    ...(count === undefined ? [] : [`COUNT=${count}`]),
    ...(until === undefined ? [] : [`UNTIL=${until}`]),
    ...(days.length === 0 ? [] : [`BYDAY=${days.join(',')}`]),
    ...(monthDays.length === 0 ? [] : [`BYMONTHDAY=${monthDays.join(',')}`]),
    ...(months.length === 0 ? [] : [`BYMONTH=${months.join(',')}`]),
    ...(weekStart === 0 ? [] : [`WKST=${WEEKDAYS[weekStart] ?? 'MO'}`]),
  ].join(';');
}

/** The days that a rule picks from a first day on, in order. `count` and `until` are left to the caller. */
export function* ruleDays(rule: RecurrenceRule, first: DateOnly): Generator<DateOnly, void> {
  const firstDay = dayNumber(first);
  let emptyPeriods = 0;
  for (let period = 0; emptyPeriods < MAX_EMPTY_PERIODS; period += rule.interval) {
    const days = daysOfPeriod(rule, firstDay, period).filter((day) => day >= firstDay);
    emptyPeriods = days.length === 0 ? emptyPeriods + 1 : 0;
    for (const day of days) yield dateOfDay(day);
  }
}

function daysOfPeriod(rule: RecurrenceRule, firstDay: number, period: number): number[] {
  const first = new Date(firstDay * 86_400_000);
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth()];
  const inMonths = (day: number): boolean =>
    rule.months.length === 0 || rule.months.includes(new Date(day * 86_400_000).getUTCMonth() + 1);
  switch (rule.frequency) {
    case 'DAILY': {
      const day = firstDay + period;
      const isPicked = rule.weekdays.length === 0 || rule.weekdays.some(({ weekday }) => weekday === weekdayOf(day));
      const isOfMonth = rule.monthDays.length === 0 || monthDaysIn(day, rule.monthDays).includes(day);
      return isPicked && isOfMonth && inMonths(day) ? [day] : [];
    }
    case 'WEEKLY': {
      const weekBegin = firstDay - ((weekdayOf(firstDay) - rule.weekStart + 7) % 7) + period * 7;
      const picked = rule.weekdays.length === 0 ? [weekdayOf(firstDay)] : rule.weekdays.map(({ weekday }) => weekday);
      return sorted(picked.map((weekday) => weekBegin + ((weekday - rule.weekStart + 7) % 7))).filter(inMonths);
    }
    case 'MONTHLY':
      return daysOfMonth(rule, firstDay, Date.UTC(year, month + period, 1) / 86_400_000).filter(inMonths);
    default: {
      const months = rule.months.length === 0 ? [month + 1] : rule.months;
      return sorted(
        months.flatMap((one) => daysOfMonth(rule, firstDay, Date.UTC(year + period, one - 1, 1) / 86_400_000)),
      );
    }
  }
}

function daysOfMonth(rule: RecurrenceRule, firstDay: number, monthBegin: number): number[] {
  const date = new Date(monthBegin * 86_400_000);
  const monthEnd = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 86_400_000;
  const all = Array.from({ length: monthEnd - monthBegin }, (_, index) => monthBegin + index);
  const ofMonth = rule.monthDays.length === 0 ? undefined : monthDaysIn(monthBegin, rule.monthDays);
  if (rule.weekdays.length === 0) {
    const sameDay = new Date(firstDay * 86_400_000).getUTCDate() - 1;
    return ofMonth ?? all.slice(sameDay, sameDay + 1);
  }
  const byWeekday = rule.weekdays.flatMap(({ weekday, nth }) => {
    const same = all.filter((day) => weekdayOf(day) === weekday);
    if (nth === undefined) return same;
    return same.slice(nth > 0 ? nth - 1 : nth, nth > 0 ? nth : nth + 1 || undefined);
  });
  return sorted(ofMonth === undefined ? byWeekday : byWeekday.filter((day) => ofMonth.includes(day)));
}

/** The days of the month of a day, of which some are counted from its end. */
function monthDaysIn(day: number, monthDays: readonly number[]): number[] {
  const date = new Date(day * 86_400_000);
  const begin = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 86_400_000;
  const end = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 86_400_000;
  return sorted(
    monthDays.map((one) => (one > 0 ? begin + one - 1 : end + one)).filter((one) => one >= begin && one < end),
  );
}

/** From Monday (0). 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

function sorted(days: readonly number[]): number[] {
  return [...new Set(days)].sort((a, b) => a - b);
}

function listOf(text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : text.split(',');
}

function parseWeekday(text: string): RuleWeekday {
  const [, nth = '', name = ''] = /^([+-]?\d{0,2})([A-Z]{2})$/.exec(text) ?? [];
  const weekday = WEEKDAYS.indexOf(name);
  if (weekday === -1 || nth === '0') throw malformed('expected weekdays such as MO or -1FR in BYDAY');
  return nth === '' ? { weekday } : { weekday, nth: Number(nth) };
}

function wholeNumber(text: string, min: number): number {
  const number = Number(text);
  if (text !== '' && Number.isInteger(number) && number >= min && number !== 0 && number < 100_000) return number;
  throw malformed('expected a whole number in INTERVAL, COUNT, BYMONTHDAY or BYMONTH');
}

function malformed(message: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field: 'recurrence', message: `recurrence: ${message}` });
}
