import { describe, expect, it } from 'vitest';
import { brokenProviders } from './__fixtures__/broken-providers.ts';
import { checkMessagingProvider, describeMessagingProvider } from './check-messaging-provider.ts';
import { inMemoryTarget } from './in-memory-target.ts';
import { messagingConformanceCases } from './messaging-conformance-cases.ts';

describeMessagingProvider('the in-memory provider', inMemoryTarget(), { describe, it });

describe('the conformance kit', () => {
  it('holds each check once', () => {
    const ids = messagingConformanceCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(Array.from({ length: 15 }, (_, index) => `messaging.${index + 1}`)));
  });

  it.each([
    ['with everything', {}],
    ['that refuses long texts', { overlongText: 'refuse' as const }],
    ['of texts alone', { features: [] }],
    ['of short messages', { maxTextLength: 160 }],
  ])('lets an honest platform %s pass', async (_name, options) => {
    const outcomes = await checkMessagingProvider(inMemoryTarget(options));
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
  });

  it('skips nothing for a platform that has everything, and says what it skips for another', async () => {
    const whole = await checkMessagingProvider(inMemoryTarget());
    expect(whole.filter(({ status }) => status === 'skipped')).toEqual([]);
    const bare = await checkMessagingProvider(inMemoryTarget({ features: [] }));
    expect(bare.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
      'messaging.1',
      'messaging.2',
      'messaging.14',
      'messaging.6',
      'messaging.11',
      'X9',
      'messaging.9',
      'messaging.10',
      'messaging.12',
      'messaging.13',
      'messaging.15',
      'X17',
      'X19',
    ]);
  });

  it.each(brokenProviders.map((broken) => [broken.fails, broken.mistake, broken.target] as const))(
    '%s alone finds a provider that %s',
    async (fails, _mistake, target) => {
      const outcomes = await checkMessagingProvider(target);
      expect(outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual([fails]);
    },
  );
});
