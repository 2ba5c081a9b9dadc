import { IntegrationError } from '@mortise/core';
import { createCanary, findCanary } from '@mortise/testing';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { GatewayConsentRequiredError } from './gateway-consent-required-error.ts';

describe('the error that asks for consent', () => {
  const canary = createCanary();
  const error = new GatewayConsentRequiredError({
    toolkit: 'chat',
    connectionId: 'c1',
    consentUrl: `https://connect.example.com/${canary}`,
  });

  it('carries the page and shows it in no output', () => {
    expect(error.consentUrl).toBe(`https://connect.example.com/${canary}`);
    for (const shown of [JSON.stringify(error), inspect(error), error.message, error.stack]) {
      expect(findCanary(shown, canary)).toEqual([]);
    }
  });

  it('says what is missing', () => {
    expect(error).toMatchObject({
      name: 'GatewayConsentRequiredError',
      code: 'consent_required',
      toolkit: 'chat',
      connectionId: 'c1',
      retryable: false,
    });
    expect(new GatewayConsentRequiredError({ toolkit: 'chat', consentUrl: 'https://x.example' })).not.toHaveProperty(
      'connectionId',
    );
  });

  it('is told from other errors', () => {
    expect(GatewayConsentRequiredError.is(error)).toBe(true);
    expect(IntegrationError.is(error)).toBe(true);
    const other = new IntegrationError({ code: 'consent_required', message: 'x' });
    expect(GatewayConsentRequiredError.is(other)).toBe(false);
    expect(GatewayConsentRequiredError.is(null)).toBe(false);
  });
});
