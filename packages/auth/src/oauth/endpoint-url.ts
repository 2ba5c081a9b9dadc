import { redactUrl } from '@mortise/core';
import { type AuthFields, requireField } from '../credentials/auth-fields.ts';
import { OAuthError } from '../errors/oauth-error.ts';

export interface EndpointRules {
  readonly fields: AuthFields;
  /** Whether `http:` is allowed for `localhost`, `127.0.0.0/8` and `::1`. */
  readonly allowInsecureLoopback: boolean;
  /** Whether a host that the config chose wholly may be used. */
  readonly allowHost: ((host: string) => boolean) | undefined;
}

const PLACEHOLDER = /\{([^{}]+)\}/g;

/**
 * The address of an endpoint: `{field}` replaced from the config, and held to https. A host that is filled in must keep
 * the fixed end that the spec gives it, such as `.example.com`, so that a tenant cannot send our secrets elsewhere.
 *
 * @param name Which endpoint, for messages.
 * @throws {OAuthError} `UNSUPPORTED`: the spec has no such endpoint; `FORBIDDEN_URL`.
 * @throws {AuthError} `MISSING_FIELD`: the config lacks a field that the address needs.
 */
export function endpointUrl(template: string | undefined, name: string, rules: EndpointRules): URL {
  if (template === undefined || template === '') {
    throw new OAuthError({ code: 'UNSUPPORTED', message: `The auth method names no ${name}` });
  }
  const filled = fill(template, rules.fields);
  if (!URL.canParse(filled)) throw forbidden(name, filled, 'is no URL');
  const url = new URL(filled);
  if (url.username !== '' || url.password !== '') throw forbidden(name, filled, 'must not hold a user name');
  const isLoopback = isLoopbackHost(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback && rules.allowInsecureLoopback)) {
    const hint = isLoopback ? '; for tests, allow it with allowInsecureLoopback' : '';
    throw forbidden(name, filled, `must be an https address${hint}`);
  }
  assertHost(template, url, name, rules);
  url.hash = '';
  return url;
}

function fill(template: string, fields: AuthFields): string {
  return template.replaceAll(PLACEHOLDER, (_match, field: string) =>
    encodeURIComponent(requireField(fields, [field], 'config').value),
  );
}

function assertHost(template: string, url: URL, name: string, { allowHost }: EndpointRules): void {
  const hostTemplate = /^[a-z]+:\/\/([^/?#]*)/i.exec(template)?.[1] ?? template;
  if (!hostTemplate.includes('{')) return;
  const fixedEnd = hostTemplate.slice(hostTemplate.lastIndexOf('}') + 1).toLowerCase();
  // A fixed end has two labels at least: `.com` alone would be anybody's.
  const isFixed = /^\.[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?$/.test(fixedEnd) && url.host.endsWith(fixedEnd);
  if (isFixed || allowHost?.(url.host) === true) return;
  throw forbidden(name, url.href, 'has a host that the config chose; allow it with allowHost');
}

function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

function forbidden(name: string, url: string, fault: string): OAuthError {
  return new OAuthError({ code: 'FORBIDDEN_URL', message: `The ${name} ${redactUrl(url.slice(0, 200))} ${fault}` });
}
