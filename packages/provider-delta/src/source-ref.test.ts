import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deltaSourceKey } from './source-ref.ts';

describe('deltaSourceKey', () => {
  const part = fc.string({ minLength: 1, unit: 'grapheme' });

  it('is the same for equal sources alone', () => {
    const ref = fc.record(
      { tenantId: part, connectionId: part, stream: part },
      { requiredKeys: ['tenantId', 'connectionId', 'stream'] },
    );
    fc.assert(
      fc.property(ref, ref, (left, right) => {
        const isSame =
          left.tenantId === right.tenantId && left.connectionId === right.connectionId && left.stream === right.stream;
        expect(deltaSourceKey(left) === deltaSourceKey(right)).toBe(isSame);
        expect(deltaSourceKey({ ...left, partition: 'p' })).not.toBe(deltaSourceKey(left));
      }),
    );
  });

  it.each([
    ['tenantId', { tenantId: '', connectionId: 'c', stream: 's' }],
    ['stream', { tenantId: 't', connectionId: 'c', stream: 'half \ud800' }],
    ['partition', { tenantId: 't', connectionId: 'c', stream: 's', partition: '' }],
  ])('refuses a source without a proper %s', (field, ref) => {
    expect(() => deltaSourceKey(ref)).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS', field }));
  });
});
