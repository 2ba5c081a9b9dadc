import { createCanary, findCanary } from '@mortise/testing';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConsentRequiredError } from '../errors/consent-required-error.ts';
import type { OpenBankingConsent } from '../model/consent.ts';
import { consentStatusFrom } from './consent-status-table.ts';
import { effectiveConsentStatus, requiredActionFor } from './required-action.ts';

const NOW = Date.parse('2026-04-01T00:00:00Z');
const valid: OpenBankingConsent = {
  id: 'consent-1',
  connectionId: 'connection-1',
  status: 'valid',
  permissions: ['accounts'],
  createdAt: '2026-01-01T00:00:00Z',
  recurring: true,
};

describe('consent states of the standards', () => {
  it.each([
    ['berlin-group', 'valid', 'valid'],
    ['berlin-group', 'partiallyAuthorised', 'partially_authorised'],
    ['berlin-group', 'revokedByPsu', 'revoked'],
    ['berlin-group', 'terminatedByTpp', 'terminated'],
    ['obie', 'AwaitingAuthorisation', 'pending'],
    ['obie', 'AUTH', 'valid'],
    ['fdx', 'REVOKED', 'revoked'],
    ['fdx', 'valid', 'unknown'],
    ['berlin-group', 'toString', 'unknown'],
    ['obie', '', 'unknown'],
  ] as const)('%s: %s is %s, and the word is kept', (vocabulary, raw, status) => {
    expect(consentStatusFrom(vocabulary, raw)).toEqual({ status, rawStatus: raw });
  });
});

describe('what a user has to do', () => {
  it.each([
    [{}, undefined],
    [{ status: 'pending' }, 'sca'],
    [{ status: 'partially_authorised' }, 'sca'],
    [{ status: 'expired' }, 'renew_consent'],
    [{ status: 'unknown' }, 'renew_consent'],
    [{ validUntil: '2026-04-01T00:00:00Z' }, 'renew_consent'],
    [{ validUntil: '2026-04-01T00:00:01Z' }, undefined],
    [{ validUntil: 'no instant' }, 'renew_consent'],
    [{ reauthenticateBy: '2026-03-31T00:00:00Z' }, 'reauthenticate'],
  ] as const)('with a consent of %j', (change, kind) => {
    expect(requiredActionFor({ ...valid, ...change }, NOW)?.kind).toBe(kind);
  });

  it('is to consent where there is no consent, at the address that is known', () => {
    expect(requiredActionFor(undefined, NOW, 'https://bank.example')).toEqual({
      kind: 'renew_consent',
      url: 'https://bank.example',
    });
  });

  it('keeps an end that came before the time was over', () => {
    expect(effectiveConsentStatus({ ...valid, status: 'revoked', validUntil: '2020-01-01T00:00:00Z' }, NOW)).toBe(
      'revoked',
    );
  });
});

describe('ConsentRequiredError', () => {
  it('says what to do and shows the address, which may hold a token, to nobody who only prints it', () => {
    const canary = createCanary(undefined, 'token');
    const error = new ConsentRequiredError({
      connectionId: 'connection-1',
      consentStatus: 'expired',
      requiredAction: { kind: 'renew_consent', url: `https://bank.example/${canary}` },
    });
    expect(ConsentRequiredError.is(error)).toBe(true);
    expect(ConsentRequiredError.is(new Error('other'))).toBe(false);
    expect(error).toMatchObject({ code: 'consent_required', connectionId: 'connection-1', consentStatus: 'expired' });
    expect(error.requiredAction.url).toContain(canary);
    for (const printed of [inspect(error), JSON.stringify(error), error.stack, error.message]) {
      expect(findCanary(printed, canary)).toEqual([]);
    }
  });
});
