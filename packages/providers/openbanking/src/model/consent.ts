import { type Static, Type } from '@mortise/core/schema';
import { id, instant, day, label, text } from '../schema/fields.ts';

const CONSENT_STATUSES = [
  'pending',
  'partially_authorised',
  'valid',
  'expired',
  'revoked',
  'rejected',
  'terminated',
  'unknown',
] as const;

const SCA_STATUSES = [
  'received',
  'identified',
  'authenticated',
  'method_selected',
  'started',
  'unconfirmed',
  'finalised',
  'failed',
  'exempted',
] as const;

const SCA_APPROACHES = ['redirect', 'decoupled', 'embedded'] as const;

/** Only `valid` lets data be read. */
export type OpenBankingConsentStatus = (typeof CONSENT_STATUSES)[number];

/** Steps of strong customer authentication (Berlin Group NextGenPSD2). `finalised`, `failed` and `exempted` end it. */
export type OpenBankingScaStatus = (typeof SCA_STATUSES)[number];

export type OpenBankingScaApproach = (typeof SCA_APPROACHES)[number];

export const OpenBankingConsentSchema = Type.Object(
  {
    id: id('Consent'),
    connectionId: id('Connection'),
    status: Type.Enum(CONSENT_STATUSES),
    rawStatus: Type.Optional(text('The state in the words of the bank')),
    permissions: Type.Array(label('What may be read, such as accounts, balances, transactions')),
    accountIds: Type.Optional(Type.Array(id('Account; an absent list means that the bank does not limit them'))),
    createdAt: instant('Creation'),
    validUntil: Type.Optional(instant('When it ends, exclusive')),
    recurring: Type.Boolean({ description: 'False: data may be read once' }),
    frequencyPerDay: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Reads a day that are allowed while the user is not there' }),
    ),
    reauthenticateBy: Type.Optional(instant('By when the user must authenticate again')),
    historyFrom: Type.Optional(day('First day that may be read, inclusive')),
    historyTo: Type.Optional(day('Last day that may be read, inclusive')),
    sca: Type.Optional(
      Type.Object({
        status: Type.Enum(SCA_STATUSES),
        approach: Type.Enum(SCA_APPROACHES),
        url: Type.Optional(
          Type.String({ format: 'uri', description: 'Where the user goes; may hold a one-time token' }),
        ),
        expiresAt: Type.Optional(instant('When the attempt ends')),
      }),
    ),
  },
  { title: 'OpenBankingConsent' },
);

/** What a user allowed a bank to hand over, and until when. */
export type OpenBankingConsent = Static<typeof OpenBankingConsentSchema>;

/** What is asked for with a new consent. */
export interface OpenBankingCreateConsentInput {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly institutionId?: string;
  readonly permissions: readonly string[];
  /** ISO 8601 instant; the bank may give less. Absent: as long as the bank gives. */
  readonly validUntil?: string;
  /** Default true. */
  readonly recurring?: boolean;
  /** Where the bank sends the user afterwards. */
  readonly redirectUri?: string;
  /** First day wanted, inclusive. */
  readonly historyFrom?: string;
}

/** Names one consent of a connection. */
export interface OpenBankingConsentParams {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly consentId: string;
}

/** Next step of strong customer authentication. */
export interface OpenBankingContinueScaInput extends OpenBankingConsentParams {
  /** What came back by redirect, such as `code` and `state`. */
  readonly callbackParams?: Readonly<Record<string, string>>;
  /** Method that the user chose. */
  readonly methodId?: string;
  /** What the user typed: a one-time password or the like. Never logged. */
  readonly response?: string;
}
