import { describe, expect, it } from 'vitest';
import { looksLikeSecret } from './secret-shape.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const ALPHABETS = { mixed: `${LETTERS}${LETTERS.toUpperCase()}0123456789`, hexadecimal: '0123456789abcdef' };

/** Keys as random generators make them, the same ones in every run. */
function* randomKeys(alphabet: string, length: number): Generator<string> {
  let state = 1;
  for (let count = 0; count < 1000; count++) {
    let key = '';
    while (key.length < length) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      // The low bits of such a generator repeat soon.
      key += alphabet.charAt((state >>> 8) % alphabet.length);
    }
    yield key;
  }
}

describe('looksLikeSecret', () => {
  it.each([
    ['mixed', 40, 995],
    ['mixed', 24, 970],
    ['hexadecimal', 32, 999],
  ] as const)(
    'knows %s keys of %i characters, at least %i of a thousand, wherever they stand',
    (kind, length, least) => {
      for (const before of ['', 'Bearer ', 'key_live_', 'token=']) {
        const known = [...randomKeys(ALPHABETS[kind], length)].filter((key) => looksLikeSecret(before + key));
        expect(known.length).toBeGreaterThanOrEqual(least);
      }
    },
  );

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
