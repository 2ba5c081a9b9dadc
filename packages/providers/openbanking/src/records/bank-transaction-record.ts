import { type Static, Type } from '@mortise/core/schema';
import {
  amount,
  closed,
  currency,
  dayOrInstant,
  decimal,
  id,
  instant,
  jsonObject,
  label,
  text,
} from '../schema/fields.ts';

/** A transaction as a host keeps it. `amount` is never negative where `direction` is there, which says which way it went. */
export const BankTransactionRecord = Type.Object(
  {
    id: id('Id of the record'),
    accountId: id('Account'),
    tenantId: id('Tenant'),
    connectionId: id('Connection that it was read through'),
    externalId: label('Id of the transaction at the provider'),
    amount: amount('Amount; see direction'),
    amountDecimal: Type.Optional(decimal('Amount; see direction')),
    direction: Type.Optional(
      Type.Enum(['debit', 'credit'], {
        description:
          '`debit`: money leaves the account. Absent on records of older writers, whose sign rule is unknown',
      }),
    ),
    currency: currency('Currency of the amount'),
    date: dayOrInstant('Booking day, else value day, else the day on which it was made'),
    bookingDate: Type.Optional(dayOrInstant('Day of booking')),
    valueDate: Type.Optional(dayOrInstant('Day of value')),
    description: Type.Optional(text('Text of the bank for people')),
    counterpartyName: Type.Optional(text('The other side')),
    counterpartyAccount: Type.Optional(text('Account of the other side')),
    merchantCategoryCode: Type.Optional(text('Merchant category code (ISO 18245)')),
    rawCategory: Type.Optional(text('Category of the bank')),
    standardizedCategory: Type.Optional(text('Category of the provider or the host')),
    transactionType: label('ISO 20022 domain of the transaction where the bank gives one, else its direction'),
    status: label('State, such as pending or booked; `unknown` where the bank does not say'),
    pendingId: Type.Optional(id('Id of the pending transaction that this booked one replaces')),
    runningBalance: Type.Optional(amount('Balance after this transaction')),
    runningBalanceDecimal: Type.Optional(decimal('Balance after this transaction')),
    metadata: Type.Optional(jsonObject('What the provider says beyond these fields')),
    createdAt: instant('When the record was made'),
    updatedAt: instant('When the record was last changed'),
  },
  { ...closed, title: 'BankTransactionRecord' },
);
export type BankTransactionRecord = Static<typeof BankTransactionRecord>;
