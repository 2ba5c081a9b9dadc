import type { OAuthAnswer } from './transport.ts';

/**
 * The members of an answer's body: a JSON object, or form-encoded text, as some vendors send unless asked for JSON.
 * `undefined` where it is neither.
 */
export function parseAnswer({
  headers,
  text,
}: Pick<OAuthAnswer, 'headers' | 'text'>): Record<string, unknown> | undefined {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return parseObject(trimmed);
  const contentType = (headers.get('content-type') ?? '').toLowerCase();
  const isForm = contentType.startsWith('application/x-www-form-urlencoded') || contentType.startsWith('text/plain');
  return isForm && /^[^\s=&]+=/.test(trimmed) ? Object.fromEntries(new URLSearchParams(trimmed)) : undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** What a JSON Pointer (RFC 6901) leads to; undefined where it leads nowhere. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const step of pointer === '' ? [] : pointer.slice(1).split('/')) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}
