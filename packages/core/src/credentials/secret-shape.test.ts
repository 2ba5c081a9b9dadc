import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeSecret } from './secret-shape.ts';

/** Text as a random generator makes keys: letters of both cases and digits. */
const randomKey = fc
  .string({
    unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'),
    minLength: 40,
    maxLength: 64,
  })
  // A run of forty with fewer places where letters and digits meet is one in a hundred thousand.
  .filter((key) => (key.match(/\d/g)?.length ?? 0) >= 4 && !/\d{3}/.test(key));

describe('looksLikeSecret', () => {
  it('knows keys as random generators make them, wherever they stand', () => {
    fc.assert(
      fc.property(randomKey, fc.constantFrom('', 'Bearer ', 'key_live_', 'token='), (key, before) => {
        expect(looksLikeSecret(before + key)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a hexadecimal key', '9f86d081884c7d659a2feaa0c55ad015'],
    ['a private key', `-----BEGIN PRIVATE KEY-----\n${'QUJD'.repeat(16)}\n-----END PRIVATE KEY-----`],
    ['a signed token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhYmNkZWYifQ.abcdefghijklmno'],
  ])('knows %s', (_case, text) => {
    expect(looksLikeSecret(text)).toBe(true);
  });

  it.each([
    'apiKey',
    'EXAMPLE_SERVICE_OAUTH2_CLIENT_SECRET',
    'oauth2ClientSecretForCalendar2026',
    'Open https://docs.example.com/3f2a9b8c1d4e5f60718293a4b5c6d7e8 and create a key',
    'key_xxxxxxxxxxxxxxxxxxxxxxxx',
    '00000000000000000000000000000000',
    '123e4567-e89b-12d3-a456-426614174000',
    '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
    '',
  ])('takes %j for what it is', (text) => {
    expect(looksLikeSecret(text)).toBe(false);
  });
});
