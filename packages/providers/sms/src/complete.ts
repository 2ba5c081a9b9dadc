import { IntegrationError } from '@mortise/core';
import type { SmsProvider } from './sms-provider.ts';

/** A provider with every optional method in place. */
export type CompleteSmsProvider = Required<Omit<SmsProvider, 'capabilities'>> & Pick<SmsProvider, 'capabilities'>;

/**
 * Fills in what a provider lacks: `parseWebhookAll` from `parseWebhook`, `close` as nothing to do. Without
 * `verifyWebhook` nothing is genuine. All other methods that are missing reject with `unsupported`.
 */
export function complete(provider: SmsProvider): CompleteSmsProvider {
  const p = provider;
  return {
    ...(p.capabilities === undefined ? {} : { capabilities: p.capabilities }),
    sendSms: (input, options) => p.sendSms(input, options),
    getDeliveryStatus: (id, options) => p.getDeliveryStatus(id, options),
    getMessage: (id, options) => p.getMessage?.(id, options) ?? missing('getMessage'),
    listMessages: (query, options) => p.listMessages?.(query, options) ?? missing('listMessages'),
    cancelScheduled: (id, options) => p.cancelScheduled?.(id, options) ?? missing('cancelScheduled'),
    lookupNumber: (number, options) => p.lookupNumber?.(number, options) ?? missing('lookupNumber'),
    getOptOut: (number, options) => p.getOptOut?.(number, options) ?? missing('getOptOut'),
    setOptOut: (number, isOut, options) => p.setOptOut?.(number, isOut, options) ?? missing('setOptOut'),
    verifyWebhook: (request) => p.verifyWebhook?.(request) ?? Promise.resolve(false),
    parseWebhook: (request) => p.parseWebhook?.(request) ?? missing('parseWebhook'),
    parseWebhookAll: async (request) =>
      p.parseWebhookAll?.(request) ?? [await (p.parseWebhook?.(request) ?? missing('parseWebhookAll'))],
    close: () => p.close?.() ?? Promise.resolve(),
  };
}

function missing(method: string): Promise<never> {
  const message = `This SMS provider has no method ${method}`;
  return Promise.reject(new IntegrationError({ code: 'unsupported', message }));
}
