import { IntegrationError, type IntegrationErrorFacts } from '@mortise/core';
import type { OpenBankingRequiredAction } from '../model/connection-status.ts';
import type { OpenBankingConsentStatus } from '../model/consent.ts';

const MARKER = Symbol.for('@mortise/openbanking-consent-required');

export interface ConsentRequiredErrorOptions extends IntegrationErrorFacts {
  readonly connectionId: string;
  /** State of the consent. Absent: there is none. */
  readonly consentStatus?: OpenBankingConsentStatus;
  readonly requiredAction: OpenBankingRequiredAction;
  readonly cause?: unknown;
}

/** Data cannot be read until the user has done something. */
export class ConsentRequiredError extends IntegrationError<'consent_required'> {
  readonly connectionId: string;
  declare readonly consentStatus?: OpenBankingConsentStatus;
  /** What the user has to do. Not enumerable: its address may hold a one-time token that no log should see. */
  declare readonly requiredAction: OpenBankingRequiredAction;

  constructor({ connectionId, consentStatus, requiredAction, ...rest }: ConsentRequiredErrorOptions) {
    super({
      ...rest,
      code: 'consent_required',
      message: `Connection "${connectionId}" needs its user: ${requiredAction.kind} (consent ${consentStatus ?? 'missing'})`,
    });
    this.connectionId = connectionId;
    if (consentStatus !== undefined) this.consentStatus = consentStatus;
    Object.defineProperty(this, 'requiredAction', { value: requiredAction });
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `ConsentRequiredError`, whichever copy of the package made it. */
  static override is(value: unknown): value is ConsentRequiredError {
    return IntegrationError.is(value) && MARKER in value;
  }
}
