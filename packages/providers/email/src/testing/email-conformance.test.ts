import { describe, expect, it } from 'vitest';
import { brokenProviders } from './__fixtures__/broken-providers.ts';
import { checkEmailProvider, describeEmailProvider, emailConformanceCases } from './check-email-provider.ts';
import { inMemoryEmailTarget } from './in-memory-target.ts';

/** The whole kit takes a third of a second, and longer on a machine that is busy. */
const LIMIT = { timeout: 60_000 };

describeEmailProvider('the in-memory mailbox', inMemoryEmailTarget(), { describe, it });

describe('the conformance kit', () => {
  it('holds each check once', () => {
    const ids = emailConformanceCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('lets an honest provider pass every check and skips none', LIMIT, async () => {
    const outcomes = await checkEmailProvider(inMemoryEmailTarget());
    expect(outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('has a broken provider for every check', () => {
    expect(brokenProviders.map(({ fails }) => fails).sort()).toEqual(emailConformanceCases.map(({ id }) => id).sort());
  });

  it.each(brokenProviders.map((broken) => [broken.fails, broken.mistake, broken] as const))(
    '%s alone finds a provider that %s',
    LIMIT,
    async (fails, _mistake, { target, wrap }) => {
      const outcomes = await checkEmailProvider(target ?? inMemoryEmailTarget(wrap));
      const failed = outcomes.filter(({ status }) => status === 'failed');
      expect(Object.fromEntries(failed.map(({ id, reason }) => [id, reason]))).toEqual({ [fails]: expect.any(String) });
    },
  );

  it('skips what a provider that only sends cannot do, and names the reason', LIMIT, async () => {
    const target = inMemoryEmailTarget((provider) => ({
      outbound: { sendEmail: (message, options) => provider.sendEmail(message, options) },
    }));
    const outcomes = await checkEmailProvider(target);
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(outcomes.find(({ id }) => id === 'email.5')?.reason).toBe('capability "inbound" is not declared');
    expect(outcomes.find(({ id }) => id === 'email.7')?.reason).toBe('capability "sendBatch" is not declared');
    expect(outcomes.filter(({ status }) => status === 'passed').map(({ id }) => id)).toEqual(
      expect.arrayContaining(['email.2', 'email.3', 'X1', 'X5', 'X13', 'X15']),
    );
  });
});
