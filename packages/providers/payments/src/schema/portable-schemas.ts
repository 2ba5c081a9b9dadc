import { type Static, Type } from '@mortise/core/schema';
import { MoneySchema } from '../money/money.ts';

const id = Type.String({ minLength: 1, maxLength: 255 });
const instant = Type.String({ format: 'date-time', description: 'ISO 8601; a Date in the process that made it' });
const labels = Type.Record(Type.String(), Type.String());
const optional = Type.Optional;

/** A payment as JSON carries it: the `PaymentIntent` with its dates as text and without its client secret. */
export const PaymentIntentSchema = Type.Object(
  {
    id,
    amount: MoneySchema,
    status: Type.Enum([
      'requires_payment_method',
      'requires_confirmation',
      'requires_action',
      'requires_capture',
      'processing',
      'succeeded',
      'canceled',
      'failed',
    ]),
    amountCapturable: optional(MoneySchema),
    amountReceived: optional(MoneySchema),
    amountRefunded: optional(MoneySchema),
    customerId: optional(id),
    clientSecret: optional(Type.Never({ description: 'Never leaves the process that must hand it to the payer' })),
    description: optional(Type.String()),
    metadata: optional(labels),
    reference: optional(Type.String()),
    failure: optional(
      Type.Object({ code: Type.String(), advice: Type.String(), declineCode: optional(Type.String()) }),
    ),
    captureBefore: optional(instant),
    liveMode: optional(Type.Boolean()),
    canceledAt: optional(instant),
    cancellationReason: optional(Type.String()),
    createdAt: optional(instant),
    updatedAt: optional(instant),
  },
  { title: 'PaymentIntent' },
);
export type PortablePaymentIntent = Static<typeof PaymentIntentSchema>;

export const PaymentRefundSchema = Type.Object(
  {
    id,
    paymentIntentId: id,
    amount: MoneySchema,
    status: Type.Enum(['pending', 'succeeded', 'failed', 'canceled']),
    reason: optional(Type.String()),
    metadata: optional(labels),
    createdAt: optional(instant),
  },
  { title: 'PaymentRefund' },
);
export type PortablePaymentRefund = Static<typeof PaymentRefundSchema>;

export const PaymentTransactionSchema = Type.Object(
  {
    id,
    paymentIntentId: optional(id),
    amount: MoneySchema,
    type: Type.Enum(['capture', 'refund', 'payout', 'fee', 'dispute', 'dispute_reversal', 'adjustment', 'transfer']),
    status: Type.Enum(['pending', 'succeeded', 'failed', 'canceled']),
    createdAt: instant,
    description: optional(Type.String()),
    metadata: optional(labels),
    gross: optional(MoneySchema),
    fee: optional(MoneySchema),
    net: optional(MoneySchema),
    availableOn: optional(instant),
    sourceId: optional(id),
  },
  { title: 'PaymentTransaction' },
);
export type PortablePaymentTransaction = Static<typeof PaymentTransactionSchema>;

export const PaymentEventSchema = Type.Object(
  {
    id,
    type: Type.String({ minLength: 1, description: 'A member of PaymentEventType' }),
    rawType: optional(Type.String()),
    objectId: id,
    amount: optional(MoneySchema),
    at: instant,
    liveMode: optional(Type.Boolean()),
  },
  { title: 'PaymentEvent' },
);
export type PortablePaymentEvent = Static<typeof PaymentEventSchema>;
