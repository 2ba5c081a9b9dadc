import { describe, expect, it } from 'vitest';
import { describeSecretReference } from './describe-secret-reference.ts';

describe('describeSecretReference', () => {
  it.each(['env://MISTRAL_API_KEY', 'aws://secretsmanager/eu-west-1/a@b?version=1', 'MISTRAL_API_KEY', ''])(
    'shows %j as it is',
    (reference) => {
      expect(describeSecretReference(reference)).toBe(reference);
    },
  );

  it.each([
    'sk-live-4242',
    'hunter2 hunter2',
    '{"apiKey":"x"}',
    'ghp_0123456789abcdefghij',
    'JBSWY3DPEHPK3PXP',
    'a'.repeat(80),
  ])('hides %j, which is no reference', (pasted) => {
    expect(describeSecretReference(pasted)).toBe('[not a reference]');
  });

  it('hides the password of a connection URL', () => {
    expect(describeSecretReference('postgres://app:hunter2@db.test:5432/app')).toBe(
      'postgres://app:[redacted]@db.test:5432/app',
    );
  });

  it('replaces what could forge a line of a log and cuts what is too long', () => {
    expect(describeSecretReference('env://a\nERROR b\u2028c')).toBe('env://a\uFFFDERROR b\uFFFDc');
    expect(describeSecretReference(`env://${'A'.repeat(1000)}`)).toHaveLength(257);
  });

  it('does not throw on what is not a string', () => {
    // @ts-expect-error A caller without types can pass anything.
    expect(describeSecretReference(undefined)).toBe('[not a reference]');
  });
});
