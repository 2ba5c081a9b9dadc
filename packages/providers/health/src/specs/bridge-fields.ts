import type { IntegrationCredentialManifest, IntegrationOwnershipMode } from '@mortise/core';

/** Where a vendor without an API for servers is reached: at a service of the host's or the tenant's own. */
export function bridgeField() {
  return {
    bridgeHost: {
      type: 'string',
      format: 'hostname',
      description: 'Host of the bridge or aggregator that holds the data, without scheme and path; reached by https.',
    },
  } as const;
}

/** Secret of a connection to a bridge. */
export function bridgeSecretFields() {
  const kept = (what: string) =>
    ({
      type: 'string',
      description: `${what} of an adapter that brings its own; this spec does not read it.`,
    }) as const;
  return {
    accessToken: {
      type: 'string',
      pattern: '^[!-~]+$',
      description: 'Token with which the bridge or aggregator is read.',
    },
    apiKey: kept('API key'),
    refreshToken: kept('Refresh token'),
    tokenExpiresAt: kept('End of the access token'),
    clientId: kept('OAuth client id'),
    clientSecret: kept('OAuth client secret'),
    mcpAccessToken: kept('Token for the MCP endpoint'),
  } as const;
}

/** Login of a member, which only an unofficial connector would use. */
export function memberLoginFields(vendor: string) {
  const field = (what: string) =>
    ({
      type: 'string',
      description: `${what} of a ${vendor} member, for an unofficial connector only. Whoever holds it can act as the member.`,
    }) as const;
  return { username: field('User name'), password: field('Password') } as const;
}

export interface BridgeManifestFacts {
  readonly modes: readonly IntegrationOwnershipMode[];
  readonly docsUrl: string;
  readonly setupSteps: readonly string[];
  /** Environment variable of the host's own token, for `managed`. */
  readonly envVar?: string;
}

/** Who needs which credentials for a bridge. */
export function bridgeManifest(facts: BridgeManifestFacts): IntegrationCredentialManifest {
  const { modes, docsUrl, setupSteps, envVar } = facts;
  const entries = modes.map((mode) => [
    mode,
    {
      mode,
      configFields: [{ key: 'bridgeHost', required: true, description: 'Host of the bridge or aggregator.' }],
      secretFields: [
        {
          key: 'accessToken',
          required: true,
          description: 'Token with which the bridge or aggregator is read.',
          ...(mode === 'managed' && envVar !== undefined ? { envVar } : {}),
        },
      ],
      validationStrategy: 'static-schema' as const,
      rotation: { supported: false },
      setupSteps: [...setupSteps],
      docsUrl,
    },
  ]);
  return { modes: Object.fromEntries(entries) };
}
