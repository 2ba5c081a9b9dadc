import { type Static, Type } from '@mortise/core/schema';
import { bic, id, label } from '../schema/fields.ts';

export const OpenBankingInstitutionSchema = Type.Object(
  {
    id: id('Institution at the provider'),
    name: label('Name that people see'),
    countries: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Z]{2}$' }), { description: 'ISO 3166-1 alpha-2' })),
    bic: Type.Optional(bic),
    logoUrl: Type.Optional(Type.String({ format: 'uri' })),
    scaApproaches: Type.Optional(Type.Array(Type.Enum(['redirect', 'decoupled', 'embedded']))),
    maxHistoryDays: Type.Optional(Type.Integer({ minimum: 0, description: 'Days of transactions that it hands over' })),
    maxConsentDays: Type.Optional(Type.Integer({ minimum: 1, description: 'Days that a consent lasts at most' })),
  },
  { title: 'OpenBankingInstitution' },
);

/** A bank that users can connect. */
export type OpenBankingInstitution = Static<typeof OpenBankingInstitutionSchema>;

export interface OpenBankingListInstitutionsParams {
  readonly tenantId: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** Part of the name. */
  readonly search?: string;
  readonly cursor?: string;
  readonly pageSize?: number;
}
