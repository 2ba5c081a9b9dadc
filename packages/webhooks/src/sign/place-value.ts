import type { WebhookValue } from '@mortise/core';
import { WebhookSigningError } from './webhook-signing-error.ts';

/** A request while it is being made. */
export interface Draft {
  method: string;
  url: string | undefined;
  readonly headers: Record<string, string>;
  readonly rawBody: string | Uint8Array;
}

/** Puts a value where a contract looks for it. */
export function placeValue(draft: Draft, place: WebhookValue, value: string): void {
  if ('header' in place) setHeader(draft, place.header, value);
  else if ('query' in place) draft.url = withParameter(draft.url, place.query, value);
  else {
    const where = 'form' in place ? `form field "${place.form}"` : `body at "${place.pointer}"`;
    throw new WebhookSigningError(
      'INVALID_DELIVERY',
      `The ${where} belongs to the body, which is signed as it is passed`,
    );
  }
}

export function setHeader(draft: Draft, name: string, value: string): void {
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
    throw new WebhookSigningError(
      'INVALID_DELIVERY',
      `The header "${name}" may not have line breaks or characters beyond Latin-1`,
    );
  const wanted = name.toLowerCase();
  for (const other of Object.keys(draft.headers)) if (other.toLowerCase() === wanted) delete draft.headers[other];
  draft.headers[name] = value;
}

function withParameter(url: string | undefined, name: string, value: string): string {
  if (url === undefined)
    throw new WebhookSigningError('INVALID_DELIVERY', `A url is needed for its parameter "${name}"`);
  return `${url}${url.includes('?') ? '&' : '?'}${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
}
