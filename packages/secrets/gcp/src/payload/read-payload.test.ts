import { describe, expect, it } from 'vitest';
import { crc32c } from './crc32c.ts';
import { readInt64 } from './read-int64.ts';
import { readPayload } from './read-payload.ts';

const DATA = new TextEncoder().encode('value');
const CRC = crc32c(DATA);
/** As the SDK's `Long` does, and nothing else of it. */
const LONG = { low: CRC, high: 0, toString: () => String(CRC) };

describe('readPayload', () => {
  it.each([
    ['bytes and a number', DATA, CRC],
    ['bytes and a text', DATA, String(CRC)],
    ['bytes and a Long', DATA, LONG],
    ['base64 and a text, as in REST mode', btoa('value'), String(CRC)],
  ])('takes %s', (_, data, dataCrc32c) => {
    expect(readPayload({ data, dataCrc32c })).toEqual({ isSound: true, data: DATA, crc: String(CRC) });
  });

  it('copies the bytes', () => {
    const data = DATA.slice();
    const reading = readPayload({ data });
    data.fill(0);
    expect(reading).toEqual({ isSound: true, data: DATA, crc: undefined });
  });

  it.each([
    ['no payload', undefined],
    ['no data', { dataCrc32c: '0' }],
    ['another checksum', { data: DATA, dataCrc32c: CRC + 1 }],
    ['a checksum that is no number', { data: DATA, dataCrc32c: 'none' }],
    ['a checksum of another type', { data: DATA, dataCrc32c: {} }],
    ['text that is not base64', { data: 'not base64!' }],
  ])('refuses %s', (_, payload) => {
    expect(readPayload(payload).isSound).toBe(false);
  });
});

describe('readInt64', () => {
  it('gives decimal text, or nothing', () => {
    expect([1, '2', 3n, LONG].map(readInt64)).toEqual(['1', '2', '3', String(CRC)]);
    const failing = {
      toString: () => {
        throw new Error('no');
      },
    };
    expect([null, undefined, {}, 'x', Number.NaN, failing].map(readInt64)).toEqual(Array(6).fill(undefined));
  });
});
