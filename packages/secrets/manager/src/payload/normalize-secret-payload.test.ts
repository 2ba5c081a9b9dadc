import { describe, expect, it } from 'vitest';
import type { SecretPayloadEncoding } from '../secret-provider.ts';
import { refusalOf } from '../__fixtures__/refusal-of.ts';
import { normalizeSecretPayload } from './normalize-secret-payload.ts';

const bytesOf = (data: string, encoding?: SecretPayloadEncoding) => [
  ...normalizeSecretPayload(encoding === undefined ? { data } : { data, encoding }),
];

describe('normalizeSecretPayload', () => {
  it('reads text as UTF-8 by default', () => {
    expect(bytesOf('é🔑')).toEqual([0xc3, 0xa9, 0xf0, 0x9f, 0x94, 0x91]);
    expect(bytesOf('')).toEqual([]);
  });

  it('reads base64, base64url with and without padding, and binary', () => {
    expect(bytesOf('+/8=', 'base64')).toEqual([0xfb, 0xff]);
    expect(bytesOf('-_8', 'base64url')).toEqual([0xfb, 0xff]);
    expect(bytesOf('-_8=', 'base64url')).toEqual([0xfb, 0xff]);
    expect(bytesOf('a\u00FF\u0000', 'binary')).toEqual([0x61, 0xff, 0]);
    expect(bytesOf('', 'base64')).toEqual([]);
  });

  it.each<[SecretPayloadEncoding, string]>([
    ['base64', 'canary!!'],
    ['base64', 'YQ'],
    ['base64', 'YQ='],
    ['base64', 'YR=='],
    ['base64', 'YWJ='],
    ['base64', 'YWJj====YWJj'],
    ['base64', 'YWJj\n'],
    ['base64', '-_8='],
    ['base64', 'Y==='],
    ['base64', '===='],
    ['base64url', '+/8'],
    ['base64url', 'Y'],
    ['base64url', 'YQ='],
    ['base64url', 'YR'],
    ['binary', 'canary€'],
    ['utf-8', 'canary\uD800'],
  ])('refuses, as %s, %j', async (encoding, data) => {
    const context = { provider: 'memory', reference: 'memory://a' };
    const caught = await refusalOf(() => normalizeSecretPayload({ data, encoding }, context));
    expect(caught.code).toBe('INVALID');
    expect(caught.message).toBe(`Secret payload for "memory://a" is not valid ${encoding}`);
    expect(caught.provider).toBe('memory');
    expect(caught.reference).toBe('memory://a');
  });

  it('refuses an encoding it does not know and data of another type, without showing them', () => {
    // @ts-expect-error A caller without types can pass anything.
    const unknown = () => normalizeSecretPayload({ data: 'a', encoding: 'canary' });
    expect(unknown).toThrow('has an unknown encoding; expected utf-8, base64, base64url or binary');
    for (const data of [undefined, null, 7, ['canary'], new ArrayBuffer(1)]) {
      // @ts-expect-error A caller without types can pass anything.
      expect(() => normalizeSecretPayload({ data })).toThrow(/^Secret payload must be a string or a Uint8Array$/);
    }
  });

  it('copies bytes and ignores the encoding for them', () => {
    const data = new Uint8Array([1, 2, 3, 4]).subarray(1, 3);
    const copy = normalizeSecretPayload({ data, encoding: 'base64' });
    data[0] = 9;
    expect(copy).toEqual(new Uint8Array([2, 3]));
    expect(copy.buffer.byteLength).toBe(2);
  });
});
