import { type Static, Type } from '@mortise/core/schema';
import { currency, day, decimal, id, label, text } from '../schema/fields.ts';
import { OpenBankingPartySchema } from './party.ts';

export const OpenBankingStandingOrderSchema = Type.Object(
  {
    id: id('Standing order at the provider'),
    accountId: id('Account that pays'),
    amountDecimal: decimal('What is paid each time, never negative'),
    currency: currency(),
    frequency: label('How often, in the words of the provider'),
    firstDate: Type.Optional(day('First payment')),
    nextDate: Type.Optional(day('Next payment')),
    finalDate: Type.Optional(day('Last payment')),
    creditor: Type.Optional(OpenBankingPartySchema),
    reference: Type.Optional(text('Reference for the payee')),
  },
  { title: 'OpenBankingStandingOrder' },
);

/** A payment that the bank repeats on its own. */
export type OpenBankingStandingOrder = Static<typeof OpenBankingStandingOrderSchema>;
