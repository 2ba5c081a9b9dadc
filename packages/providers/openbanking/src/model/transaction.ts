import { type Static, Type } from '@mortise/core/schema';
import { currency, day, decimal, id, instant, jsonObject, label, text } from '../schema/fields.ts';
import { OpenBankingMerchantSchema, OpenBankingPartySchema } from './party.ts';

const DIRECTIONS = ['debit', 'credit'] as const;
const STATUSES = ['pending', 'booked', 'cancelled', 'information', 'rejected', 'unknown'] as const;

/** `debit`: money leaves the account. `credit`: money comes in. On card and loan accounts as on any other. */
export type OpenBankingTransactionDirection = (typeof DIRECTIONS)[number];

/**
 * State of a transaction. A booked one has a `bookingDate`. `information`: announced, such as a standing order.
 * `unknown`: the bank says something that fits none of the others, kept in `rawStatus`; never assume it booked.
 */
export type OpenBankingTransactionStatus = (typeof STATUSES)[number];

export const OpenBankingTransactionSchema = Type.Object(
  {
    id: id('Stable id; a pending transaction may be replaced by a booked one of another id, see pendingId'),
    externalId: id('Id at the provider'),
    tenantId: id('Tenant'),
    accountId: id('Account'),
    connectionId: id('Connection'),
    amount: Type.Number({ minimum: 0, description: 'Never negative; see direction. Major units, a float' }),
    amountDecimal: Type.Optional(decimal('The amount, never negative')),
    currency: currency('Currency of the amount'),
    direction: Type.Enum(DIRECTIONS, { description: '`debit`: money leaves the account' }),
    description: Type.Optional(text('Text of the bank for people')),
    bookingDate: Type.Optional(day('Day on which the bank booked it')),
    valueDate: Type.Optional(day('Day from which it counts for interest')),
    transactionDate: Type.Optional(day('Day on which it was made')),
    postedAt: Type.Optional(text('Day or instant of posting, as the bank states it (ISO 8601)')),
    bookingDateTime: Type.Optional(instant('Booking')),
    valueDateTime: Type.Optional(instant('Value')),
    status: Type.Optional(Type.Enum(STATUSES, { description: 'Absent: the bank does not say' })),
    rawStatus: Type.Optional(text('The state in the words of the bank')),
    category: Type.Optional(text('Category of the provider')),
    rawCategory: Type.Optional(text('Category of the bank')),
    categoryDetail: Type.Optional(
      Type.Object({
        primary: label('Category'),
        detailed: Type.Optional(text('Finer category')),
        confidence: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
        taxonomy: label('Whose categories these are'),
      }),
    ),
    merchantName: Type.Optional(text('Who was paid by card')),
    merchantCategoryCode: Type.Optional(text('Merchant category code (ISO 18245)')),
    merchant: Type.Optional(OpenBankingMerchantSchema),
    counterpartyName: Type.Optional(text('The other side')),
    counterpartyAccount: Type.Optional(text('Account of the other side')),
    debtor: Type.Optional(OpenBankingPartySchema),
    creditor: Type.Optional(OpenBankingPartySchema),
    reference: Type.Optional(text('Reference for the payee')),
    entryReference: Type.Optional(text('Reference of the entry at the bank')),
    endToEndId: Type.Optional(text('End-to-end id of the payer')),
    mandateId: Type.Optional(text('Direct debit mandate')),
    creditorId: Type.Optional(text('Creditor id of a direct debit')),
    bankTransactionCode: Type.Optional(
      Type.Object({
        domain: Type.Optional(text('ISO 20022 domain, such as PMNT')),
        family: Type.Optional(text('Family, such as RCDT')),
        subFamily: Type.Optional(text('Sub-family, such as ESCT')),
      }),
    ),
    proprietaryCode: Type.Optional(text("Transaction code of the bank's own")),
    purposeCode: Type.Optional(text('ISO 20022 purpose code')),
    remittance: Type.Optional(
      Type.Object({
        unstructured: Type.Optional(Type.Array(Type.String())),
        structured: Type.Optional(
          Type.Array(Type.Object({ reference: Type.String(), type: Type.Optional(Type.String()) })),
        ),
      }),
    ),
    exchange: Type.Optional(
      Type.Object({
        source: currency('Currency given'),
        target: currency('Currency got'),
        rate: decimal('Target per source'),
        instructedAmount: Type.Optional(decimal('Amount in the currency that it was ordered in')),
      }),
    ),
    charges: Type.Optional(decimal('Charges, in the currency of the amount')),
    balanceAfter: Type.Optional(decimal('Balance after this transaction')),
    pendingId: Type.Optional(id('Id of the pending transaction that this booked one replaces')),
    mutable: Type.Optional(Type.Boolean({ description: 'Whether the bank may still change it' })),
    channel: Type.Optional(text('Such as online, in-store or atm')),
    updatedAt: Type.Optional(instant('Last change at the provider')),
    metadata: Type.Optional(jsonObject('What the provider says beyond these fields')),
  },
  { title: 'OpenBankingTransaction' },
);

/**
 * One movement of money on an account. `amount` is never negative and `direction` says which way the money went,
 * whatever sign rule the provider has: `toTransactionAmount` converts once.
 */
export type OpenBankingTransaction = Static<typeof OpenBankingTransactionSchema>;
