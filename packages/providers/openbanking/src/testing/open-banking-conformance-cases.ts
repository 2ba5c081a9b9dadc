import type { ConformanceCase } from '@mortise/testing';
import { accountCases } from './cases/account-cases.ts';
import { consentCases } from './cases/consent-cases.ts';
import { endingCases } from './cases/ending-cases.ts';
import { isolationCases } from './cases/isolation-cases.ts';
import { syncCases } from './cases/sync-cases.ts';
import { transactionCases } from './cases/transaction-cases.ts';
import { webhookCases } from './cases/webhook-cases.ts';
import { within } from './case-tools.ts';
import type { OpenBankingConformanceTarget } from './conformance-target.ts';

/** A check that takes longer hangs: its provider waits for something that never comes. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit: those of open banking, and those of the checks for all domains that apply to it. */
export const openBankingConformanceCases: readonly ConformanceCase<OpenBankingConformanceTarget>[] = Object.freeze(
  [
    ...accountCases,
    ...transactionCases,
    ...syncCases,
    ...consentCases,
    ...webhookCases,
    ...endingCases,
    ...isolationCases,
  ].map((check) => ({
    ...check,
    run: (target: OpenBankingConformanceTarget) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
  })),
);
