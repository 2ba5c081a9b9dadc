import type { ConformanceCase } from '@mortise/testing';
import { callCases } from './cases/call-cases.ts';
import { meetingCases } from './cases/meeting-cases.ts';
import { recordingCases } from './cases/recording-cases.ts';
import { transcriptCases } from './cases/transcript-cases.ts';
import { webhookCases } from './cases/webhook-cases.ts';
import type { MeetingRecorderConformanceTarget } from './conformance-target.ts';
import { within } from './expectations.ts';

/** A check that takes longer hangs: its provider waits for something that never comes. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit: those of this domain, and those of the checks for all domains that apply to it. */
export const meetingRecorderConformanceCases: readonly ConformanceCase<MeetingRecorderConformanceTarget>[] =
  Object.freeze(
    [...transcriptCases, ...meetingCases, ...recordingCases, ...webhookCases, ...callCases].map((check) => ({
      ...check,
      run: (target: MeetingRecorderConformanceTarget) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
    })),
  );
