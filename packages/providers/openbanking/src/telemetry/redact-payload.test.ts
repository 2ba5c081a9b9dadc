import { createCanary, findCanary } from '@mortise/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPENBANKING_PII_FIELDS } from './pii-fields.ts';
import { redactOpenBankingTelemetryPayload } from './redact-payload.ts';

const IBAN = 'FR7630006000011234567890189';

describe('redaction of telemetry', () => {
  it('masks personal fields wholly and leaves the rest, the input included', () => {
    const payload = Object.freeze({ tenantId: 'tenant-1', synced: 3, iban: IBAN, isPartial: true, at: '2026-03-29' });
    expect(redactOpenBankingTelemetryPayload(payload)).toEqual({ ...payload, iban: '[redacted]' });
  });

  it.each([
    ['in another case', { IBAN: 'secret-value', CounterpartyName: 'secret-value' }],
    ['with separators', { counterparty_name: 'secret-value', 'account-number': 'secret-value' }],
    ['as the end of a longer name', { customer_iban: 'secret-value', debtorAccountNumber: 'secret-value' }],
    ['in nested objects and lists', { a: [{ b: [[{ description: 'secret-value' }]] }] }],
    ['as lists and objects', { description: ['secret-value'], remittance: { any: { thing: 'secret-value' } } }],
    ['in maps', { rows: new Map([['x', new Map([['reference', 'secret-value']])]]) }],
    ['as credentials', { accessToken: 'secret-value' }],
  ])('finds personal fields %s', (_where, payload) => {
    expect(findCanary(redactOpenBankingTelemetryPayload(payload), 'secret-value')).toEqual([]);
  });

  it('masks amounts, which are numbers', () => {
    expect(redactOpenBankingTelemetryPayload({ amount: 12, runningBalance: 3.5, balanceCount: 2 })).toEqual({
      amount: '[redacted]',
      runningBalance: '[redacted]',
      balanceCount: 2,
    });
  });

  it.each([
    [`paid to ${IBAN} today`],
    ['paid to FR76 3000 6000 0112 3456 7890 189 for rent'],
    ['card 4111 1111 1111 1111'],
    ['mail jane.doe@example.com'],
  ])('masks what it finds in text: %s', (note) => {
    const redacted = redactOpenBankingTelemetryPayload({ note, [note]: 1 });
    expect(JSON.stringify(redacted)).not.toMatch(/0112|11234567890189|1111|jane/);
  });

  it('keeps ids that are long numbers, unless they are an IBAN', () => {
    expect(redactOpenBankingTelemetryPayload({ connectionId: '12345678901234', accountId: IBAN })).toEqual({
      connectionId: '12345678901234',
      accountId: '[redacted]',
    });
  });

  it('survives cycles, depth and instants', () => {
    const payload: Record<string, unknown> = { at: new Date('2026-03-29T00:00:00Z'), when: '2026-03-29T10:00:00.000Z' };
    payload['self'] = payload;
    let deep: unknown = IBAN;
    for (let level = 0; level < 5000; level += 1) deep = { deep };
    payload['deep'] = deep;
    const redacted = redactOpenBankingTelemetryPayload(payload);
    expect(redacted).toMatchObject({ at: payload['at'], when: payload['when'] });
    expect(findCanary(redacted, IBAN)).toEqual([]);
  });

  it('refuses what cannot be read', () => {
    const hostile = new Proxy({}, { ownKeys: () => expect.unreachable('keys are not to be seen') });
    expect(() => redactOpenBankingTelemetryPayload(hostile)).toThrow(
      expect.objectContaining({ code: 'UNREADABLE_PAYLOAD' }),
    );
  });

  it('lets no value of a personal field out, wherever it stands', () => {
    const fields = fc.constantFrom(...OPENBANKING_PII_FIELDS);
    const wrap = fc.array(fc.constantFrom('list', 'object', 'map'), { maxLength: 5 });
    fc.assert(
      fc.property(fields, wrap, fc.boolean(), (field, wrappers, isUpper) => {
        const canary = createCanary(7, 'token');
        let value: unknown = { [isUpper ? field.toUpperCase() : field]: { any: [canary] } };
        for (const wrapper of wrappers) {
          if (wrapper === 'list') value = [value];
          else value = wrapper === 'map' ? new Map([['inner', value]]) : { inner: value };
        }
        expect(findCanary(redactOpenBankingTelemetryPayload({ value }), canary)).toEqual([]);
      }),
    );
  });
});
