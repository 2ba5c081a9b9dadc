import { checkCalendarProvider } from '../check-calendar-provider.ts';
import { inMemoryCalendarTarget } from '../in-memory-target.ts';

/** Runs the kit in a process of its own, whose zone is in `TZ`, and prints what came of it. */
const outcomes = await checkCalendarProvider(inMemoryCalendarTarget());
const report = { noonIs: new Date('2026-01-15T12:00:00Z').getHours(), outcomes };
console.log(JSON.stringify(report));
