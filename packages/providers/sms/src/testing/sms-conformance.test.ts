import { describe, expect, it } from 'vitest';
import { brokenProviders, firstInterfaceTarget } from './__fixtures__/broken-providers.ts';
import { checkSmsProvider, describeSmsProvider } from './check-sms-provider.ts';
import { inMemoryTarget } from './in-memory-target.ts';
import { smsConformanceCases } from './sms-conformance-cases.ts';

describeSmsProvider('the in-memory provider', inMemoryTarget(), { describe, it });

describe('the conformance kit', () => {
  it('holds each check once', () => {
    const ids = smsConformanceCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(Array.from({ length: 12 }, (_, index) => `sms.${index + 1}`)));
  });

  it('skips nothing for a service that has everything', async () => {
    const outcomes = await checkSmsProvider(inMemoryTarget());
    expect(outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('lets an honest provider of the first interface pass, and says what it skips', async () => {
    const outcomes = await checkSmsProvider(firstInterfaceTarget);
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
      'sms.8',
      'sms.10',
      'sms.12',
      'sms.4',
      'sms.5',
      'sms.6',
      'sms.7',
      'X9',
      'X17',
      'X19',
      'X10',
      'X12',
      'X16',
    ]);
  });

  it.each(brokenProviders.map((broken) => [broken.fails, broken.mistake, broken.target] as const))(
    '%s alone finds a provider that %s',
    async (fails, _mistake, target) => {
      const outcomes = await checkSmsProvider(target);
      expect(outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual([fails]);
    },
  );
});
