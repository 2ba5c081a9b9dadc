import { type CallOptions, supports } from '@mortise/core';
import type { MessagingProvider } from './messaging-provider.ts';
import type { MessagingDeliveryStatus } from './model/delivery-status.ts';
import type { MessageAddress } from './model/message-ref.ts';
import type { MessagingSendInput, MessagingUpdateInput } from './model/send-input.ts';
import type { MessagingSendResult } from './model/send-result.ts';

/** The states that consumers of the first interface know. */
export type SeedMessagingDeliveryStatus = 'queued' | 'sending' | 'sent' | 'delivered' | 'failed';

export interface SeedMessagingSendResult extends Omit<MessagingSendResult, 'status'> {
  status: SeedMessagingDeliveryStatus;
}

/** A provider whose results hold nothing that the first interface did not have. */
export interface SeedMessagingProvider {
  sendMessage(input: MessagingSendInput, options?: CallOptions): Promise<SeedMessagingSendResult>;
  updateMessage?(
    messageId: MessageAddress,
    input: MessagingUpdateInput,
    options?: CallOptions,
  ): Promise<SeedMessagingSendResult>;
}

const FOLDED: Readonly<Record<MessagingDeliveryStatus, SeedMessagingDeliveryStatus>> = {
  queued: 'queued',
  sending: 'sending',
  sent: 'sent',
  delivered: 'delivered',
  failed: 'failed',
  read: 'delivered',
  scheduled: 'queued',
  // It was there, and a consumer of the five cannot be told that it is gone.
  deleted: 'sent',
  // The least that is certain: the provider has it.
  unknown: 'sending',
};

/**
 * For code written against the first interface, whose union of states was narrower: folds what came later.
 *
 * | given | becomes |
 * | --- | --- |
 * | `read` | `delivered` |
 * | `scheduled` | `queued` |
 * | `deleted` | `sent` |
 * | `unknown` | `sending` |
 */
export function seedCompat(provider: MessagingProvider): SeedMessagingProvider {
  const fold = (result: MessagingSendResult): SeedMessagingSendResult => ({ ...result, status: FOLDED[result.status] });
  const sendMessage: SeedMessagingProvider['sendMessage'] = async (input, options) =>
    fold(await provider.sendMessage(input, options));
  if (!supports(provider, 'updateMessage')) return { sendMessage };
  return {
    sendMessage,
    updateMessage: async (id, input, options) => fold(await provider.updateMessage(id, input, options)),
  };
}
