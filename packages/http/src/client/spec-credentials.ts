import type { IntegrationAuthConfig } from '@mortise/core';
import type { ClientCredentials, ClientToken } from './client-options.ts';

interface Source {
  readonly secrets: Readonly<Record<string, string | undefined>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly token?: ClientToken;
}

/** PENDING: `requestCredentials` of @mortise/auth. */
export function requestCredentials(_methods: readonly IntegrationAuthConfig[], _source: Source): ClientCredentials {
  return { headers: {}, query: {} };
}
