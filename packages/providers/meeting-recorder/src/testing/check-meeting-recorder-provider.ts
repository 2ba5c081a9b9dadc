import { supports } from '@mortise/core';
import { type ConformanceOutcome, runConformance } from '@mortise/testing';
import type { MeetingRecorderConformanceTarget } from './conformance-target.ts';
import { meetingRecorderConformanceCases } from './meeting-recorder-conformance-cases.ts';
import { withSubject } from './with-subject.ts';

/**
 * Runs every check against an implementation and reports them all. A check that needs something which the provider
 * does not declare is reported as skipped, never left out.
 */
export async function checkMeetingRecorderProvider(
  target: MeetingRecorderConformanceTarget,
): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: meetingRecorderConformanceCases,
    createContext: () => Promise.resolve(target),
    capabilities: await declaredBy(target),
  });
}

/** A test runner, as far as the kit needs one: `vitest`, `node:test` and `bun:test` all fit. */
export interface MeetingRecorderTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since
 * what applies is only known once a provider was opened; `checkMeetingRecorderProvider` reports those.
 */
export function describeMeetingRecorderProvider(
  name: string,
  target: MeetingRecorderConformanceTarget,
  { describe, it }: MeetingRecorderTestRunner,
): void {
  describe(`${name} as a MeetingRecorderProvider`, () => {
    for (const check of meetingRecorderConformanceCases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { requires } = check;
        if (requires === undefined || (await declaredBy(target)).includes(requires)) await check.run(target);
      });
    }
  });
}

const SELECTING = [
  'iterateSegments',
  'scheduleRecording',
  'getMedia',
  'deleteMeeting',
  'listChanges',
  'close',
] as const;

/** What the checks may ask for, as the provider declares it. */
async function declaredBy(target: MeetingRecorderConformanceTarget): Promise<string[]> {
  const declared: string[] = [];
  await withSubject(target, async ({ provider, deliver }) => {
    declared.push(...SELECTING.filter((method) => supports(provider, method)));
    if (supports(provider, 'verifyWebhook') && deliver !== undefined) declared.push('webhooks');
  });
  return declared;
}
