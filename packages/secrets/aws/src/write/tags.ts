import type { Tag } from '@aws-sdk/client-secrets-manager';
import { failure, type Subject } from '../reference/subject.ts';

const MAX_TAGS = 50;
/** See "Tag naming limits and requirements" in the AWS guide to tagging. */
const KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu;
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

/**
 * Labels as AWS's tags.
 *
 * @throws {SecretProviderError} `INVALID` for labels that AWS does not take as tags.
 */
export function toTags(labels: Readonly<Record<string, string>>, subject: Subject): Tag[] {
  const entries = Object.entries(labels);
  if (entries.length > MAX_TAGS)
    throw failure(subject, 'INVALID', `AWS takes ${MAX_TAGS} labels, not ${entries.length}`);
  return entries.map(([key, value]) => {
    if (!KEY.test(key) || typeof value !== 'string' || !VALUE.test(value)) {
      throw failure(
        subject,
        'INVALID',
        'as tags AWS takes labels with letters, digits, spaces and _.:/=+-@ whose keys have 1 to 128 characters and do not begin with aws:, and whose values have at most 256',
      );
    }
    return { Key: key, Value: value };
  });
}
