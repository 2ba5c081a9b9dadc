import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advancePaymentStatus, type PaymentEventType } from './payment-event.ts';
import { paymentFailure } from './payment-failure.ts';
import type { PaymentIntentStatus } from './payment-intent.ts';

const HISTORIES: readonly (readonly [PaymentEventType[], PaymentIntentStatus])[] = [
  [['requires_action', 'authorized', 'captured', 'refunded'], 'succeeded'],
  [['requires_action', 'succeeded'], 'succeeded'],
  [['failed', 'requires_action', 'authorized', 'canceled'], 'canceled'],
  [['requires_action', 'authorized'], 'requires_capture'],
  [['dispute_opened', 'dispute_closed', 'unknown'], 'requires_payment_method'],
];

describe('the status of a payment', () => {
  it.each(HISTORIES)('after %j, in whatever order and however often, is %s', (types, expected) => {
    const events = types.map((type) => ({ type }));
    const deliveries = fc
      .tuple(fc.shuffledSubarray(events, { minLength: events.length }), fc.array(fc.constantFrom(...events)))
      .map(([all, repeats]) => [...repeats, ...all, ...repeats]);
    fc.assert(
      fc.property(deliveries, (order) => {
        expect(order.reduce(advancePaymentStatus, 'requires_payment_method')).toBe(expected);
      }),
    );
  });

  it('does not go back from the end', () => {
    for (const type of ['requires_action', 'authorized', 'failed', 'canceled'] as const) {
      expect(advancePaymentStatus('succeeded', { type })).toBe('succeeded');
    }
    expect(advancePaymentStatus('failed', { type: 'canceled' })).toBe('failed');
  });
});

describe('failures', () => {
  it('come with the advice that follows from them', () => {
    expect(paymentFailure('insufficient_funds', { declineCode: 'x' })).toEqual({
      code: 'insufficient_funds',
      advice: 'retry_later',
      declineCode: 'x',
    });
    expect(paymentFailure('pickup_card').advice).toBe('do_not_retry');
    expect(paymentFailure('authentication_required').advice).toBe('authenticate');
  });
});
