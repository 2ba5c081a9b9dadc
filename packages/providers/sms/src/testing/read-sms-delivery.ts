import { IntegrationError, type WebhookRequest } from '@mortise/core';
import { Type, validateAgainstSchema } from '@mortise/core/schema';
import type { SmsEvent } from '../model/sms-event.ts';
import type { SmsMessage } from '../model/sms-message.ts';
import { readOptKeyword } from '../text/opt-keyword.ts';
import { estimateSegments } from '../text/estimate-segments.ts';
import { bodyText } from './signed-delivery.ts';
import { statusOf } from './status-words.ts';

const DeliverySchema = Type.Object({
  eventId: Type.String({ minLength: 1 }),
  type: Type.String({ minLength: 1 }),
  at: Type.Integer(),
  messageId: Type.Optional(Type.String()),
  status: Type.Optional(Type.String()),
  from: Type.Optional(Type.String()),
  to: Type.Optional(Type.String()),
  body: Type.Optional(Type.String()),
  mediaUrls: Type.Optional(Type.Array(Type.String())),
});

/** The event that a request of the in-memory service tells of, read from the bytes that were signed. */
export function readSmsDelivery(request: WebhookRequest): SmsEvent {
  let parsed: unknown;
  try {
    parsed = JSON.parse(bodyText(request));
  } catch {
    throw invalid('expected JSON');
  }
  const result = validateAgainstSchema(DeliverySchema, parsed);
  if (!result.valid) throw invalid('expected a delivery of this service');
  const { eventId, type, at, messageId, status, from, to = '', body = '', mediaUrls } = result.value;
  const base = { providerEventId: eventId, at: new Date(at) };
  if (type === 'status' && messageId !== undefined && status !== undefined) {
    return { ...base, type, messageId, status: statusOf(status), rawStatus: status };
  }
  if (type !== 'inbound' || from === undefined) return { ...base, type: 'unknown', rawType: type };
  const { encoding, segments } = estimateSegments(body);
  const message: SmsMessage = {
    id: `in-${eventId}`,
    to,
    from,
    body,
    status: 'received',
    direction: 'inbound',
    encoding,
    segments,
    createdAt: base.at,
    ...(mediaUrls === undefined ? {} : { mediaUrls }),
  };
  const keyword = readOptKeyword(body);
  return keyword === undefined ? { ...base, type, message } : { ...base, type: keyword, number: from, message };
}

function invalid(fault: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field: 'rawBody', message: `rawBody: ${fault}` });
}
