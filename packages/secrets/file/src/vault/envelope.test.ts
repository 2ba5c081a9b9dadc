import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../__fixtures__/any-text.ts';
import { decodeEnvelope, encodeEnvelope, type EnvelopeHeader, newVaultToken, parseJsonObject } from './envelope.ts';

const HEADER: EnvelopeHeader = {
  vault: 'token',
  path: 'tenants/acme',
  version: 3,
  createdAt: '2026-01-02T03:04:05.000Z',
  keys: 'fingerprint',
};
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('envelopes', () => {
  it('give back what was put in, whatever the bytes, labels and path', () => {
    const text = anyText({ maxLength: 20 });
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        text,
        fc.option(fc.dictionary(text, text, { noNullPrototype: true, maxKeys: 3 }), { nil: undefined }),
        fc.option(text, { nil: undefined }),
        (data, path, labels, contentType) => {
          const header: EnvelopeHeader = {
            ...HEADER,
            path,
            ...(labels === undefined ? {} : { labels }),
            ...(contentType === undefined ? {} : { contentType }),
          };
          const decoded = decodeEnvelope(encodeEnvelope({ header, data }));
          expect(decoded?.header).toEqual(header);
          expect(Buffer.compare(decoded?.data ?? new Uint8Array([1]), data)).toBe(0);
        },
      ),
    );
  });

  it('keep newlines in the data', () => {
    expect(decodeEnvelope(encodeEnvelope({ header: HEADER, data: encode('\n{}\n') }))?.data).toEqual(encode('\n{}\n'));
  });

  it('copy the data, so that the plaintext can be wiped', () => {
    const bytes = encodeEnvelope({ header: HEADER, data: encode('abc') });
    const envelope = decodeEnvelope(bytes);
    bytes.fill(0);
    expect(envelope?.data).toEqual(encode('abc'));
  });

  it('mark tombstones', () => {
    const header: EnvelopeHeader = { ...HEADER, isDeleted: true };
    expect(decodeEnvelope(encodeEnvelope({ header, data: new Uint8Array() }))?.header.isDeleted).toBe(true);
  });

  const parts = { format: 'mortise-secret/1', ...HEADER };
  it.each([
    ['no newline', JSON.stringify(parts)],
    ['nothing', ''],
    ['no JSON', 'x\n'],
    ['an array', '[]\n'],
    ['null', 'null\n'],
    ['another format', `${JSON.stringify({ ...parts, format: 'mortise-secret/2' })}\n`],
    ['no vault', `${JSON.stringify({ ...parts, vault: undefined })}\n`],
    ['a path that is no text', `${JSON.stringify({ ...parts, path: 1 })}\n`],
    ['a version that is no number', `${JSON.stringify({ ...parts, version: '3' })}\n`],
    ['no time', `${JSON.stringify({ ...parts, createdAt: undefined })}\n`],
    ['no keys', `${JSON.stringify({ ...parts, keys: undefined })}\n`],
    ['a tombstone mark that is not true', `${JSON.stringify({ ...parts, isDeleted: false })}\n`],
    ['a content type that is no text', `${JSON.stringify({ ...parts, contentType: 1 })}\n`],
    ['labels that are no texts', `${JSON.stringify({ ...parts, labels: { a: 1 } })}\n`],
    ['labels that are a list', `${JSON.stringify({ ...parts, labels: ['a'] })}\n`],
  ])('are refused with %s', (_, text) => {
    expect(decodeEnvelope(encode(text))).toBeUndefined();
  });
});

describe('newVaultToken', () => {
  it('has 256 bits and never repeats', () => {
    expect(Buffer.from(newVaultToken(), 'base64url')).toHaveLength(32);
    expect(newVaultToken()).not.toBe(newVaultToken());
  });
});

describe('parseJsonObject', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['[]', undefined],
    ['1', undefined],
    ['{', undefined],
  ])('reads %s', (text, expected) => {
    expect(parseJsonObject(text)).toEqual(expected);
  });
});
