import type { ConformanceCase } from '@mortise/testing';
import { ConsentRequiredError } from '../../errors/consent-required-error.ts';
import type { OpenBankingConsent } from '../../model/consent.ts';
import { ACCOUNT, bankWith, booked, method, rejectionOf, rejectsWith, withSubject } from '../case-tools.ts';
import { check, checkEqual } from '../conformance-failure.ts';
import type { OpenBankingConformanceTarget, OpenBankingSubject } from '../conformance-target.ts';

const DAY_MS = 86_400_000;
const PER_DAY = 4;
const PERMISSIONS = ['accounts', 'balances', 'transactions'];

/** States in which nothing may be read, and what the user has to do. */
const ENDED: readonly (readonly [string, Partial<OpenBankingConsent>])[] = [
  ['expired', { status: 'expired' }],
  ['revoked', { status: 'revoked' }],
  ['rejected', { status: 'rejected' }],
  ['valid until a day that is over', { status: 'valid', validUntil: '2020-01-01T00:00:00Z' }],
];

/** Consent: its end, its making, its limits. */
export const consentCases: readonly ConformanceCase<OpenBankingConformanceTarget>[] = [
  {
    id: 'openbanking.9',
    title: 'without a valid consent every read says so and what the user has to do, and the status tells the same',
    run: (target) =>
      withSubject(target, bankWith([booked('tx-1', '-1.00', '2026-03-01')]), async ({ provider, scope, bank }) => {
        for (const [name, change] of ENDED) {
          bank.setConsent(change);
          const params = { ...scope, accountId: ACCOUNT };
          const reads: readonly (readonly [string, () => Promise<unknown>])[] = [
            ['listAccounts', () => provider.listAccounts({ ...scope })],
            ['getAccountDetails', () => provider.getAccountDetails(params)],
            ['listTransactions', () => provider.listTransactions(params)],
            ['getBalances', () => provider.getBalances(params)],
          ];
          for (const [read, call] of reads) {
            const error = await rejectsWith(call(), 'consent_required', `${read} (consent ${name})`);
            check(ConsentRequiredError.is(error), `${read} (consent ${name}): expected a ConsentRequiredError`);
            checkEqual(error.requiredAction.kind, 'renew_consent', `action of ${read} (consent ${name})`);
            check(error.requiredAction.url !== undefined, `${read} (consent ${name}): the action has no address`);
          }
          const { status, requiredAction } = await provider.getConnectionStatus({ ...scope });
          checkEqual([status, requiredAction?.kind], ['error', 'renew_consent'], `status (consent ${name})`);
        }
        bank.setConsent({ status: 'valid', validUntil: '2999-01-01T00:00:00Z' });
        checkEqual((await provider.listAccounts({ ...scope })).accounts.length, 1, 'accounts once consent is there');
      }),
  },
  {
    id: 'openbanking.10',
    title: 'a new consent is pending until the user authenticated, whichever way, also after a restart',
    requires: 'createConsent',
    run: async (target) => {
      for (const approach of ['redirect', 'decoupled', 'embedded'] as const) {
        for (const succeeds of [true, false]) {
          await withSubject(target, bankWith([], { scaApproach: approach }), (subject) =>
            authenticateNewConsent(subject, approach, succeeds),
          );
        }
      }
    },
  },
  {
    id: 'openbanking.11',
    title: 'one unattended read too many is refused without asking the bank, until the next day or the user comes',
    requires: 'unattended-limit',
    run: (target) =>
      withSubject(
        target,
        bankWith([booked('tx-1', '-1.00', '2026-03-01')], { consent: { frequencyPerDay: PER_DAY } }),
        async ({ provider, scope, bank, advance }) => {
          const params = { ...scope, accountId: ACCOUNT };
          for (let call = 0; call < PER_DAY; call += 1) await provider.listTransactions(params);
          const sent = bank.requests().length;
          const error = await rejectsWith(provider.listTransactions(params), 'rate_limited', 'the fifth read of a day');
          checkEqual(bank.requests().length, sent, 'requests that reached the bank');
          const { retryAfterMs = 0 } = error;
          check(
            retryAfterMs > 0 && retryAfterMs <= DAY_MS,
            `retryAfterMs: expected at most a day, got ${retryAfterMs}`,
          );
          await provider.listTransactions(params, { psu: { present: true, ipAddress: '192.0.2.1' } });
          if (advance === undefined) return;
          await advance(retryAfterMs);
          await provider.listTransactions(params);
        },
      ),
  },
];

async function authenticateNewConsent(
  { provider, scope, bank, reopen }: OpenBankingSubject,
  approach: 'redirect' | 'decoupled' | 'embedded',
  succeeds: boolean,
): Promise<void> {
  const started = await method(provider, 'createConsent').call(provider, { ...scope, permissions: PERMISSIONS });
  checkEqual([started.status, started.sca?.approach], ['pending', approach], 'a new consent');
  if (approach === 'redirect') check(started.sca?.url !== undefined, 'redirect: the consent has no address');
  const early = await rejectionOf(provider.listAccounts({ ...scope }), `${approach}: a read before authentication`);
  checkEqual(early.code, 'consent_required', `${approach}: a read before authentication`);
  const later = await reopen();
  const params = { ...scope, consentId: started.id };
  if (approach === 'embedded') {
    const response = succeeds ? bank.scaAnswer : 'wrong';
    await method(later, 'continueSca').call(later, { ...params, response });
  } else {
    bank.authenticate(started.id, succeeds);
    await method(later, 'continueSca').call(later, { ...params, callbackParams: {} });
  }
  const { status, sca } = await method(later, 'getConsent').call(later, params);
  const expected = succeeds ? ['valid', 'finalised'] : ['rejected', 'failed'];
  checkEqual([status, sca?.status], expected, `${approach}: the consent after authentication`);
  if (succeeds) await later.listAccounts({ ...scope });
  else await rejectsWith(later.listAccounts({ ...scope }), 'consent_required', `${approach}: a read after a failure`);
  const revoked = await method(later, 'revokeConsent').call(later, params);
  check(revoked.status !== 'valid', `${approach}: a consent is valid after it was revoked`);
}
