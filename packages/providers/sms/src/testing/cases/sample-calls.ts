import type { CallOptions } from '@mortise/core';
import type { SmsMessage } from '../../model/sms-message.ts';
import type { SmsProvider } from '../../sms-provider.ts';
import { SMS_NUMBERS, type SmsService } from '../sms-service.ts';

/** One text to somebody who takes every message. */
export function send(provider: SmsProvider, options: CallOptions, body: string = 'hello'): Promise<SmsMessage> {
  return provider.sendSms({ to: SMS_NUMBERS.mobile, body }, options);
}

/** What sends had for an effect so far. */
export function effects(service: SmsService): number {
  return service.messages().length;
}
