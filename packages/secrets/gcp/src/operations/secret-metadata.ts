import { type SecretWritePayload } from '@mortise/secrets';
import type { GcpSecret } from '../client/gcp-secret-manager-client.ts';
import { failure, type Subject } from '../errors/subject.ts';

/** What a write says about its secret, beside the payload. */
export interface SecretMetadata {
  readonly labels: Readonly<Record<string, string>>;
  /** Free text, unlike labels; the content type is kept here. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Annotation that holds the content type. */
const CONTENT_TYPE_ANNOTATION = 'content-type';

// See https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets (labels, read 2026-11-25).
const LABEL_KEY = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u;
const LABEL_VALUE = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u;
const MAX_LABEL_BYTES = 128;
const MAX_LABELS = 64;
const CONTENT_TYPE = /^[\x20-\x7e]{1,1024}$/;

/**
 * What the payload says about its secret; `undefined` where it says nothing.
 *
 * @throws {SecretProviderError} `INVALID` for labels that Google does not take.
 */
export function readMetadata(
  { labels = {}, contentType }: SecretWritePayload,
  subject: Subject,
): SecretMetadata | undefined {
  const pairs = Object.entries(labels);
  if (pairs.length > MAX_LABELS) throw failure(subject, 'INVALID', `it has more than ${MAX_LABELS} labels`);
  if (!pairs.every(([key, value]) => isLabel(key, LABEL_KEY) && isLabel(value, LABEL_VALUE))) {
    const rule =
      'keys of 1 to 63 and values of 0 to 63 lower-case letters, digits, "-" and "_", a letter first in keys';
    throw failure(subject, 'INVALID', `labels must have ${rule}`);
  }
  if (contentType !== undefined && !CONTENT_TYPE.test(contentType)) {
    throw failure(subject, 'INVALID', 'contentType must have 1 to 1024 printable ASCII characters');
  }
  if (pairs.length === 0 && contentType === undefined) return undefined;
  return {
    labels: Object.fromEntries(pairs),
    annotations: contentType === undefined ? {} : { [CONTENT_TYPE_ANNOTATION]: contentType },
  };
}

/** The secret's labels and annotations with these added; `undefined` where it has them all. */
export function mergeMetadata(
  secret: Pick<GcpSecret, 'labels' | 'annotations'>,
  { labels, annotations }: SecretMetadata,
): SecretMetadata | undefined {
  const present = { labels: secret.labels ?? {}, annotations: secret.annotations ?? {} };
  if (hasAll(present.labels, labels) && hasAll(present.annotations, annotations)) return undefined;
  return { labels: { ...present.labels, ...labels }, annotations: { ...present.annotations, ...annotations } };
}

function hasAll(present: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => Object.hasOwn(present, key) && present[key] === value);
}

function isLabel(text: unknown, rule: RegExp): boolean {
  return typeof text === 'string' && rule.test(text) && new TextEncoder().encode(text).length <= MAX_LABEL_BYTES;
}
