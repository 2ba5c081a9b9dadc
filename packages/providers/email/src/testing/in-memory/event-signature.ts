import { IntegrationError, type WebhookRequest } from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import type { EmailEvent } from '../../model/event.ts';
import { EmailEventSchema } from '../../schema/event-schema.ts';

const SIGNATURE = 'x-office-signature';
const TIMESTAMP = 'x-office-timestamp';
const TOLERANCE_MS = 300_000;

/** A delivery as the post office sends it: HMAC-SHA-256 over `<epoch seconds>.<body>`, in hex. */
export async function signEvents(
  events: readonly EmailEvent[],
  secret: string,
  nowMs: number,
): Promise<WebhookRequest> {
  const rawBody = JSON.stringify({ events });
  const timestamp = String(Math.floor(nowMs / 1_000));
  const bytes = await crypto.subtle.sign('HMAC', await hmacKey(secret), signedBytes(timestamp, rawBody));
  return { headers: { [TIMESTAMP]: timestamp, [SIGNATURE]: toHex(new Uint8Array(bytes)) }, rawBody };
}

/** False without a secret, whatever came. Several secrets: any of them proves a delivery, as while they are rotated. */
export async function verifyEvents(
  request: WebhookRequest,
  secrets: readonly string[],
  nowMs: number,
): Promise<boolean> {
  const timestamp = headerOf(request, TIMESTAMP);
  const signature = fromHex(headerOf(request, SIGNATURE) ?? '');
  if (timestamp === undefined || !/^\d+$/.test(timestamp) || signature === undefined) return false;
  if (Math.abs(nowMs - Number(timestamp) * 1_000) > TOLERANCE_MS) return false;
  const signed = signedBytes(timestamp, request.rawBody);
  for (const secret of secrets) {
    if (await crypto.subtle.verify('HMAC', await hmacKey(secret), signature, signed)) return true;
  }
  return false;
}

/** @throws {IntegrationError} `invalid_request` for a body that is no list of events */
export function parseEvents({ rawBody }: WebhookRequest): EmailEvent[] {
  const text = typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  const events: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'events') : undefined;
  if (Array.isArray(events) && events.every(isEvent)) return events;
  throw new IntegrationError({ code: 'invalid_request', message: 'Expected a delivery with events, got another body' });
}

function isEvent(value: unknown): value is EmailEvent {
  return validateAgainstSchema<unknown>(EmailEventSchema, value).valid;
}

function headerOf({ headers }: WebhookRequest, name: string): string | undefined {
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof found === 'string' ? found : found?.[0];
}

function hmacKey(secret: string): ReturnType<typeof crypto.subtle.importKey> {
  const bytes = new TextEncoder().encode(secret);
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

function signedBytes(timestamp: string, body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`${timestamp}.`);
  const tail = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const all = new Uint8Array(head.length + tail.length);
  all.set(head);
  all.set(tail, head.length);
  return all;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^(?:[\da-f]{2}){32}$/i.test(text)) return undefined;
  return Uint8Array.from({ length: 32 }, (_, index) => Number.parseInt(text.slice(index * 2, index * 2 + 2), 16));
}
