import type { WebhookKeySource } from '@mortise/core';
import { decodeBase64 } from '../bytes/base64.ts';
import { decodeHex } from '../bytes/hex.ts';
import { utf8 } from '../bytes/text-bytes.ts';

/** Fields of a connection's secret by name. A list holds several that are valid at the same time. */
export type WebhookSecrets = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A secret that may have signed a delivery, under a name that can be shown. */
export interface ActiveSecret {
  /** `signingSecret`, `signingSecret[1]`, or `previous[0].signingSecret`. */
  readonly id: string;
  readonly text: string;
}

/** Current and former secrets, in the order in which they are tried. */
export interface SecretSources {
  readonly secrets: WebhookSecrets;
  readonly previousSecrets?: readonly WebhookSecrets[];
}

/** Active secrets of one field. A rotation has two. */
const MAX_SECRETS = 16;

/** All values of a field that are not empty: an empty secret would make everyone's signature valid. */
export function listSecrets({ secrets, previousSecrets = [] }: SecretSources, field: string): ActiveSecret[] {
  const found: ActiveSecret[] = [];
  addSecrets(found, field, secrets);
  for (const [index, previous] of previousSecrets.entries()) addSecrets(found, field, previous, `previous[${index}].`);
  return found.length > MAX_SECRETS ? found.slice(0, MAX_SECRETS) : found;
}

function addSecrets(found: ActiveSecret[], field: string, secrets: WebhookSecrets, before = ''): void {
  const value = Object.hasOwn(secrets, field) ? secrets[field] : undefined;
  if (typeof value === 'string') {
    if (value !== '') found.push({ id: before + field, text: value });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      if (typeof item === 'string' && item !== '') found.push({ id: `${before}${field}[${index}]`, text: item });
  }
}

type SecretKeySource = Extract<WebhookKeySource, { secretField: string }>;

/** The bytes that a secret's text stands for. Undefined where it is not encoded as it should be, or stands for none. */
export function secretBytes(text: string, source: SecretKeySource): Uint8Array<ArrayBuffer> | undefined {
  const { encoding = 'utf-8', prefix = '', prefixOptional = false } = source;
  const hasPrefix = prefix !== '' && text.startsWith(prefix);
  const rest = hasPrefix ? text.slice(prefix.length) : text;
  const isPlain = encoding === 'utf-8' || (prefix !== '' && !hasPrefix && !prefixOptional);
  const bytes = isPlain ? utf8(rest) : encoding === 'hex' ? decodeHex(rest) : decodeBase64(rest, 'base64', 'optional');
  return bytes === undefined || bytes.length === 0 ? undefined : bytes;
}
