import type { ConformanceCase } from '@mortise/testing';
import { callingCases } from './cases/calling-cases.ts';
import { eventCases } from './cases/event-cases.ts';
import { smsCases } from './cases/sms-cases.ts';
import { within } from './case-tools.ts';
import type { SmsConformanceTarget } from './conformance-target.ts';

/** A check that takes longer hangs: its provider waits for something that never comes. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit: `sms.1` to `sms.12`, and those of the checks for all domains that apply to text messages. */
export const smsConformanceCases: readonly ConformanceCase<SmsConformanceTarget>[] = Object.freeze(
  [...smsCases, ...eventCases, ...callingCases].map((check) => ({
    ...check,
    run: (target: SmsConformanceTarget) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
  })),
);
