import { type Static, Type } from '@mortise/core/schema';
import type { SmsMessage } from '../model/sms-message.ts';

const Instant = Type.Optional(Type.String({ format: 'date-time' }));
const Text = Type.Optional(Type.String());

/** What of `SmsMessage` crosses a process: its facts, with times as ISO 8601 text. */
export const SmsMessageSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  to: Type.String(),
  from: Type.String(),
  body: Type.String(),
  status: Type.Union([
    Type.Literal('queued'),
    Type.Literal('sending'),
    Type.Literal('sent'),
    Type.Literal('delivered'),
    Type.Literal('undelivered'),
    Type.Literal('failed'),
    Type.Literal('scheduled'),
    Type.Literal('canceled'),
    Type.Literal('received'),
    Type.Literal('read'),
    Type.Literal('unknown'),
  ]),
  providerMessageId: Text,
  carrier: Text,
  price: Type.Optional(Type.Number()),
  priceCurrency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  priceDecimal: Type.Optional(Type.String({ pattern: '^-?\\d+(?:\\.\\d+)?$' })),
  errorCode: Text,
  errorMessage: Text,
  direction: Type.Optional(Type.Union([Type.Literal('outbound'), Type.Literal('inbound')])),
  segments: Type.Optional(Type.Integer({ minimum: 0 })),
  encoding: Type.Optional(Type.Union([Type.Literal('GSM-7'), Type.Literal('UCS-2')])),
  mediaUrls: Type.Optional(Type.Array(Type.String({ format: 'uri' }))),
  rawStatus: Text,
  failureReason: Type.Optional(
    Type.Union([
      Type.Literal('landline'),
      Type.Literal('unreachable'),
      Type.Literal('blocked'),
      Type.Literal('spam_filtered'),
      Type.Literal('expired'),
      Type.Literal('opted_out'),
      Type.Literal('unknown'),
    ]),
  ),
  reference: Text,
  metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
  sentAt: Instant,
  deliveredAt: Instant,
  createdAt: Instant,
  updatedAt: Instant,
});

/** A text message as it crosses a process. */
export type PortableSmsMessage = Static<typeof SmsMessageSchema>;

const TIMES = ['sentAt', 'deliveredAt', 'createdAt', 'updatedAt'] as const;

/** A message for a queue: its times become text; facts of the call are left out. */
export function toPortableSms(message: SmsMessage): PortableSmsMessage {
  const { requestId: _r, providerMetadata: _p, warnings: _w, raw: _raw, mediaUrls, ...rest } = message;
  const { sentAt: _s, deliveredAt: _d, createdAt: _c, updatedAt: _u, ...facts } = rest;
  const portable: PortableSmsMessage = { ...facts, ...(mediaUrls === undefined ? {} : { mediaUrls: [...mediaUrls] }) };
  for (const time of TIMES) {
    const at = message[time];
    if (at !== undefined) portable[time] = at.toISOString();
  }
  return portable;
}

/** A message that came out of a queue, its times as dates again. */
export function fromPortableSms(portable: PortableSmsMessage): SmsMessage {
  const { sentAt: _s, deliveredAt: _d, createdAt: _c, updatedAt: _u, ...facts } = portable;
  const message: SmsMessage = facts;
  for (const time of TIMES) {
    const at = portable[time];
    if (at !== undefined) message[time] = new Date(at);
  }
  return message;
}
