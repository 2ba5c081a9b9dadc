import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { createSecretValue } from './create-secret-value.ts';

const value = createSecretValue({
  data: new TextEncoder().encode('canary-5e1f'),
  version: '3',
  retrievedAt: new Date('2026-01-02T03:04:05Z'),
});

it('shows in a console what it is, its version and its time', () => {
  expect(inspect(value, { breakLength: Number.POSITIVE_INFINITY })).toBe(
    "SecretValue { data: '[redacted]', version: '3', retrievedAt: 2026-01-02T03:04:05.000Z }",
  );
});

it('shows no bytes at the depth limit and without the help of an inspector', () => {
  expect(inspect({ a: { b: { c: value } } })).not.toContain('99, 97');
  expect(inspect(value, { customInspect: false, showHidden: true })).not.toContain('99, 97');
});
