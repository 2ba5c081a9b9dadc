import type {
  IntegrationCredentialFieldRef,
  IntegrationCredentialManifest,
  IntegrationCredentialModeManifest,
} from '@mortise/core';

export interface OAuthManifestFacts {
  /** Prefix of the host's environment variables, such as `OURA`. */
  readonly env: string;
  readonly docsUrl: string;
  readonly setupSteps: readonly string[];
  /** Fields beside client and tokens. */
  readonly secretFields?: readonly (IntegrationCredentialFieldRef & { readonly env?: string })[];
  readonly configFields?: readonly IntegrationCredentialFieldRef[];
}

/**
 * Who needs which credentials where members consent through an OAuth app: the host's own app, or one of the tenant's.
 * Tokens come from the consent, so that neither mode asks for them.
 */
export function oauthManifest(facts: OAuthManifestFacts): IntegrationCredentialManifest {
  return { modes: { managed: managedEntry(facts), byok: byokEntry(facts) } };
}

const TOKENS = [
  { key: 'accessToken', description: "The member's, from the consent." },
  { key: 'refreshToken', description: "The member's, from the consent; replaced by renewals." },
  { key: 'tokenExpiresAt', description: 'When the access token ends.' },
];

const REDIRECT = { key: 'redirectUri', description: 'Where the consent page sends the member back to.' };

function managedEntry(facts: OAuthManifestFacts): IntegrationCredentialModeManifest {
  const { env, docsUrl, secretFields = [], configFields = [] } = facts;
  return {
    mode: 'managed',
    configFields: [REDIRECT, ...configFields].map((field) => ({ ...field })),
    secretFields: [
      { key: 'clientId', required: true, description: "Client id of the host's app.", envVar: `${env}_CLIENT_ID` },
      {
        key: 'clientSecret',
        required: true,
        description: "Client secret of the host's app; tenants are never asked for it.",
        envVar: `${env}_CLIENT_SECRET`,
      },
      ...TOKENS.map((field) => ({ ...field })),
      ...secretFields.map(({ env: variable, ...field }) => ({
        ...field,
        ...(variable === undefined ? {} : { envVar: variable }),
      })),
    ],
    validationStrategy: 'provider-health',
    rotation: { supported: false },
    setupSteps: ["Register an app of the host's, store its client id and secret, and let each member consent to it."],
    docsUrl,
  };
}

function byokEntry(facts: OAuthManifestFacts): IntegrationCredentialModeManifest {
  const { docsUrl, setupSteps, secretFields = [], configFields = [] } = facts;
  return {
    mode: 'byok',
    configFields: [REDIRECT, ...configFields].map((field) => ({ ...field })),
    secretFields: [
      { key: 'clientId', required: true, description: "Client id of the tenant's app." },
      { key: 'clientSecret', required: true, description: "Client secret of the tenant's app." },
      ...TOKENS.map((field) => ({ ...field })),
      // A tenant's secret never comes from an environment variable of the host.
      ...secretFields.map(({ key, description }) => ({ key, ...(description === undefined ? {} : { description }) })),
    ],
    validationStrategy: 'provider-health',
    rotation: { supported: false },
    setupSteps: [...setupSteps],
    docsUrl,
  };
}
