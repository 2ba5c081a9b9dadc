import { misconfigured } from '../errors/integration-request-error.ts';

/** Looks a placeholder up; undefined when there is no such value. */
export type FieldLookup = (name: string) => unknown;

/** A URL written by the author of a spec, in which `{name}` stands for a value that somebody else may have chosen. */
export interface UrlTemplate {
  readonly text: string;
  readonly scheme: string;
  readonly authority: string;
  /** Without a slash at its end. */
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
  /** Whether host or port come from a value. */
  readonly hasOpenHost: boolean;
  readonly fields: ReadonlySet<string>;
}

const PARTS = /^(?<scheme>https?):\/\/(?<authority>[^/?#\\@\s]+)(?<path>\/[^?#\\\s]*)?(?:\?(?<query>[^#\\\s]*))?$/i;
const PLACEHOLDER = /\{([\w.-]+)\}/g;
const LABELS = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*$/;
const INSIDE_LABEL = /^[A-Za-z0-9_-]+$/;
const NOTHING: Readonly<Record<string, string>> = {};
const PORT = /^[1-9]\d{0,4}$/;

/** Takes a template apart, so that a value can be checked by the place that it fills. */
export function parseUrlTemplate(text: string): UrlTemplate {
  const parts = text.length > 4096 ? undefined : PARTS.exec(text)?.groups;
  if (parts === undefined) throw misconfigured('The base URL of the spec is no absolute http or https URL', 'baseUrl');
  const { scheme = '', authority = '', path = '', query = '' } = parts;
  return {
    text,
    scheme: scheme.toLowerCase(),
    authority,
    path: path.replace(/\/+$/, ''),
    query,
    hasOpenHost: authority.includes('{'),
    fields: new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name)),
  };
}

/** The authority with every value in its place: host labels of letters, digits, `-` and `_`, or a port number. */
export function fillAuthority(template: UrlTemplate, lookup: FieldLookup): string {
  const { authority } = template;
  const filled = authority.replaceAll(PLACEHOLDER, (whole, name: string, offset: number) => {
    const value = textOf(lookup(name), name);
    const before = offset === 0 ? '' : authority.charAt(offset - 1);
    const after = authority.charAt(offset + whole.length);
    if (before === ':') {
      if (PORT.test(value) && Number(value) <= 65_535) return value;
      throw misconfigured(`Config field "${name}": expected a port from 1 to 65535`, name);
    }
    // A value that fills whole labels may be several of them, as in `{host}` or `{account}.example.com`.
    const isWhole = (before === '' || before === '.') && (after === '' || after === '.' || after === ':');
    if (value.length <= 253 && (isWhole ? LABELS : INSIDE_LABEL).test(value)) return value;
    throw misconfigured(`Config field "${name}": expected ${isWhole ? 'a host name' : 'part of a host name'}`, name);
  });
  return filled.toLowerCase();
}

/**
 * Path or query with every value percent-encoded, so that a slash, a question mark or a dot segment in a value cannot
 * lead elsewhere.
 *
 * @param encoded Values that are percent-encoded already, such as the token of a `path-token` method.
 */
export function fillPath(
  template: string,
  lookup: FieldLookup,
  encoded: Readonly<Record<string, string>> = NOTHING,
): string {
  if (!template.includes('{')) return checkSegments(template);
  const filled = template.replaceAll(PLACEHOLDER, (_whole, name: string) => {
    const ready = Object.hasOwn(encoded, name) ? encoded[name] : undefined;
    if (ready !== undefined) return ready;
    const value = textOf(lookup(name), name);
    try {
      return encodeURIComponent(value);
    } catch {
      throw misconfigured(`Field "${name}": expected well-formed text`, name);
    }
  });
  return checkSegments(filled);
}

/** What the fixed end of the host is, such as `example.com` of `{account}.example.com`; empty when there is none. */
export function fixedHostEnd(template: UrlTemplate): string {
  const host = template.authority.replace(/:(?:\d+|\{[\w.-]+\})$/, '');
  const end = host.slice(host.lastIndexOf('}') + 1);
  return end.startsWith('.') ? end.slice(1).toLowerCase() : '';
}

function textOf(value: unknown, name: string): string {
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'boolean') return String(value);
  const got = value === undefined || value === null || value === '' ? 'nothing' : typeof value;
  throw misconfigured(
    `Field "${name}" of the config is needed for the URL: expected text or a number, got ${got}`,
    name,
  );
}

const DOT_SEGMENT = /(?:^|[/\\])(?:\.|%2e){1,2}(?=$|[/\\?#])/i;

function checkSegments(path: string): string {
  if (DOT_SEGMENT.test(path)) throw misconfigured('A path must not have "." or ".." as a segment', 'path');
  return path;
}
