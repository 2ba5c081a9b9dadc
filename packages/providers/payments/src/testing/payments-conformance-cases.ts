import type { ConformanceCase } from '@mortise/testing';
import { endingCases } from './cases/ending-cases.ts';
import { idempotencyCases } from './cases/idempotency-cases.ts';
import { isolationCases } from './cases/isolation-cases.ts';
import { listCases } from './cases/list-cases.ts';
import { moneyCases } from './cases/money-cases.ts';
import { paymentCases } from './cases/payment-cases.ts';
import { within } from './case-tools.ts';
import type { PaymentsConformanceTarget } from './conformance-target.ts';

/** A check that takes longer hangs: its provider waits for something that never comes. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit: those of payments, and those of the checks for all domains that apply to them. */
export const paymentsConformanceCases: readonly ConformanceCase<PaymentsConformanceTarget>[] = Object.freeze(
  [...paymentCases, ...moneyCases, ...idempotencyCases, ...listCases, ...endingCases, ...isolationCases].map(
    (check) => ({
      ...check,
      run: (target: PaymentsConformanceTarget) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
    }),
  ),
);
