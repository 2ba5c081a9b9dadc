import { expectTypeOf } from 'vitest';
import { complete } from './complete.ts';
import type { SmsStatus } from './model/sms-status.ts';
import { seedCompat } from './seed-compat.ts';
import type { SmsProvider } from './sms-provider.ts';

/** The first interface, as its implementers know it. */
type FirstStatus = 'queued' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'failed';
interface FirstMessage {
  id: string;
  to: string;
  from: string;
  body: string;
  status: FirstStatus;
  providerMessageId?: string;
  carrier?: string;
  price?: number;
  priceCurrency?: string;
  sentAt?: Date;
  deliveredAt?: Date;
  errorCode?: string;
  errorMessage?: string;
}
interface FirstProvider {
  sendSms(input: { to: string; body: string; from?: string; metadata?: Record<string, string> }): Promise<FirstMessage>;
  getDeliveryStatus(
    messageId: string,
  ): Promise<{ status: FirstStatus; errorCode?: string; errorMessage?: string; updatedAt: Date }>;
}
declare const first: FirstProvider;
declare const provider: SmsProvider;

expectTypeOf(first).toExtend<SmsProvider>();
expectTypeOf(complete(first).listMessages).toBeFunction();
expectTypeOf(seedCompat(provider)).toExtend<FirstProvider>();
// A widened result is no result of the first interface; seedCompat is there for that.
expectTypeOf(provider).not.toExtend<FirstProvider>();
expectTypeOf<FirstStatus>().toExtend<SmsStatus>();
