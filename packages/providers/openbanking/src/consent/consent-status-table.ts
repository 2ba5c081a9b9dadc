import type { OpenBankingConsentStatus } from '../model/consent.ts';

/** Whose words a consent status is in. */
export type OpenBankingConsentVocabulary = 'berlin-group' | 'obie' | 'fdx';

/**
 * Consent states of three standards in our words.
 *
 * Berlin Group NextGenPSD2 1.3 (`consentStatus`), UK Open Banking Read/Write API 3 and 4 (`Data.Status`, long and short
 * form), FDX consent grants (`status`).
 */
const TABLE: Readonly<Record<OpenBankingConsentVocabulary, Readonly<Record<string, OpenBankingConsentStatus>>>> = {
  'berlin-group': {
    received: 'pending',
    partiallyAuthorised: 'partially_authorised',
    valid: 'valid',
    rejected: 'rejected',
    revokedByPsu: 'revoked',
    expired: 'expired',
    terminatedByTpp: 'terminated',
  },
  obie: {
    AwaitingAuthorisation: 'pending',
    AWAU: 'pending',
    Authorised: 'valid',
    AUTH: 'valid',
    Rejected: 'rejected',
    RJCT: 'rejected',
    Revoked: 'revoked',
    CANC: 'revoked',
    EXPD: 'expired',
  },
  fdx: {
    ACTIVE: 'valid',
    EXPIRED: 'expired',
    REVOKED: 'revoked',
  },
};

/**
 * A consent status of a standard in our words; a word that the standard does not have is `unknown`, never `valid`. The
 * raw word is kept beside it, ready to be spread into a consent.
 */
export function consentStatusFrom(
  vocabulary: OpenBankingConsentVocabulary,
  rawStatus: string,
): { status: OpenBankingConsentStatus; rawStatus: string } {
  const known = TABLE[vocabulary];
  const status = Object.hasOwn(known, rawStatus) ? known[rawStatus] : undefined;
  return { status: status ?? 'unknown', rawStatus };
}
