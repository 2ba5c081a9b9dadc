import { describe, expect, it } from 'vitest';
import type { MessagingProvider } from './messaging-provider.ts';
import type { MessagingDeliveryStatus } from './model/delivery-status.ts';
import { seedCompat } from './seed-compat.ts';

const answering = (status: MessagingDeliveryStatus): MessagingProvider => ({
  sendMessage: async () => ({ id: 'msg:C1::M1', status, rawStatus: 'raw' }),
  updateMessage: async () => ({ id: 'msg:C1::M1', status }),
});

describe('seedCompat', () => {
  it.each<[MessagingDeliveryStatus, string]>([
    ['queued', 'queued'],
    ['sending', 'sending'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['failed', 'failed'],
    ['read', 'delivered'],
    ['scheduled', 'queued'],
    ['deleted', 'sent'],
    ['unknown', 'sending'],
  ])('tells %s as %s', async (status, folded) => {
    const provider = seedCompat(answering(status));
    expect(await provider.sendMessage({ text: 'x' })).toEqual({ id: 'msg:C1::M1', status: folded, rawStatus: 'raw' });
    expect((await provider.updateMessage?.('msg:C1::M1', { text: 'x' }))?.status).toBe(folded);
  });

  it('has no way to edit where the provider has none', () => {
    const whole = answering('sent');
    const rest: MessagingProvider = { sendMessage: (input) => whole.sendMessage(input) };
    expect(Object.keys(seedCompat(rest))).toEqual(['sendMessage']);
  });
});
