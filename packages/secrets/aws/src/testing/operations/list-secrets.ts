import type { Filter, ListSecretsRequest, ListSecretsResponse } from '@aws-sdk/client-secrets-manager';
import { ServiceError } from '../service-error.ts';
import type { StoredSecret } from '../state/stored-secret.ts';
import { describe, stagesOf } from './describe-secret.ts';
import type { OperationContext } from './operation-context.ts';
import { pageOf } from './page-of.ts';

const MAX_PAGE_SIZE = 100;

export function listSecrets(
  { store }: OperationContext,
  { IncludePlannedDeletion = false, MaxResults = MAX_PAGE_SIZE, NextToken, Filters, SortOrder }: ListSecretsRequest,
): ListSecretsResponse {
  const listed = store
    .list()
    .filter((secret) => (IncludePlannedDeletion || secret.deletion === undefined) && passes(secret, Filters));
  // Newest first unless asked otherwise.
  if (SortOrder !== 'asc') listed.reverse();
  const { items, nextToken } = pageOf(listed, MaxResults, NextToken);
  return {
    SecretList: items.map((secret) => ({ ...describe(secret), SecretVersionsToStages: stagesOf(secret) })),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

/** Whether a secret passes every filter; of a filter's values one has to fit, and one with `!` must not. */
export function passes(secret: StoredSecret, filters: readonly Filter[] = []): boolean {
  return filters.every(({ Key, Values = [] }) => {
    const texts = textsOf(secret, Key ?? '');
    const fits = (value: string): boolean => texts.some((text) => text.startsWith(value));
    const excluded = Values.filter((value) => value.startsWith('!')).map((value) => value.slice(1));
    const included = Values.filter((value) => !value.startsWith('!'));
    return !excluded.some(fits) && (included.length === 0 || included.some(fits));
  });
}

/** What a filter looks at. Names and tags are told apart by case, descriptions are not. */
function textsOf({ name, description = '', tags }: StoredSecret, key: string): readonly string[] {
  switch (key) {
    case 'name':
      return [name];
    case 'description':
      return description.split(/\s+/);
    case 'tag-key':
      return [...tags.keys()];
    case 'tag-value':
      return [...tags.values()];
    case 'all':
      return [name, ...description.split(/\s+/), ...tags.keys(), ...tags.values()];
    default:
      throw new ServiceError('ValidationException', 'The filter key is not one that this server has.');
  }
}
