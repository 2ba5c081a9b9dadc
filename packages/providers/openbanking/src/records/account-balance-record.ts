import { type Static, Type } from '@mortise/core/schema';
import { amount, closed, currency, day, decimal, id, instant, jsonObject, label } from '../schema/fields.ts';

/** A balance as a host keeps it. */
export const AccountBalanceRecord = Type.Object(
  {
    id: id('Id of the record: account, type and the day that it is of'),
    accountId: id('Account'),
    tenantId: id('Tenant'),
    connectionId: id('Connection that it was read through'),
    balanceType: label('What the balance says, such as current or available'),
    isoType: Type.Optional(Type.String({ pattern: '^[A-Z]{4}$', description: 'ISO 20022 balance type' })),
    currentBalance: amount('Balance; negative is owed'),
    currentBalanceDecimal: Type.Optional(decimal('Balance; negative is owed')),
    availableBalance: Type.Optional(amount('What can be spent')),
    availableBalanceDecimal: Type.Optional(decimal('What can be spent')),
    creditLimitIncluded: Type.Optional(Type.Boolean({ description: 'Whether the balance counts the credit line' })),
    currency: currency(),
    referenceDate: Type.Optional(day('Day that the balance is of')),
    lastUpdatedAt: instant('When the bank stated it'),
    createdAt: instant('When the record was made'),
    metadata: Type.Optional(jsonObject('What the provider says beyond these fields')),
  },
  { ...closed, title: 'AccountBalanceRecord' },
);
export type AccountBalanceRecord = Static<typeof AccountBalanceRecord>;
