import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeHex } from '../bytes/hex.ts';
import { utf8 } from '../bytes/text-bytes.ts';
import { type DigestName, platformDigests } from './digests.ts';
import { webDigests } from './web-digests.ts';

const twice = (byte: number, count: number): Uint8Array => new Uint8Array(count).fill(byte);
const LARGE_KEY = twice(0xaa, 131);
const LARGE = 'Test Using Larger Than Block-Size Key - Hash Key First';

/** RFC 4231 (SHA-2) and RFC 2202 (SHA-1): short, long and binary secrets. */
const VECTORS: readonly [DigestName, Uint8Array, string | Uint8Array, string][] = [
  ['sha256', twice(0x0b, 20), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [
    'sha256',
    utf8('Jefe'),
    'what do ya want for nothing?',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  ['sha256', twice(0xaa, 20), twice(0xdd, 50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
  ['sha256', LARGE_KEY, LARGE, '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54'],
  [
    'sha512',
    utf8('Jefe'),
    'what do ya want for nothing?',
    '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
  ],
  [
    'sha512',
    LARGE_KEY,
    LARGE,
    '80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598',
  ],
  ['sha1', utf8('Jefe'), 'what do ya want for nothing?', 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'],
  [
    'sha1',
    twice(0xaa, 80),
    'Test Using Larger Than Block-Size Key - Hash Key First',
    'aa4ae5e15272d00e95705637ce8a3b55ed402112',
  ],
];

describe.each([
  ['of this platform', platformDigests()],
  ['of Web Crypto', webDigests],
])('digests %s', (_name, digests) => {
  it.each(VECTORS)('makes the %s of a published vector', async (digest, secret, message, expected) => {
    expect(encodeHex(await digests.macKey(digest, secret).sign([message]))).toBe(expected);
  });

  it('makes the digest of the empty message and of one in parts', async () => {
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(encodeHex(await digests.sha256([]))).toBe(empty);
    expect(await digests.sha256(['a', utf8('b'), 'c'])).toEqual(await digests.sha256(['abc']));
  });
});

it('says the same as Web Crypto of messages of every length and in any parts', async () => {
  const part = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.uint8Array({ maxLength: 300 }));
  const digestName = fc.constantFrom<DigestName>('sha1', 'sha256', 'sha512');
  await fc.assert(
    fc.asyncProperty(
      digestName,
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc.array(part, { maxLength: 4 }),
      async (digest, secret, message) => {
        const ours = await platformDigests().macKey(digest, secret).sign(message);
        expect(encodeHex(ours)).toBe(encodeHex(await webDigests.macKey(digest, secret).sign(message)));
        expect(encodeHex(await platformDigests().sha256(message))).toBe(encodeHex(await webDigests.sha256(message)));
      },
    ),
  );
});

it.each([65_400, 65_535, 65_536, 65_537, 70_000, 1_048_576])('signs %i bytes, as text and as bytes', async (length) => {
  const secret = utf8('secret');
  const text = 'x'.repeat(length - 4) + '\u{1F511}';
  const expected = await webDigests.macKey('sha256', secret).sign([text]);
  const key = platformDigests().macKey('sha256', secret);
  expect(await key.sign([text])).toEqual(expected);
  expect(await key.sign([utf8(text)])).toEqual(expected);
  expect(await key.sign(['', utf8(text).subarray(0, 7), utf8(text).subarray(7)])).toEqual(expected);
});

it('keeps keys apart that are used in turn', async () => {
  const [one, two] = ['one', 'two'].map((secret) => platformDigests().macKey('sha256', utf8(secret)));
  const first = await one?.sign(['m']);
  const second = await two?.sign(['m']);
  expect(first).not.toEqual(second);
  expect(await one?.sign(['m'])).toEqual(first);
});
