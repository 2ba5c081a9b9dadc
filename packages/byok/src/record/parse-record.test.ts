import { describe, expect, it } from 'vitest';
import { connectionOf } from '../__fixtures__/application.ts';
import { newRecord } from './new-record.ts';
import { parseByokKeyRecord } from './parse-record.ts';

const RECORD = newRecord({ connection: connectionOf() }, 0);

describe('parseByokKeyRecord', () => {
  it('takes a record as it is', () => {
    expect(parseByokKeyRecord(JSON.parse(JSON.stringify(RECORD)), 'here')).toEqual(RECORD);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'record'],
    ['a later format', { ...RECORD, format: 2 }],
    ['a record without a tenant', { ...RECORD, tenantId: '' }],
    ['a negative revision', { ...RECORD, revision: -1 }],
    ['a field that it does not know', { ...RECORD, apiKey: 'sk-secret-value' }],
    ['an unknown step', { ...RECORD, rotation: { step: 'lost' } }],
    ['a lease without an end', { ...RECORD, lease: { holder: 'a', token: 1 } }],
    ['a time that is none', { ...RECORD, compromise: { reportedAt: 'yesterday', isReplaced: false } }],
  ])('refuses %s, and shows no value of it', (_what, value) => {
    expect(() => parseByokKeyRecord(value, 'row 7')).toThrow(
      expect.objectContaining({ code: 'STORE_CORRUPT', message: expect.stringContaining('row 7') }),
    );
    expect(() => parseByokKeyRecord(value, 'row 7')).not.toThrow('sk-secret-value');
  });
});
