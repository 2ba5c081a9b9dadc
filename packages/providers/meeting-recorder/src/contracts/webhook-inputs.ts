import { type Static, Type } from '@mortise/core/schema';
import { closed, id, instant, text } from '../model/fields.ts';
import { MeetingRecorderWebhookEventRecord } from '../model/webhook-event.ts';

/**
 * A delivery as it came. Signatures cover bytes: hand over `rawBody`, or `rawBodyBase64` where it is no UTF-8 text.
 * `payload` alone, a body that somebody parsed, can be taken in but never proven genuine.
 */
export const MeetingRecorderWebhookIngestInput = Type.Object(
  {
    tenantId: id("Tenant; must be the caller's"),
    providerKey: id('Key of the integration'),
    connectionId: Type.Optional(id('Connection that the delivery belongs to')),
    webhookId: Type.Optional(text('Subscription that it belongs to')),
    headers: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]), {
        description: 'Headers of the request',
      }),
    ),
    rawBody: Type.Optional(Type.String({ description: 'The body exactly as it came' })),
    rawBodyBase64: Type.Optional(
      Type.String({ pattern: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$' }),
    ),
    payload: Type.Optional(Type.Unknown({ description: 'The parsed body, which proves nothing' })),
    receivedAt: Type.Optional(instant('When it came in')),
  },
  {
    ...closed,
    title: 'MeetingRecorderWebhookIngestInput',
    anyOf: [{ required: ['rawBody'] }, { required: ['rawBodyBase64'] }, { required: ['payload'] }],
  },
);
export type MeetingRecorderWebhookIngestInput = Static<typeof MeetingRecorderWebhookIngestInput>;

export const MeetingRecorderWebhookIngestOutput = Type.Object(
  {
    accepted: Type.Boolean(),
    event: Type.Optional(MeetingRecorderWebhookEventRecord),
    reason: Type.Optional(text('Why it was not accepted')),
  },
  { ...closed, title: 'MeetingRecorderWebhookIngestOutput' },
);
export type MeetingRecorderWebhookIngestOutput = Static<typeof MeetingRecorderWebhookIngestOutput>;
