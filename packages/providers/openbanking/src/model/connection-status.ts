import { type Static, Type } from '@mortise/core/schema';
import { id, instant, jsonObject, label, text } from '../schema/fields.ts';
import { OpenBankingConsentSchema } from './consent.ts';

const STATUSES = ['healthy', 'degraded', 'error', 'disconnected'] as const;

const ACTIONS = [
  'sca',
  'reauthenticate',
  'credentials',
  'otp',
  'app_confirmation',
  'bank_website',
  'renew_consent',
] as const;

/**
 * What the user has to do: authenticate strongly, log in again, give new credentials, type a one-time password, confirm
 * in the bank's app, do something on the bank's site, or consent again.
 */
export type OpenBankingRequiredActionKind = (typeof ACTIONS)[number];

export const OpenBankingRequiredActionSchema = Type.Object(
  {
    kind: Type.Enum(ACTIONS),
    url: Type.Optional(
      Type.String({ format: 'uri', description: 'Where the user does it; may hold a one-time token' }),
    ),
    by: Type.Optional(instant('Until when')),
  },
  { title: 'OpenBankingRequiredAction' },
);

export type OpenBankingRequiredAction = Static<typeof OpenBankingRequiredActionSchema>;

export const OpenBankingConnectionStatusSchema = Type.Object(
  {
    connectionId: id('Connection'),
    tenantId: id('Tenant'),
    status: Type.Enum(STATUSES, {
      description: '`degraded`: data is old or partial; `error`: nothing comes until something is done',
    }),
    lastCheckedAt: Type.Optional(instant('When the provider last tried')),
    errorCode: Type.Optional(text('Code of the provider')),
    errorMessage: Type.Optional(text('Text of the provider or the bank, which may speak of the user')),
    requiredAction: Type.Optional(OpenBankingRequiredActionSchema),
    consent: Type.Optional(OpenBankingConsentSchema),
    nextRefreshAllowedAt: Type.Optional(instant('From when a refresh makes sense')),
    lastSuccessAt: Type.Optional(instant('Last complete read')),
    datasets: Type.Optional(
      Type.Array(
        Type.Object({
          name: label('Such as transactions'),
          lastSyncedAt: Type.Optional(instant('Last read')),
          status: label('State in the words of the provider'),
        }),
      ),
    ),
    details: Type.Optional(jsonObject('What the provider says beyond these fields')),
  },
  { title: 'OpenBankingConnectionStatus' },
);

/** Whether data still comes, and what the user must do where it does not. */
export type OpenBankingConnectionStatus = Static<typeof OpenBankingConnectionStatusSchema>;
