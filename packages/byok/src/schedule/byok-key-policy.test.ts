import { describe, expect, it } from 'vitest';
import { SPEC } from '../__fixtures__/application.ts';
import { ByokError } from '../byok-error.ts';
import { type ByokKeyPolicy, DEFAULT_BYOK_KEY_POLICY, resolveByokKeyPolicy } from './byok-key-policy.ts';

const specThatRecommends = (rotation: { supported?: boolean; recommendedIntervalDays?: number }) => ({
  ...SPEC,
  credentialManifest: { modes: { byok: { mode: 'byok' as const, rotation } } },
});

describe('a key policy', () => {
  it('has a default for everything: a day of overlap, none for compromised keys', () => {
    expect(resolveByokKeyPolicy()).toEqual(DEFAULT_BYOK_KEY_POLICY);
    expect(DEFAULT_BYOK_KEY_POLICY).toMatchObject({
      overlapMs: 86_400_000,
      compromisedOverlapMs: 0,
      rotateEveryDays: false,
      validationMaxAgeMs: 86_400_000,
    });
  });

  it('takes the interval from the manifest’s recommendation for tenants’ own keys', () => {
    expect(resolveByokKeyPolicy({}, specThatRecommends({ recommendedIntervalDays: 90 })).rotateEveryDays).toBe(90);
    const unsupported = specThatRecommends({ supported: false, recommendedIntervalDays: 90 });
    expect(resolveByokKeyPolicy({}, unsupported).rotateEveryDays).toBe(false);
    expect(resolveByokKeyPolicy({}, SPEC).rotateEveryDays).toBe(false);
  });

  it('is what the host says, over what is recommended', () => {
    const spec = specThatRecommends({ recommendedIntervalDays: 90 });
    expect(resolveByokKeyPolicy({ rotateEveryDays: 7 }, spec).rotateEveryDays).toBe(7);
    expect(resolveByokKeyPolicy({ rotateEveryDays: false }, spec).rotateEveryDays).toBe(false);
  });

  it('takes an option given as undefined for one that is not given', () => {
    const options: ByokKeyPolicy = JSON.parse('{}');
    Reflect.set(options, 'overlapMs', undefined);
    expect(resolveByokKeyPolicy(options).overlapMs).toBe(86_400_000);
  });

  it.each<[keyof ByokKeyPolicy, number, string]>([
    ['rotateEveryDays', 0, 'above 0'],
    ['rotateEveryDays', 40_000, 'at most 36500'],
    ['rotateBeforeExpiryMs', -1, 'above 0'],
    ['validationMaxAgeMs', 0, 'above 0'],
    ['validateAtShare', 1.1, 'at most 1'],
    ['jitter', -0.1, 'at least 0'],
    ['jitter', 1.1, 'at most 1'],
    ['overlapMs', -1, 'at least 0'],
    ['overlapMs', Infinity, 'at most'],
    ['compromisedOverlapMs', Number.NaN, 'at least 0'],
    ['rotationDeadlineMs', 0, 'above 0'],
    ['retryRotationAfterMs', 0, 'above 0'],
  ])('refuses %s of %d', (name, value, message) => {
    const resolve = (): unknown => resolveByokKeyPolicy({ [name]: value });
    expect(resolve).toThrow(ByokError);
    expect(resolve).toThrow(`"${name}" must be ${message.startsWith('at most') ? '' : message}`);
    expect(resolve).toThrow(message);
  });

  it('may ask for no overlap and no jitter', () => {
    expect(resolveByokKeyPolicy({ overlapMs: 0, jitter: 0 })).toMatchObject({ overlapMs: 0, jitter: 0 });
  });
});
