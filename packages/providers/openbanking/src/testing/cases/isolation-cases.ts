import { assertNoCanary, type ConformanceCase, createCanary } from '@mortise/testing';
import { IntegrationError } from '@mortise/core';
import type { OpenBankingMethod } from '../../model/capabilities.ts';
import type { OpenBankingScope } from '../../model/params.ts';
import type { OpenBankingProvider } from '../../open-banking-provider.ts';
import {
  ACCOUNT,
  bankWith,
  bookedSeries,
  deepFreeze,
  describeError,
  rejectionOf,
  rejectsWith,
  withSubject,
} from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { OpenBankingConformanceTarget } from '../conformance-target.ts';

const PARALLEL_CALLS = 50;

/** Tenants, secrets, parallel calls and honesty: `X8`, `X13`, `X15`, `X20`. */
export const isolationCases: readonly ConformanceCase<OpenBankingConformanceTarget>[] = [
  {
    id: 'openbanking.tenant',
    title: 'the connection of a tenant does not exist for another one',
    run: (target) =>
      withSubject(target, bankWith(bookedSeries(1)), async ({ provider, scope }) => {
        const foreign = { ...scope, tenantId: 'another-tenant' };
        await rejectsWith(provider.listAccounts(foreign), 'not_found', 'listAccounts for another tenant');
        const params = { ...foreign, accountId: ACCOUNT };
        await rejectsWith(provider.listTransactions(params), 'not_found', 'listTransactions for another tenant');
        await rejectsWith(provider.getBalances(params), 'not_found', 'getBalances for another tenant');
      }),
  },
  {
    id: 'X8',
    title: 'parameters and options are read, never changed',
    run: (target) =>
      withSubject(target, bankWith(bookedSeries(3)), async ({ provider, scope }) => {
        const options = deepFreeze({ psu: { present: true }, timeoutMs: 5000 });
        const params = deepFreeze({ ...scope, accountId: ACCOUNT, pageSize: 2, includePending: true });
        await provider.listAccounts(deepFreeze({ ...scope }), options);
        await provider.listTransactions(params, options);
        await provider.getBalances(deepFreeze({ ...scope, accountId: ACCOUNT, balanceTypes: ['current'] }), options);
      }),
  },
  {
    id: 'X13',
    title: 'the credential reaches the bank and appears in no result and no error, in whatever encoding',
    run: (target) => {
      const credential = createCanary(undefined, 'token');
      return withSubject(
        target,
        bankWith(bookedSeries(2)),
        async ({ provider, scope, bank }) => {
          const params = { ...scope, accountId: ACCOUNT };
          assertNoCanary(await provider.listAccounts({ ...scope }), credential);
          assertNoCanary(await provider.listTransactions(params), credential);
          const missing = provider.getAccountDetails({ ...scope, accountId: 'no-such-account' });
          assertNoCanary(await rejectionOf(missing, 'getAccountDetails'), credential);
          bank.setConsent({ status: 'revoked' });
          assertNoCanary(await rejectionOf(provider.listTransactions(params), 'listTransactions'), credential);
          assertNoCanary(await provider.getConnectionStatus({ ...scope }), credential);
          checkEqual(bank.requests()[0]?.credential, credential, 'credential that reached the bank');
        },
        credential,
      );
    },
  },
  {
    id: 'X15',
    title: 'calls in parallel get their own answers',
    run: (target) =>
      withSubject(
        target,
        bankWith([], {
          accounts: Array.from({ length: PARALLEL_CALLS }, (_, index) => ({
            id: `acc-${index}`,
            displayName: `Account ${index}`,
            currency: 'EUR',
          })),
        }),
        async ({ provider, scope }) => {
          const ids = Array.from({ length: PARALLEL_CALLS }, (_, index) => `acc-${index}`);
          const details = await Promise.all(
            ids.map((accountId) => provider.getAccountDetails({ ...scope, accountId })),
          );
          checkEqual(
            details.map(({ id, displayName }) => [id, displayName]),
            ids.map((id, index) => [id, `Account ${index}`]),
            'answers to parallel calls',
          );
        },
      ),
  },
  {
    id: 'X20',
    title: 'a declared method works, and one declared as missing rejects with "unsupported"',
    run: (target) =>
      withSubject(target, bankWith(bookedSeries(1)), async ({ provider, scope }) => {
        const methods = provider.capabilities?.methods ?? fail('the provider declares no methods');
        for (const [name, call] of METHODS) {
          const support = methods[name];
          if (support === undefined) continue;
          const error = await call(provider, scope).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          if (support !== 'none') {
            check(error === undefined, `${name} is declared "${support}" but failed: ${describeError(error)}`);
            continue;
          }
          check(
            error === ABSENT || (IntegrationError.is(error) && error.code === 'unsupported'),
            `${name} is declared "none": expected "unsupported", got ${error === undefined ? 'a result' : describeError(error)}`,
          );
        }
      }),
  },
];

/** Stands for a method that is not there at all, which says "unsupported" as clearly as a rejection. */
const ABSENT = new IntegrationError({ code: 'unsupported', message: 'The method is not there' });

const absent = (): Promise<never> => Promise.reject(ABSENT);

type MethodCall = (provider: OpenBankingProvider, scope: OpenBankingScope) => Promise<unknown>;

const METHODS: readonly (readonly [OpenBankingMethod, MethodCall])[] = [
  ['syncTransactions', (provider, scope) => provider.syncTransactions?.({ ...scope }) ?? absent()],
  ['refresh', (provider, scope) => provider.refresh?.({ ...scope }, { psu: { present: true } }) ?? absent()],
  ['listInstitutions', (provider, { tenantId }) => provider.listInstitutions?.({ tenantId }) ?? absent()],
  ['getAccountOwners', (provider, scope) => provider.getAccountOwners?.({ ...scope, accountId: ACCOUNT }) ?? absent()],
  [
    'listStandingOrders',
    (provider, scope) => provider.listStandingOrders?.({ ...scope, accountId: ACCOUNT }) ?? absent(),
  ],
  ['createConsent', (provider, scope) => provider.createConsent?.({ ...scope, permissions: ['accounts'] }) ?? absent()],
];
