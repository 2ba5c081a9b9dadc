import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessageRef, encodeMessageRef, toMessageRef } from './message-ref.ts';

const part = fc.string({ unit: 'grapheme', minLength: 1 });

describe('a message reference', () => {
  it('comes back whole from its text, whatever its parts hold', () => {
    fc.assert(
      fc.property(part, fc.option(part, { nil: undefined }), part, (channelId, threadId, messageId) => {
        const ref = { channelId, messageId, ...(threadId === undefined ? {} : { threadId }) };
        expect(decodeMessageRef(encodeMessageRef(ref))).toEqual(ref);
      }),
    );
  });

  it('reads like what it is', () => {
    expect(encodeMessageRef({ channelId: 'C1', messageId: '1700000000.000100' })).toBe('msg:C1::1700000000.000100');
    expect(encodeMessageRef({ channelId: 'a:b', threadId: 't/1', messageId: 'é' })).toBe('msg:a%3Ab:t%2F1:%C3%A9');
  });

  it('is taken by its text or by its parts', () => {
    const ref = { channelId: 'C1', threadId: 'T1', messageId: 'M1' };
    expect(toMessageRef(ref)).toBe(ref);
    expect(toMessageRef('msg:C1:T1:M1')).toEqual(ref);
  });

  it.each(['', 'M1', 'msg:C1:M1', 'msg:C1::', 'msg:::M1', 'msg:C1::M1:more', 'slack:C1::M1', 'msg:%::M1'])(
    'refuses the text %j',
    (text) => {
      expect(() => decodeMessageRef(text)).toThrow(
        expect.objectContaining({ code: 'invalid_request', field: 'messageId' }),
      );
    },
  );

  it.each([
    [{ channelId: '', messageId: 'M1' }, 'channelId'],
    [{ channelId: 'C1', messageId: '' }, 'messageId'],
    [{ channelId: 'C1', threadId: '', messageId: 'M1' }, 'threadId'],
    [{ channelId: 'C1', messageId: '\uD800' }, 'messageId'],
  ])('refuses the parts %j', (ref, field) => {
    expect(() => encodeMessageRef(ref)).toThrow(expect.objectContaining({ code: 'invalid_request', field }));
  });
});
