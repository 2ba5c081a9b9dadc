import { type Static, Type } from '@mortise/core/schema';
import { amount, closed, currency, decimal, id, instant, jsonObject, label, text } from '../schema/fields.ts';

/** An account as a host keeps it, whichever provider it came from. */
export const BankAccountRecord = Type.Object(
  {
    id: id('Id of the record'),
    tenantId: id('Tenant'),
    userId: id('User whose account it is'),
    connectionId: id('Connection that it is read through'),
    externalId: label('Id of the account at the provider'),
    institutionId: label('Institution'),
    institutionName: label('Name of the institution'),
    institutionLogoUrl: Type.Optional(Type.String({ format: 'uri', description: 'Logo of the institution' })),
    iban: Type.Optional(text('IBAN without spaces')),
    bic: Type.Optional(text('BIC of the institution')),
    accountType: label('Kind of account; `unknown` where the provider names none'),
    currency: currency('Currency of the account'),
    displayName: label('Name that people see'),
    accountNumberMasked: Type.Optional(text('Account number with all but its end hidden')),
    productCode: Type.Optional(text('Code of the product at the institution')),
    balance: Type.Optional(amount('Booked balance; negative is owed')),
    balanceDecimal: Type.Optional(decimal('Booked balance; negative is owed')),
    availableBalance: Type.Optional(amount('What can be spent')),
    availableBalanceDecimal: Type.Optional(decimal('What can be spent')),
    status: Type.Optional(
      Type.Enum(['active', 'inactive', 'closed', 'suspended', 'unknown'], {
        description: 'Absent: the institution does not say',
      }),
    ),
    lastSyncedAt: instant('Last read from the institution'),
    metadata: Type.Optional(jsonObject('What the provider says beyond these fields')),
    createdAt: instant('When the record was made'),
    updatedAt: instant('When the record was last changed'),
  },
  { ...closed, title: 'BankAccountRecord' },
);
export type BankAccountRecord = Static<typeof BankAccountRecord>;
