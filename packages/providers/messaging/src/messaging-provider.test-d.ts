import type { CallOptions } from '@mortise/core';
import { expectTypeOf } from 'vitest';
import { complete } from './complete.ts';
import type { MessagingProvider } from './messaging-provider.ts';
import type { MessagingDeliveryStatus } from './model/delivery-status.ts';
import { seedCompat } from './seed-compat.ts';

/** The first interface, as its implementers know it. */
interface FirstInput {
  recipientId?: string;
  channelId?: string;
  threadId?: string;
  text: string;
  markdown?: boolean;
  metadata?: Record<string, string>;
}
interface FirstResult {
  id: string;
  providerMessageId?: string;
  status: 'queued' | 'sending' | 'sent' | 'delivered' | 'failed';
  sentAt?: Date;
  deliveredAt?: Date;
  errorCode?: string;
  errorMessage?: string;
  metadata?: Record<string, string>;
}
interface FirstProvider {
  sendMessage(input: FirstInput): Promise<FirstResult>;
  updateMessage?(messageId: string, input: Omit<FirstInput, 'recipientId'>): Promise<FirstResult>;
}
declare const first: FirstProvider;
declare const provider: MessagingProvider;

expectTypeOf(first).toExtend<MessagingProvider>();
expectTypeOf(complete(first).listMessages).toBeFunction();
expectTypeOf(seedCompat(provider)).toExtend<FirstProvider>();

// A widened result is no result of the first interface; seedCompat is there for that.
expectTypeOf(provider).not.toExtend<FirstProvider>();

expectTypeOf<'read'>().toExtend<MessagingDeliveryStatus>();
expectTypeOf<NonNullable<Parameters<MessagingProvider['sendMessage']>[1]>>().toEqualTypeOf<CallOptions>();
