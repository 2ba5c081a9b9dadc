import { type Static, Type, validateAgainstSchema } from '@mortise/core/schema';
import type { WebhookRequest } from '@mortise/core';
import type { MessagingEvent } from '../model/event.ts';
import { MessageRefSchema } from '../schema/message-schema.ts';
import { invalid, type MessageBoard, toMessage } from './message-board.ts';
import { bodyText } from './signed-delivery.ts';

const DeliverySchema = Type.Object({
  eventId: Type.String({ minLength: 1 }),
  type: Type.String({ minLength: 1 }),
  at: Type.Integer(),
  ref: Type.Optional(MessageRefSchema),
  actionId: Type.Optional(Type.String()),
  value: Type.Optional(Type.String()),
  challenge: Type.Optional(Type.String()),
});

/** What a request of the in-memory platform says, read from the bytes that were signed. */
export function readDelivery(request: WebhookRequest): Static<typeof DeliverySchema> {
  let body: unknown;
  try {
    body = JSON.parse(bodyText(request));
  } catch {
    throw invalid('rawBody', 'expected JSON');
  }
  const result = validateAgainstSchema(DeliverySchema, body);
  if (!result.valid) throw invalid('rawBody', 'expected a delivery of this platform');
  return result.value;
}

/** The event that a delivery tells of. */
export function toEvent(delivery: Static<typeof DeliverySchema>, board: MessageBoard): MessagingEvent {
  const { eventId: providerEventId, type, at, ref } = delivery;
  const entry = ref === undefined ? undefined : board.recall(ref);
  if (ref === undefined || entry === undefined) throw invalid('rawBody', 'expected a message that was there');
  const base = { providerEventId, at: new Date(at), ref, author: entry.posting.author };
  switch (type) {
    case 'message':
    case 'message_updated':
      return { ...base, type, message: toMessage(entry) };
    case 'message_deleted':
      return { ...base, type };
    case 'press': {
      const { actionId = '', value } = delivery;
      return { ...base, type: 'action', actionId, ...(value === undefined ? {} : { value }) };
    }
    default:
      return { ...base, type: 'unknown', rawType: type };
  }
}
