import type { ConformanceCase } from '@mortise/testing';
import { callCases } from './cases/call-cases.ts';
import { changeCases } from './cases/change-cases.ts';
import { listCases } from './cases/list-cases.ts';
import { measureCases } from './cases/measure-cases.ts';
import { webhookCases } from './cases/webhook-cases.ts';
import { within } from './case-tools.ts';
import type { HealthConformanceTarget } from './conformance-target.ts';

/** A check that takes longer hangs: its provider waits for something that never comes. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit: those of the domain, and those for all domains that apply to health data. */
export const healthConformanceCases: readonly ConformanceCase<HealthConformanceTarget>[] = Object.freeze(
  [...callCases, ...listCases, ...measureCases, ...changeCases, ...webhookCases].map((check) => ({
    ...check,
    run: (target: HealthConformanceTarget) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
  })),
);
