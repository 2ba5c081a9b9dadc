import * as fc from 'fast-check';
import { IntegrationError, MortiseError } from '@mortise/core';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { checkSmsAddresses, isE164, senderKind } from './sms-address.ts';
import { SmsError } from './sms-error.ts';
import { isFinalSmsStatus, laterSmsStatus, type SmsStatus } from './sms-status.ts';

const STATUSES: readonly SmsStatus[] = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'scheduled',
  'canceled',
  'received',
  'read',
  'unknown',
];
const status = fc.constantFrom(...STATUSES);

describe('a phone number', () => {
  it.each(['+14155552671', '+12', '+447700900001', '+123456789012345'])('%s is E.164', (number) => {
    expect(isE164(number)).toBe(true);
    expect(senderKind(number)).toBe('number');
  });

  it.each(['+0123', '14155552671', '+1 415', '+1-415', '+', '+1', '+1234567890123456', '+٤٤٧٧', '+44\n', ''])(
    '%j is not',
    (number) => {
      expect(isE164(number)).toBe(false);
    },
  );
});

describe('a sender', () => {
  it.each([
    ['12345', 'short-code'],
    ['123', 'short-code'],
    ['ACME', 'name'],
    ['ACME 24', 'name'],
  ])('%j is a %s', (sender, kind) => {
    expect(senderKind(sender)).toBe(kind);
  });

  it.each(['12', '123456789', 'Twelve chars', 'A-B', '', 'ÄCME'])('is not %j', (sender) => {
    expect(senderKind(sender)).toBeUndefined();
  });

  it('and its recipient are checked by name, and not quoted', () => {
    expect(() => checkSmsAddresses({ to: '+14155552671', from: 'ACME' })).not.toThrow();
    for (const [input, field] of [
      [{ to: '0770-canary' }, 'to'],
      [{ to: '+14155552671', from: 'canary canary canary' }, 'from'],
    ] as const) {
      try {
        checkSmsAddresses(input);
        expect.unreachable();
      } catch (error) {
        expect(error).toMatchObject({ code: 'invalid_request', field });
        expect(inspect(error)).not.toContain('canary');
      }
    }
  });
});

describe('the later of two statuses', () => {
  it('is never an earlier one, whatever order callbacks come in', () => {
    const steps: [known: SmsStatus, later: SmsStatus][] = [];
    fc.assert(
      fc.property(fc.array(status), (told) => {
        let known: SmsStatus = 'queued';
        for (const next of told) {
          const later = laterSmsStatus(known, next);
          steps.push([known, later]);
          known = later;
        }
      }),
    );
    const backwards = steps.filter(([known, later]) => isFinalSmsStatus(known) && later !== known && later !== 'read');
    expect(backwards).toEqual([]);
    expect(steps.filter(([, later]) => later === 'unknown')).toEqual([]);
    expect(steps.length).toBeGreaterThan(100);
  });

  it('is the same however often it is told', () => {
    fc.assert(
      fc.property(status, status, (known, told) => {
        const later = laterSmsStatus(known, told);
        expect(laterSmsStatus(later, told)).toBe(later);
      }),
    );
  });

  it.each<[SmsStatus, SmsStatus, SmsStatus]>([
    ['delivered', 'sent', 'delivered'],
    ['sent', 'delivered', 'delivered'],
    ['delivered', 'read', 'read'],
    ['read', 'delivered', 'read'],
    ['failed', 'read', 'failed'],
    ['canceled', 'delivered', 'canceled'],
    ['queued', 'unknown', 'queued'],
    ['unknown', 'queued', 'queued'],
    ['scheduled', 'queued', 'queued'],
  ])('of %s, then %s, is %s', (known, told, later) => {
    expect(laterSmsStatus(known, told)).toBe(later);
  });
});

describe('SmsError', () => {
  const error = new SmsError({ code: 'recipient_opted_out', field: 'to', message: 'no' });

  it('is known by its marker, as the errors that it extends', () => {
    expect([SmsError.is(error), IntegrationError.is(error), MortiseError.is(error)]).toEqual([true, true, true]);
    expect(SmsError.is(new IntegrationError({ code: 'forbidden', message: 'no' }))).toBe(false);
    expect(SmsError.is(null)).toBe(false);
  });

  it('says that trying again does not help', () => {
    expect(error).toMatchObject({ name: 'SmsError', code: 'recipient_opted_out', retryable: false });
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ code: 'recipient_opted_out', field: 'to' });
  });
});
