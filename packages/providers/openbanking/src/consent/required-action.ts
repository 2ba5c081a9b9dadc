import type { OpenBankingRequiredAction } from '../model/connection-status.ts';
import type { OpenBankingConsent, OpenBankingConsentStatus } from '../model/consent.ts';

/**
 * The status of a consent at a moment: one whose time is over is expired, whatever was stored.
 *
 * @param now Epoch milliseconds.
 */
export function effectiveConsentStatus(consent: OpenBankingConsent, now: number): OpenBankingConsentStatus {
  const { status, validUntil } = consent;
  const hasEnded = validUntil !== undefined && !(Date.parse(validUntil) > now);
  return hasEnded && (status === 'valid' || status === 'partially_authorised' || status === 'pending')
    ? 'expired'
    : status;
}

/**
 * What the user has to do before data can be read; undefined where nothing.
 *
 * @param now Epoch milliseconds.
 * @param url Where the user does it, where the consent does not say.
 */
export function requiredActionFor(
  consent: OpenBankingConsent | undefined,
  now: number,
  url?: string,
): OpenBankingRequiredAction | undefined {
  const kind = actionKind(consent, now);
  if (kind === undefined) return undefined;
  const address = kind === 'sca' ? (consent?.sca?.url ?? url) : url;
  return { kind, ...(address === undefined ? {} : { url: address }) };
}

function actionKind(
  consent: OpenBankingConsent | undefined,
  now: number,
): OpenBankingRequiredAction['kind'] | undefined {
  if (consent === undefined) return 'renew_consent';
  const status = effectiveConsentStatus(consent, now);
  if (status === 'pending' || status === 'partially_authorised') return 'sca';
  if (status !== 'valid') return 'renew_consent';
  const { reauthenticateBy } = consent;
  return reauthenticateBy !== undefined && !(Date.parse(reauthenticateBy) > now) ? 'reauthenticate' : undefined;
}
