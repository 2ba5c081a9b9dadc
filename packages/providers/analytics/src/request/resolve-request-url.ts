import { IntegrationError } from '@mortise/core';
import type { AnalyticsRequest } from './analytics-request.ts';

/** Path characters of RFC 3986; no backslash, space, control character or fragment. */
const PATH = /^\/(?!\/)[\w.~!$&'()*+,;=:@%/-]*$/;

/**
 * The address of a raw call: always on the host of the connection, whatever the path says, so that a credential never goes
 * elsewhere.
 *
 * @param baseUrl Host of the connection, with or without a path.
 * @throws {IntegrationError} `invalid_request` for a path that is absolute, begins with `//`, or has a segment `.` or `..`, in
 * plain or percent-encoded form.
 */
export function resolveRequestUrl(
  baseUrl: string,
  { path, query = {} }: Pick<AnalyticsRequest, 'path' | 'query'>,
): URL {
  if (!PATH.test(path)) throw refusal('expected a path that begins with one "/", without host, query or fragment');
  if (path.split('/').some(isDotSegment)) throw refusal('must not have "." or ".." as a segment');
  const base = new URL(baseUrl);
  const url = new URL(`${base.pathname.replace(/\/+$/, '')}${path}`, base);
  if (url.origin !== base.origin) throw refusal('leads to another host');
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.append(name, String(value));
  }
  return url;
}

function isDotSegment(segment: string): boolean {
  const decoded = segment.replaceAll(/%2e/gi, '.').replaceAll(/%(?:2f|5c)/gi, '/');
  return decoded.split('/').some((part) => part === '.' || part === '..');
}

function refusal(what: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field: 'path', message: `path: ${what}` });
}
