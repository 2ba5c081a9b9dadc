import { type ConformanceCase, type ConformanceOutcome, runConformance } from '@mortise/testing';
import { supports } from '@mortise/core';
import { callCases } from './cases/call-cases.ts';
import { deliveryCases } from './cases/delivery-cases.ts';
import { mailboxCases } from './cases/mailbox-cases.ts';
import { sendingCases } from './cases/sending-cases.ts';
import { within } from './case-tools.ts';
import type { EmailConformanceTarget, EmailSubject } from './conformance-target.ts';

/** A check that takes longer hangs. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit: `email.2` to `email.18`, and those of the checks for all domains that apply to mail. */
export const emailConformanceCases: readonly ConformanceCase<EmailConformanceTarget>[] = Object.freeze(
  [...sendingCases, ...deliveryCases, ...mailboxCases, ...callCases].map((one) => ({
    ...one,
    run: (target: EmailConformanceTarget) => within(CHECK_LIMIT_MS, one.run(target), 'the check'),
  })),
);

/**
 * Runs every check against a provider and reports all of them. A check that needs what the provider does not declare is
 * reported as skipped, never left out.
 */
export async function checkEmailProvider(target: EmailConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: emailConformanceCases,
    createContext: () => Promise.resolve(target),
    capabilities: await declaredBy(target),
  });
}

/** A test runner, as far as the kit needs one: `vitest`, `node:test` and `bun:test` all fit. */
export interface EmailTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since what
 * applies is only known once a provider was opened; `checkEmailProvider` reports those.
 */
export function describeEmailProvider(
  name: string,
  target: EmailConformanceTarget,
  { describe, it }: EmailTestRunner,
): void {
  describe(`${name} as an e-mail provider`, () => {
    for (const check of emailConformanceCases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { requires } = check;
        if (requires === undefined || (await declaredBy(target)).includes(requires)) await check.run(target);
      });
    }
  });
}

/** What the checks may ask for, as declared by the provider itself and by its target. */
async function declaredBy({ open }: EmailConformanceTarget): Promise<string[]> {
  const subject = await open({ credential: 'conformance-credential' });
  try {
    return listDeclared(subject);
  } finally {
    await subject.close();
  }
}

function listDeclared({ outbound, inbound }: EmailSubject): string[] {
  const { capabilities } = outbound;
  const idempotency = capabilities?.idempotency?.supported ?? 'none';
  const outboundMethods = ['sendBatch', 'addSuppression', 'verifyWebhook'] as const;
  const inboundMethods = [
    'listThreadsPage',
    'listChanges',
    'getAttachment',
    'listMessages',
    'updateMessage',
    'getMessage',
  ] as const;
  return [
    ...(capabilities?.features ?? []),
    ...outboundMethods.filter((method) => supports(outbound, method)),
    ...(idempotency === 'none' ? [] : ['idempotency']),
    ...(inbound === undefined ? [] : ['inbound', ...inboundMethods.filter((method) => supports(inbound, method))]),
    ...(inbound?.drafts === undefined ? [] : ['drafts']),
  ];
}
