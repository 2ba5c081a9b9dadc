import { describe, expect, it } from 'vitest';
import type { FeatureFlagContext, FeatureFlagProvider } from './feature-flag-provider.ts';
import { isSameKind } from './feature-flag-provider.ts';
import { toOpenFeature } from './to-open-feature.ts';

describe('the OpenFeature adapter', () => {
  const contexts: (FeatureFlagContext | undefined)[] = [];
  const calls: string[] = [];
  const provider: FeatureFlagProvider = {
    evaluate: async (key, defaultValue, context) => {
      contexts.push(context);
      if (key === 'missing') return { value: defaultValue, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' };
      return { value: defaultValue, variant: 'on', reason: 'SPLIT', metadata: { version: 3 } };
    },
    initialize: async () => {
      calls.push('initialize');
    },
    close: async () => {
      calls.push('close');
    },
  };
  const adapter = toOpenFeature(provider, 'in-memory');

  it('passes resolutions on under the names of OpenFeature', async () => {
    const details = { variant: 'on', reason: 'SPLIT', flagMetadata: { version: 3 } };
    expect(await adapter.resolveBooleanEvaluation('a', true, {})).toEqual({ value: true, ...details });
    expect(await adapter.resolveStringEvaluation('a', 'x', {})).toEqual({ value: 'x', ...details });
    expect(await adapter.resolveNumberEvaluation('a', 1, {})).toEqual({ value: 1, ...details });
    expect(await adapter.resolveObjectEvaluation('a', { b: [1] }, {})).toEqual({ value: { b: [1] }, ...details });
    expect(await adapter.resolveBooleanEvaluation('missing', false, {})).toEqual({
      value: false,
      reason: 'ERROR',
      errorCode: 'FLAG_NOT_FOUND',
    });
  });

  it('hands over the targeting key and plain attributes', async () => {
    contexts.length = 0;
    const context = {
      targetingKey: 'u1',
      plan: 'pro',
      at: new Date(0),
      nested: { a: [1, null] },
      bad: () => 1,
      nan: Number.NaN,
    };
    await adapter.resolveBooleanEvaluation('a', true, context);
    expect(contexts).toEqual([
      { targetingKey: 'u1', attributes: { plan: 'pro', at: '1970-01-01T00:00:00.000Z', nested: { a: [1, null] } } },
    ]);
  });

  it('follows the life cycle', async () => {
    await adapter.initialize();
    await adapter.onClose();
    expect(calls).toEqual(['initialize', 'close']);
    expect(adapter.metadata).toEqual({ name: 'in-memory' });
    const small = toOpenFeature({ evaluate: (...call) => provider.evaluate(...call) }, 'small');
    await expect(small.initialize()).resolves.toBeUndefined();
    await expect(small.onClose()).resolves.toBeUndefined();
  });
});

it.each([
  [true, false, true],
  ['a', 'b', true],
  [1, '1', false],
  [null, {}, false],
  [[], {}, false],
  [[1], ['a'], true],
])('kinds of %j and %j are the same: %s', (left, right, expected) => {
  expect(isSameKind(left, right)).toBe(expected);
});
