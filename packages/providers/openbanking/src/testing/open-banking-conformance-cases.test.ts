import { describe, expect, it } from 'vitest';
import { brokenProviders } from './__fixtures__/broken-providers.ts';
import { checkOpenBankingProvider, describeOpenBankingProvider } from './check-open-banking-provider.ts';
import { inMemoryTarget } from './in-memory-target.ts';
import { openBankingConformanceCases } from './open-banking-conformance-cases.ts';

/** The whole kit takes a third of a second, and longer on a machine that is busy. */
const LIMIT = { timeout: 60_000 };

describeOpenBankingProvider('the in-memory provider', inMemoryTarget(), { describe, it });

describe('the conformance kit', () => {
  it('lets an honest provider pass, with nothing skipped', LIMIT, async () => {
    const outcomes = await checkOpenBankingProvider(inMemoryTarget());
    expect(outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('has one broken provider for every check', () => {
    const covered = brokenProviders.map(({ fails }) => fails).sort();
    expect(covered).toEqual(openBankingConformanceCases.map(({ id }) => id).sort());
  });

  it.each(brokenProviders.map((broken) => [broken.fails, broken.mistake, broken.target] as const))(
    '%s alone finds a provider that %s',
    LIMIT,
    async (fails, _mistake, target) => {
      const outcomes = await checkOpenBankingProvider(target);
      expect(outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual([fails]);
    },
  );

  it('reports what an implementation does not declare as skipped', LIMIT, async () => {
    const plain = inMemoryTarget((honest) => ({
      listAccounts: (...call) => honest.listAccounts(...call),
      getAccountDetails: (...call) => honest.getAccountDetails(...call),
      listTransactions: (...call) => honest.listTransactions(...call),
      getBalances: (...call) => honest.getBalances(...call),
      getConnectionStatus: (...call) => honest.getConnectionStatus(...call),
      capabilities: { methods: {}, features: [] },
    }));
    const outcomes = await checkOpenBankingProvider(plain);
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id, reason }) => [id, reason])).toEqual([
      ['openbanking.6', 'capability "pending" is not declared'],
      ['openbanking.14', 'capability "history-limit" is not declared'],
      ['openbanking.3', 'capability "pending" is not declared'],
      ['openbanking.4', 'capability "syncTransactions" is not declared'],
      ['openbanking.5', 'capability "syncTransactions" is not declared'],
      ['openbanking.10', 'capability "createConsent" is not declared'],
      ['openbanking.11', 'capability "unattended-limit" is not declared'],
      ['X19', 'capability "verifyWebhook" is not declared'],
      ['openbanking.15', 'capability "verifyWebhook" is not declared'],
    ]);
  });
});
