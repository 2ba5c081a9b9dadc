import { IntegrationError, type WebhookRequest } from '@mortise/core';
import { HEALTH_ENTITY_TYPES } from '../model/entity.ts';
import type { HealthWebhookEntityType, HealthWebhookEvent } from '../model/webhook.ts';

const SIGNATURE = 'x-health-signature';
const TIMESTAMP = 'x-health-timestamp';
const TOLERANCE_SECONDS = 300;
const KINDS: readonly HealthWebhookEntityType[] = [...HEALTH_ENTITY_TYPES, 'menstrual_cycle', 'series', 'connection'];
const CHANGES = ['created', 'updated', 'deleted'] as const;

/** What a delivery of the in-memory vendor tells of one record. */
export interface VendorEvent {
  /** Such as `sleep`; a word that is not known is passed on in `eventType` alone. */
  readonly kind: string;
  readonly change: string;
  readonly id: string;
  readonly userId?: string;
  readonly at?: string;
}

/** A delivery as the vendor sends it: an HMAC-SHA256 in hex over the seconds, a dot and the body. */
export async function signDelivery(
  events: readonly VendorEvent[],
  secret: string,
  atMs: number,
): Promise<{ headers: Record<string, string>; rawBody: string }> {
  const rawBody = JSON.stringify({ events });
  const timestamp = String(Math.floor(atMs / 1000));
  const signature = await hmac(secret, timestamp, new TextEncoder().encode(rawBody));
  return {
    headers: { [TIMESTAMP]: timestamp, [SIGNATURE]: [...signature].map(toHex).join('') },
    rawBody,
  };
}

/** Whether a delivery is the vendor's and fresh. Without a secret nothing is. */
export async function isGenuine(request: WebhookRequest, secrets: readonly string[], nowMs: number): Promise<boolean> {
  const timestamp = headerOf(request, TIMESTAMP);
  const claimed = fromHex(headerOf(request, SIGNATURE) ?? '');
  if (timestamp === undefined || claimed === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const body = bytesOf(request.rawBody);
  for (const secret of secrets) {
    if (secret !== '' && (await verify(secret, timestamp, body, claimed))) return true;
  }
  return false;
}

/**
 * The events of a delivery, from its bytes alone.
 *
 * @throws {IntegrationError} `invalid_request`: the body is no delivery.
 */
export function readEvents(request: WebhookRequest, providerKey: string, receivedAt: string): HealthWebhookEvent[] {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(request.rawBody)));
  } catch {
    throw notADelivery();
  }
  const events: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'events') : undefined;
  if (!Array.isArray(events)) throw notADelivery();
  return events.map((event: unknown) => readEvent(event, providerKey, receivedAt));
}

function readEvent(event: unknown, providerKey: string, receivedAt: string): HealthWebhookEvent {
  if (typeof event !== 'object' || event === null) throw notADelivery();
  const text = (name: string): string | undefined => {
    const value: unknown = Reflect.get(event, name);
    return typeof value === 'string' ? value : undefined;
  };
  const [kind, change, id, userId, at] = ['kind', 'change', 'id', 'userId', 'at'].map(text);
  const entityType = KINDS.find((known) => known === kind);
  const known = CHANGES.find((name) => name === change);
  return {
    providerKey,
    receivedAt,
    verified: true,
    eventType: `${kind ?? ''}.${change ?? ''}`,
    payload: event,
    ...(entityType === undefined ? {} : { entityType }),
    ...(known === undefined ? {} : { change: known }),
    ...(id === undefined ? {} : { externalEntityId: id }),
    ...(userId === undefined ? {} : { externalUserId: userId }),
    ...(at === undefined ? {} : { occurredAt: at }),
  };
}

function notADelivery(): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', message: 'The body is no delivery of this vendor' });
}

function headerOf({ headers }: WebhookRequest, name: string): string | undefined {
  const values = Object.entries(headers)
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => value ?? []);
  // A header that comes twice is not to be relied on.
  return values.length === 1 ? values[0] : undefined;
}

function bytesOf(rawBody: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return typeof rawBody === 'string' ? new TextEncoder().encode(rawBody) : new Uint8Array(rawBody);
}

function importKey(secret: string): Promise<Awaited<ReturnType<typeof crypto.subtle.importKey>>> {
  const raw = new TextEncoder().encode(secret);
  return crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

function signedBytes(timestamp: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const start = new TextEncoder().encode(`${timestamp}.`);
  const all = new Uint8Array(start.length + body.length);
  all.set(start);
  all.set(body, start.length);
  return all;
}

async function hmac(secret: string, timestamp: string, body: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', await importKey(secret), signedBytes(timestamp, body)));
}

/** Compares in constant time, as the platform does. */
async function verify(
  secret: string,
  timestamp: string,
  body: Uint8Array,
  claimed: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  return crypto.subtle.verify('HMAC', await importKey(secret), claimed, signedBytes(timestamp, body));
}

function toHex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function fromHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^(?:[0-9a-f]{2})+$/i.test(text)) return undefined;
  return new Uint8Array((text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)));
}
