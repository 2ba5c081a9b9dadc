import type { ConformanceCase } from '@mortise/testing';
import { callCases } from './cases/call-cases.ts';
import { flagCases } from './cases/flag-cases.ts';
import { readerCases } from './cases/reader-cases.ts';
import { writerCases } from './cases/writer-cases.ts';
import type { AnalyticsConformanceTarget } from './conformance-target.ts';
import { within } from './expectations.ts';

/** A check that takes longer hangs: its provider waits for something that never comes. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit: `analytics.1` to `.13`, and those of the checks for all domains that apply to analytics. */
export const analyticsConformanceCases: readonly ConformanceCase<AnalyticsConformanceTarget>[] = Object.freeze(
  [...writerCases, ...readerCases, ...flagCases, ...callCases].map((check) => ({
    ...check,
    run: (target: AnalyticsConformanceTarget) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
  })),
);
