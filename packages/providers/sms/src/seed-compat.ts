import type { CallOptions } from '@mortise/core';
import type { SendSmsInput } from './model/send-sms-input.ts';
import type { SmsDeliveryStatus, SmsMessage } from './model/sms-message.ts';
import type { SmsStatus } from './model/sms-status.ts';
import type { SmsProvider } from './sms-provider.ts';

/** The states that consumers of the first interface know. */
export type SeedSmsStatus = 'queued' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'failed';

export interface SeedSmsMessage extends Omit<SmsMessage, 'status'> {
  status: SeedSmsStatus;
}

export interface SeedSmsDeliveryStatus extends Omit<SmsDeliveryStatus, 'status'> {
  status: SeedSmsStatus;
}

/** A provider whose results hold nothing that the first interface did not have. */
export interface SeedSmsProvider {
  sendSms(input: SendSmsInput, options?: CallOptions): Promise<SeedSmsMessage>;
  getDeliveryStatus(messageId: string, options?: CallOptions): Promise<SeedSmsDeliveryStatus>;
}

const FOLDED: Readonly<Record<SmsStatus, SeedSmsStatus>> = {
  queued: 'queued',
  sending: 'sending',
  sent: 'sent',
  delivered: 'delivered',
  undelivered: 'undelivered',
  failed: 'failed',
  scheduled: 'queued',
  // It will not arrive, and nothing went wrong on the way.
  canceled: 'undelivered',
  received: 'delivered',
  read: 'delivered',
  // The least that is certain: the provider has it.
  unknown: 'sending',
};

/**
 * For code written against the first interface, whose union of states was narrower: folds what came later.
 *
 * | given | becomes |
 * | --- | --- |
 * | `scheduled` | `queued` |
 * | `canceled` | `undelivered` |
 * | `received`, `read` | `delivered` |
 * | `unknown` | `sending` |
 */
export function seedCompat(provider: SmsProvider): SeedSmsProvider {
  return {
    sendSms: async (input, options) => fold(await provider.sendSms(input, options)),
    getDeliveryStatus: async (id, options) => fold(await provider.getDeliveryStatus(id, options)),
  };
}

function fold<Result extends { readonly status: SmsStatus }>(
  result: Result,
): Omit<Result, 'status'> & { status: SeedSmsStatus } {
  return { ...result, status: FOLDED[result.status] };
}
