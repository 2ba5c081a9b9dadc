import type { CalendarEvent } from '../../model/event.ts';
import { formatRule, parseRule } from '../../time/recurrence-rule.ts';
import { countBefore, type Series } from './series.ts';

/** The lines of a series that ends before an instance, and those of one that goes on from there. */
export function splitRecurrence(
  series: Series,
  originalStart: Date,
): { readonly before: string[]; readonly after: string[] } {
  const { event } = series;
  const stamp = stampOf(event, new Date(originalStart.getTime() - 1));
  const before: string[] = [];
  const after: string[] = [];
  for (const line of event.recurrence ?? []) {
    if (!line.toUpperCase().startsWith('RRULE:')) {
      before.push(line);
      after.push(line);
      continue;
    }
    const { count, until: _until, ...rest } = parseRule(line.slice('RRULE:'.length));
    const until = parseRule(line.slice('RRULE:'.length)).until;
    before.push(`RRULE:${formatRule({ ...rest, until: stamp })}`);
    const left = count === undefined ? {} : { count: count - countBefore(series, originalStart.getTime()) };
    after.push(`RRULE:${formatRule({ ...rest, ...left, ...(until === undefined ? {} : { until }) })}`);
  }
  return { before, after };
}

function stampOf(event: CalendarEvent, instant: Date): string {
  const stamp = instant.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return event.allDay === true ? stamp.slice(0, 8) : stamp;
}
