import type { SecretWritePayload } from '@mortise/secrets';
import { failure, type Subject } from '../reference/subject.ts';

const CONTENT_TYPE_KEY = 'contentType';
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/**
 * The tags that stand for a payload's labels and content type: `key=value`, since the service knows plain tags only and
 * keeps them with the secret, not with its versions.
 *
 * @throws {SecretProviderError} `INVALID` for labels that could not be told apart again.
 */
export function toTags({ labels = {}, contentType }: SecretWritePayload, subject: Subject): string[] {
  const pairs: (readonly [string, string])[] = Object.entries(labels);
  for (const [key] of pairs) {
    if (key === '' || key.includes('=') || key === CONTENT_TYPE_KEY) {
      throw failure(subject, 'INVALID', `a label's key must not be empty, have "=" or be "${CONTENT_TYPE_KEY}"`);
    }
  }
  if (contentType !== undefined) pairs.push([CONTENT_TYPE_KEY, contentType]);
  const tags = pairs.map(([key, value]) => `${key}=${value}`);
  if (tags.some((tag) => CONTROL.test(tag))) {
    throw failure(subject, 'INVALID', 'labels and contentType must not have control characters');
  }
  return tags;
}

/** What a secret's tags become: a label takes the place of the one with its key, all others stay. */
export function mergeTags(present: readonly string[], added: readonly string[]): string[] {
  const keys = new Set(added.map(keyOf));
  const kept = present.filter((tag) => !(tag.includes('=') && keys.has(keyOf(tag))));
  return [...kept, ...added];
}

function keyOf(tag: string): string {
  return tag.slice(0, tag.indexOf('='));
}
