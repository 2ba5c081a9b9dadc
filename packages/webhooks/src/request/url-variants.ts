import { parseFields } from './form-fields.ts';

/** Scheme, authority and rest of an absolute URL; nothing is normalised, since a signature covers what was sent. */
const PARTS = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)(.*)$/is;

/**
 * The spellings under which a sender may have signed a URL, the likeliest first: as given, with and without a port, then
 * as the URL standard writes it, with the query as it is or encoded anew. A sender, a proxy and a server seldom agree on
 * them, and a signature over any of them proves the same.
 *
 * @see https://www.twilio.com/docs/usage/security (validating requests, read 2026-11-23)
 */
export function urlVariants(url: string): string[] {
  const variants = new Set<string>([url, ...portVariants(url)]);
  const normal = URL.canParse(url) ? new URL(url).href : undefined;
  if (normal !== undefined) {
    for (const variant of portVariants(normal)) variants.add(variant);
    for (const variant of portVariants(normal)) variants.add(withPlainQuery(variant));
  }
  return [...variants];
}

function portVariants(url: string): string[] {
  const [, scheme = '', authority = '', rest = ''] = PARTS.exec(url) ?? [];
  if (scheme === '') return [url];
  // A colon starts a port only behind the bracket of an IPv6 address and behind user and password.
  const start = authority.indexOf(':', Math.max(authority.lastIndexOf(']'), authority.lastIndexOf('@')) + 1);
  const host = start === -1 ? authority : authority.slice(0, start);
  const without = scheme + host + rest;
  if (start !== -1) return [without, url];
  return [without, `${scheme}${host}:${scheme.toLowerCase() === 'https://' ? 443 : 80}${rest}`];
}

/** The query with each name and value decoded and encoded again, values of one name together. */
function withPlainQuery(url: string): string {
  const start = url.indexOf('?');
  if (start === -1 || start === url.length - 1) return url;
  const fields = parseFields(url.slice(start + 1));
  if (fields === undefined) return url;
  const pairs: string[] = [];
  for (const [name, values] of fields)
    // Decoded text has no lone surrogates, which could not be encoded.
    for (const value of values) pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return `${url.slice(0, start)}?${pairs.join('&')}`;
}
