import { type ConformanceCase, type ConformanceOutcome, runConformance } from '@mortise/testing';
import { supports } from '@mortise/core';
import { callCases } from './cases/call-cases.ts';
import { eventCases } from './cases/event-cases.ts';
import { timeCases } from './cases/time-cases.ts';
import { within } from './case-tools.ts';
import type { CalendarConformanceTarget, CalendarSubject } from './conformance-target.ts';

/** A check that takes longer hangs. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit: `calendar.1` to `calendar.18`, and those of the checks for all domains that apply to calendars. */
export const calendarConformanceCases: readonly ConformanceCase<CalendarConformanceTarget>[] = Object.freeze(
  [...timeCases, ...eventCases, ...callCases].map((check) => ({
    ...check,
    run: (target: CalendarConformanceTarget) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
  })),
);

/**
 * Runs every check against a provider and reports all of them. A check that needs what the provider does not declare is
 * reported as skipped, never left out.
 */
export async function checkCalendarProvider(target: CalendarConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: calendarConformanceCases,
    createContext: () => Promise.resolve(target),
    capabilities: await declaredBy(target),
  });
}

/** A test runner, as far as the kit needs one: `vitest`, `node:test` and `bun:test` all fit. */
export interface CalendarTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since what
 * applies is only known once a provider was opened; `checkCalendarProvider` reports those.
 */
export function describeCalendarProvider(
  name: string,
  target: CalendarConformanceTarget,
  { describe, it }: CalendarTestRunner,
): void {
  describe(`${name} as a calendar provider`, () => {
    for (const check of calendarConformanceCases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { requires } = check;
        if (requires === undefined || (await declaredBy(target)).includes(requires)) await check.run(target);
      });
    }
  });
}

/** What the checks may ask for, as declared by the provider itself and by its target. */
async function declaredBy({ open }: CalendarConformanceTarget): Promise<string[]> {
  const subject = await open({ credential: 'conformance-credential' });
  try {
    return listDeclared(subject);
  } finally {
    await subject.close();
  }
}

function listDeclared({ provider, notices, forgetChanges, otherCalendarId }: CalendarSubject): string[] {
  const { features = [] } = provider.capabilities ?? {};
  const methods = ['getEvent', 'listChanges', 'queryFreeBusy', 'respondToEvent'] as const;
  return [
    ...features,
    ...methods.filter((method) => supports(provider, method)),
    ...(supports(provider, 'moveEvent') && otherCalendarId !== undefined ? ['moveEvent'] : []),
    ...(supports(provider, 'listChanges') && forgetChanges !== undefined ? ['forget-changes'] : []),
    ...(features.includes('notify') && notices !== undefined ? ['notices'] : []),
  ];
}
