import type { CallOptions } from '@mortise/core';
import type { MessagingProvider } from '../../messaging-provider.ts';
import type { MessagingSendResult } from '../../model/send-result.ts';
import type { MessagingService } from '../messaging-service.ts';

/** One message into the channel of the service. */
export function send(
  provider: MessagingProvider,
  options: CallOptions,
  text: string = 'hello',
): Promise<MessagingSendResult> {
  return provider.sendMessage({ channelId: CHANNEL, text }, options);
}

/** What sends had for an effect so far. */
export function effects(service: MessagingService): number {
  return service.messages().length;
}

/** The channel that every target has. */
export const CHANNEL = 'general';
