import { type Static, Type } from '@mortise/core/schema';
import { bic, iban, label, text } from '../schema/fields.ts';

export const OpenBankingPartySchema = Type.Object(
  {
    name: Type.Optional(text('Name')),
    account: Type.Optional(
      Type.Object({
        iban: Type.Optional(iban),
        bban: Type.Optional(text('Account number in the form of its country')),
        maskedPan: Type.Optional(text('Card number with all but its ends hidden')),
        other: Type.Optional(Type.Object({ scheme: label('Name of the scheme'), id: label('Identifier') })),
      }),
    ),
    agentBic: Type.Optional(bic),
    ultimateName: Type.Optional(text('On whose behalf')),
  },
  { title: 'OpenBankingParty' },
);

/** One side of a transfer. */
export type OpenBankingParty = Static<typeof OpenBankingPartySchema>;

export const OpenBankingMerchantSchema = Type.Object(
  {
    name: label('Name'),
    id: Type.Optional(text('Id at the provider')),
    mcc: Type.Optional(Type.String({ pattern: '^[0-9]{4}$', description: 'Merchant category code (ISO 18245)' })),
    website: Type.Optional(text('Web site')),
  },
  { title: 'OpenBankingMerchant' },
);

/** Who was paid by card. */
export type OpenBankingMerchant = Static<typeof OpenBankingMerchantSchema>;
