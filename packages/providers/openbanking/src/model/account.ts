import { type Static, Type } from '@mortise/core/schema';
import { amount, bic, currency, decimal, iban, id, instant, jsonObject, label, text } from '../schema/fields.ts';
import { OpenBankingAccountBalanceSchema } from './balance.ts';

const OWNERSHIPS = ['individual', 'joint', 'business', 'unknown'] as const;
const STATUSES = ['active', 'inactive', 'closed', 'suspended', 'unknown'] as const;
const USAGES = ['personal', 'business'] as const;

export type OpenBankingAccountOwnership = (typeof OWNERSHIPS)[number];

/** State of an account. `unknown`: the bank says something that fits none of the others, kept in `rawStatus`. */
export type OpenBankingAccountStatus = (typeof STATUSES)[number];

const summaryFields = {
  id: id('Id under which the provider knows the account; accepted by every other method'),
  externalId: id('Id of the account at the provider'),
  tenantId: id('Tenant'),
  connectionId: id('Connection'),
  displayName: text('Name that people see; may hold the name of the holder'),
  institutionId: id('Institution'),
  institutionName: text('Name of the institution'),
  accountType: label('Kind of account in the words of the provider, such as checking; `unknown` where it names none'),
  currency: currency('Currency of the account'),
  userId: Type.Optional(id('User at the provider')),
  institutionLogoUrl: Type.Optional(Type.String({ format: 'uri', description: 'Logo of the institution' })),
  iban: Type.Optional(iban),
  bic: Type.Optional(bic),
  accountNumberMasked: Type.Optional(text('Account number with all but its end hidden')),
  lastSyncedAt: Type.Optional(instant('When the provider last read the account from the bank')),
  ownership: Type.Optional(Type.Enum(OWNERSHIPS, { description: 'Kind of holder' })),
  status: Type.Optional(Type.Enum(STATUSES, { description: 'Absent: the bank does not say' })),
  rawStatus: Type.Optional(text('The state in the words of the bank')),
  identifiers: Type.Optional(
    Type.Array(Type.Object({ scheme: label('Such as iban, bban or sort-code'), value: label('Identifier') })),
  ),
  product: Type.Optional(text('Name of the product at the bank')),
  cashAccountType: Type.Optional(
    Type.String({ pattern: '^[A-Z]{4}$', description: 'ISO 20022 account type, such as CACC' }),
  ),
  usage: Type.Optional(Type.Enum(USAGES)),
  ownerNames: Type.Optional(Type.Array(label('Name of a holder'))),
  parentAccountId: Type.Optional(id('Account that this one is part of, as a card account is of its current account')),
  maskedPan: Type.Optional(text('Card number with all but its ends hidden')),
  consentId: Type.Optional(id('Consent that the account was read under')),
  balances: Type.Optional(Type.Array(OpenBankingAccountBalanceSchema)),
  metadata: Type.Optional(jsonObject('What the provider says beyond these fields')),
};

export const OpenBankingAccountSummarySchema = Type.Object(summaryFields, { title: 'OpenBankingAccountSummary' });

/** An account as it stands in a list. */
export type OpenBankingAccountSummary = Static<typeof OpenBankingAccountSummarySchema>;

export const OpenBankingAccountDetailsSchema = Type.Object(
  {
    ...summaryFields,
    productCode: Type.Optional(text('Code of the product at the bank')),
    openedAt: Type.Optional(text('Day or instant of the opening, as the bank states it (ISO 8601)')),
    closedAt: Type.Optional(text('Day or instant of the closing, as the bank states it (ISO 8601)')),
    availableBalance: Type.Optional(amount('What can be spent')),
    availableBalanceDecimal: Type.Optional(decimal('What can be spent')),
    currentBalance: Type.Optional(amount('Booked balance; negative is owed to the bank')),
    currentBalanceDecimal: Type.Optional(decimal('Booked balance; negative is owed to the bank')),
    creditLimit: Type.Optional(amount('Credit line')),
    creditLimitDecimal: Type.Optional(decimal('Credit line')),
    customFields: Type.Optional(jsonObject('Fields of the institution')),
  },
  { title: 'OpenBankingAccountDetails' },
);

/** An account with its balances and life cycle. */
export type OpenBankingAccountDetails = Static<typeof OpenBankingAccountDetailsSchema>;
