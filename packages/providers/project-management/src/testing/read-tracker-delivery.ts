import type { WebhookRequest } from '@mortise/core';
import { Type, validateAgainstSchema } from '@mortise/core/schema';
import type { WorkItemEvent } from '../model/work-item-event.ts';
import type { ProjectManagementWorkItem } from '../model/work-item.ts';
import { bodyText } from './signed-delivery.ts';
import { invalid } from './tracker-directory.ts';

const DeliverySchema = Type.Object({
  eventId: Type.String({ minLength: 1 }),
  type: Type.String({ minLength: 1 }),
  itemId: Type.String({ minLength: 1 }),
  by: Type.Union([Type.Literal('connection'), Type.Literal('somebody')]),
  at: Type.Integer(),
});

/** The event that a request of the in-memory tracker tells of, read from the bytes that were signed. */
export function readTrackerDelivery(
  request: WebhookRequest,
  find: (id: string) => ProjectManagementWorkItem | undefined,
): WorkItemEvent {
  let body: unknown;
  try {
    body = JSON.parse(bodyText(request));
  } catch {
    throw invalid('rawBody', 'expected JSON');
  }
  const result = validateAgainstSchema(DeliverySchema, body);
  if (!result.valid) throw invalid('rawBody', 'expected a delivery of this tracker');
  const { eventId, type, itemId, by, at } = result.value;
  const item = find(itemId);
  const base = { providerEventId: eventId, itemId, isOwn: by === 'connection', at: new Date(at) };
  const known = { ...base, ...(item === undefined ? {} : { item }) };
  switch (type) {
    case 'created':
    case 'updated':
    case 'commented':
      return { ...known, type };
    case 'deleted':
      return { ...base, type };
    default:
      return { ...base, type: 'unknown', rawType: type };
  }
}
