import type { WebhookRequest } from '@mortise/core';

const encoder = new TextEncoder();
const TIMESTAMP_HEADER = 'x-service-timestamp';
const SIGNATURE_HEADER = 'x-service-signature';
const TOLERANCE_MS = 300_000;

/** A delivery of the in-memory service: the time and the body, signed with HMAC-SHA-256. */
export async function signDelivery(rawBody: string, secret: string, sentAtMs: number): Promise<WebhookRequest> {
  const key = await importKey(secret, 'sign');
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(`${sentAtMs}.${rawBody}`));
  return {
    headers: { [TIMESTAMP_HEADER]: String(sentAtMs), [SIGNATURE_HEADER]: toHex(new Uint8Array(mac)) },
    rawBody,
  };
}

/** Whether one of the secrets signed the delivery not long ago. Without any secret nothing is genuine. */
export async function isGenuine(request: WebhookRequest, secrets: readonly string[], nowMs: number): Promise<boolean> {
  const timestamp = oneHeader(request, TIMESTAMP_HEADER);
  const signature = fromHex(oneHeader(request, SIGNATURE_HEADER) ?? '');
  if (timestamp === undefined || signature === undefined) return false;
  if (!(Math.abs(nowMs - Number(timestamp)) <= TOLERANCE_MS)) return false;
  const signed = encoder.encode(`${timestamp}.${bodyText(request)}`);
  for (const secret of secrets) {
    if (secret === '') continue;
    // A check by the platform takes the same time wherever the first difference is.
    const key = await importKey(secret, 'verify');
    if (await crypto.subtle.verify('HMAC', key, signature, signed)) return true;
  }
  return false;
}

/** The body as text: never the parsed one that came beside it. */
export function bodyText({ rawBody }: WebhookRequest): string {
  return typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody);
}

const importKey = (secret: string, usage: 'sign' | 'verify') =>
  crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [usage]);

function oneHeader({ headers }: WebhookRequest, name: string): string | undefined {
  const found = Object.entries(headers).filter(([key]) => key.toLowerCase() === name);
  const value = found.length === 1 ? found[0]?.[1] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^(?:[0-9a-f]{2})+$/.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
