import { type Static, Type } from '@mortise/core/schema';
import { amount, currency, day, decimal, id, instant, jsonObject } from '../schema/fields.ts';

/**
 * What a balance says, in the words of the first interface; open, and `unknown` where the bank names no type.
 * ISO 20022 says it better: see `isoType`.
 */
export type OpenBankingBalanceType = 'current' | 'available' | 'authorised' | 'uncleared' | 'credit' | (string & {});

/** ISO 20022 balance types that banks report, such as `CLBD` (closing booked) and `ITAV` (interim available); open. */
export type OpenBankingIsoBalanceType =
  | 'CLBD'
  | 'ITBD'
  | 'ITAV'
  | 'CLAV'
  | 'XPCD'
  | 'OPBD'
  | 'OPAV'
  | 'FWAV'
  | 'PRCD'
  | 'INFO'
  | (string & {});

export const OpenBankingAccountBalanceSchema = Type.Object(
  {
    accountId: id('Account'),
    connectionId: id('Connection'),
    tenantId: id('Tenant'),
    type: Type.Unsafe<OpenBankingBalanceType>(
      Type.String({ minLength: 1, description: '`unknown` where the bank names no type' }),
    ),
    amount: amount('Balance; negative is owed to the bank'),
    amountDecimal: Type.Optional(decimal('Balance; negative is owed to the bank')),
    currency: currency(),
    lastUpdatedAt: instant('When the bank stated the balance, else when it was fetched'),
    isoType: Type.Optional(
      Type.Unsafe<OpenBankingIsoBalanceType>(
        Type.String({ pattern: '^[A-Z]{4}$', description: 'ISO 20022 balance type, such as CLBD' }),
      ),
    ),
    referenceDate: Type.Optional(day('Day that the balance is of')),
    creditLimitIncluded: Type.Optional(
      Type.Boolean({
        description: 'Whether the amount counts the credit line as money; absent: the bank does not say',
      }),
    ),
    creditLimit: Type.Optional(decimal('Credit line')),
    lastTransactionId: Type.Optional(id('Last transaction that the balance counts')),
    metadata: Type.Optional(jsonObject('What the provider says beyond these fields')),
  },
  { title: 'OpenBankingAccountBalance' },
);

/** One balance of an account. Unlike a transaction, its amount has a sign: negative is owed to the bank. */
export type OpenBankingAccountBalance = Static<typeof OpenBankingAccountBalanceSchema>;
