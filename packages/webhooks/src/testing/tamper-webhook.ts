import type { SignatureVerification, WebhookContract, WebhookVerification, WebhookValue } from '@mortise/core';
import { encodeBase64 } from '../bytes/base64.ts';
import { joinBytes, utf8 } from '../bytes/text-bytes.ts';
import { parseTemplate } from '../contract/parse-template.ts';
import type { SentWebhook } from '../sign/sent-webhook.ts';

/** A delivery that must be refused, and what was done to it. */
export interface TamperedWebhook {
  readonly what: string;
  readonly request: SentWebhook;
}

/**
 * Each way in which a signed delivery can be changed so that it must no longer be accepted: every signed part, the
 * signature itself, and what must be there at all.
 *
 * @param index Which of several verifications the delivery fulfils. Default the first.
 */
export function tamperWebhook(contract: WebhookContract, sent: SentWebhook, index = 0): TamperedWebhook[] {
  const { verification } = contract;
  const chosen = isList(verification) ? verification[index] : verification;
  switch (chosen?.scheme) {
    case 'signature':
      return tamperSignature(chosen, sent);
    case 'token':
      return tamperValue(chosen.from, 'token', sent);
    case 'basic':
      return [
        ...tamperHeader('authorization', 'credentials', sent),
        change(
          'credentials without a password',
          sent,
          withHeader(sent, 'authorization', `Basic ${encodeBase64(utf8('a'), 'base64')}`),
        ),
      ];
    case 'jwt':
      return tamperJwt(chosen.header ?? 'authorization', sent);
    default:
      return [];
  }
}

function tamperSignature(verification: SignatureVerification, sent: SentWebhook): TamperedWebhook[] {
  const { signature, timestamp, token, bodyDigest } = verification;
  const [name = ''] = typeof signature.header === 'string' ? [signature.header] : signature.header;
  const found = removed(name, 'signature', sent);
  const value = headerOf(sent, name);
  for (const [what, altered] of alterSignature(value, verification))
    found.push(change(what, sent, withHeader(sent, name, altered)));
  if (timestamp !== undefined) {
    if ('item' in timestamp.from) {
      const { assign = '=' } = signature.items ?? {};
      const start = value.indexOf(timestamp.from.item + assign) + timestamp.from.item.length + assign.length;
      found.push(change('another timestamp', sent, withHeader(sent, name, alterAt(value, start + 9))));
    } else if ('header' in timestamp.from) found.push(...tamperHeader(timestamp.from.header, 'timestamp', sent));
  }
  if (token !== undefined) found.push(...tamperValue(token.from, 'token', sent));
  if (bodyDigest !== undefined) found.push(change('another body beside its digest', sent, withBody(sent, '!')));
  const parts = parseTemplate(verification.signed) ?? [];
  for (const part of parts) {
    if (part.kind === 'header') found.push(...tamperHeader(part.name, 'signed header', sent));
    else if (part.kind === 'body' || part.kind === 'bodySha256Hex') found.push(...tamperBody(sent));
    else if (part.kind === 'form') found.push(change('a further field', sent, withBody(sent, '&tampered=1')));
    else if (part.kind === 'method') found.push(change('another method', sent, { ...sent, method: 'PUT' }));
    else if (part.kind === 'url' || part.kind === 'path') found.push(change('another URL', sent, withUrl(sent)));
  }
  return found;
}

function tamperBody(sent: SentWebhook): TamperedWebhook[] {
  const bytes = typeof sent.rawBody === 'string' ? utf8(sent.rawBody) : sent.rawBody;
  const middle = Math.floor(bytes.length / 2);
  const flipped = bytes.map((byte, index) => (index === middle ? byte ^ 1 : byte));
  return [
    change('a blank after the body', sent, withBody(sent, ' ')),
    ...(bytes.length === 0
      ? []
      : [
          change('another bit in the body', sent, { ...sent, rawBody: flipped }),
          change('the body cut off', sent, { ...sent, rawBody: bytes.slice(0, -1) }),
          change('no body', sent, { ...sent, rawBody: '' }),
        ]),
  ];
}

function alterSignature(value: string, { signature }: SignatureVerification): [string, string][] {
  const { items, prefix = '' } = signature;
  if (items === undefined)
    return [
      ['another signature', alterAt(value, prefix.length)],
      ['the signature cut off', value.slice(0, -2)],
      ['an empty signature', prefix],
      ['no hex and no base64', `${prefix}~~`],
    ];
  const altered = value
    .split(items.separator)
    .map((entry) =>
      entry.startsWith(items.name + items.assign) ? alterAt(entry, items.name.length + items.assign.length) : entry,
    );
  return [
    ['other signatures', altered.join(items.separator)],
    ['signatures of another scheme', value.replaceAll(items.name + items.assign, `${items.name}9${items.assign}`)],
  ];
}

function tamperJwt(name: string, sent: SentWebhook): TamperedWebhook[] {
  const value = headerOf(sent, name);
  const [header = '', claims = '', signature = ''] = value.split('.');
  const none = encodeBase64(utf8('{"alg":"none"}'), 'base64url');
  const before = value.startsWith('Bearer ') ? 'Bearer ' : '';
  return [
    ...removed(name, 'token', sent),
    change('other claims', sent, withHeader(sent, name, `${header}.${alterAt(claims, 8)}.${signature}`)),
    change('another signature', sent, withHeader(sent, name, `${header}.${claims}.${alterAt(signature, 3)}`)),
    change('the algorithm "none"', sent, withHeader(sent, name, `${before}${none}.${claims}.`)),
  ];
}

function tamperValue(place: WebhookValue, what: string, sent: SentWebhook): TamperedWebhook[] {
  if ('header' in place) return tamperHeader(place.header, what, sent);
  if (!('query' in place) || sent.url === undefined) return [];
  const url = new URL(sent.url);
  url.searchParams.set(place.query, `${url.searchParams.get(place.query)}x`);
  const without = new URL(sent.url);
  without.searchParams.delete(place.query);
  return [
    change(`another ${what}`, sent, { ...sent, url: url.href }),
    change(`no ${what}`, sent, { ...sent, url: without.href }),
  ];
}

function tamperHeader(name: string, what: string, sent: SentWebhook): TamperedWebhook[] {
  const value = headerOf(sent, name);
  return [
    ...removed(name, what, sent),
    change(`another ${what}`, sent, withHeader(sent, name, alterAt(value, value.length - 1))),
    change(`a longer ${what}`, sent, withHeader(sent, name, `${value}0`)),
  ];
}

function removed(name: string, what: string, sent: SentWebhook): TamperedWebhook[] {
  return [
    change(`no ${what}`, sent, withHeader(sent, name, undefined)),
    change(`an empty ${what}`, sent, withHeader(sent, name, '')),
  ];
}

function change(what: string, sent: SentWebhook, request: Partial<SentWebhook>): TamperedWebhook {
  return { what, request: { ...sent, ...request } };
}

function withHeader(sent: SentWebhook, name: string, value: string | undefined): Pick<SentWebhook, 'headers'> {
  const others = Object.entries(sent.headers).filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  return { headers: Object.fromEntries(value === undefined ? others : [...others, [name, value]]) };
}

function headerOf({ headers }: SentWebhook, name: string): string {
  return Object.entries(headers).find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1] ?? '';
}

function withBody(sent: SentWebhook, more: string): Pick<SentWebhook, 'rawBody'> {
  return { rawBody: typeof sent.rawBody === 'string' ? sent.rawBody + more : joinBytes([sent.rawBody, more]) };
}

function withUrl({ url = '' }: SentWebhook): Pick<SentWebhook, 'url'> {
  return { url: `${url}${url.includes('?') ? '&' : '?'}tampered=1` };
}

/** Another character of the kind that stands there, so that the text stays well-formed. */
function alterAt(text: string, index: number): string {
  const character = text.charAt(index);
  return `${text.slice(0, index)}${character === '1' ? '2' : '1'}${text.slice(index + 1)}`;
}

function isList(value: WebhookContract['verification']): value is readonly WebhookVerification[] {
  return Array.isArray(value);
}
