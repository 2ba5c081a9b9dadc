import { IntegrationError, type IntegrationErrorFacts } from '@mortise/core';

const MARKER = Symbol.for('@mortise/gateway-consent-required-error');

export interface GatewayConsentRequiredOptions extends IntegrationErrorFacts {
  readonly toolkit: string;
  /** Page on which the user consents. */
  readonly consentUrl: string;
  readonly connectionId?: string;
}

/** The user has no usable account for the toolkit. Send them to `consentUrl`, then try again. */
export class GatewayConsentRequiredError extends IntegrationError<'consent_required'> {
  readonly toolkit: string;
  declare readonly connectionId?: string;
  /** Whoever has it can connect an account, so it shows in no log and no JSON. */
  declare readonly consentUrl: string;

  constructor({ toolkit, consentUrl, connectionId, ...facts }: GatewayConsentRequiredOptions) {
    super({
      ...facts,
      code: 'consent_required',
      message: `The user has no usable account for "${toolkit}"; send them to the consent page`,
    });
    this.toolkit = toolkit;
    if (connectionId !== undefined) Object.assign(this, { connectionId });
    Object.defineProperty(this, 'consentUrl', { value: consentUrl });
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `GatewayConsentRequiredError`, whichever copy of the package made it. */
  static override is(value: unknown): value is GatewayConsentRequiredError {
    return IntegrationError.is(value) && MARKER in value;
  }
}
