import { createCanary } from '@mortise/testing';
import { createIdentityFile, type FileSecretProvider, generateIdentity, openFileVault } from '@mortise/secrets-file';
import { EnvSecretProvider } from '@mortise/secrets-env';
import { SecretProviderManager } from '@mortise/secrets';
import { join } from 'node:path';
import type { Lifecycle } from './lifecycle.ts';

/**
 * Made anew for each run, and full of characters that look different once they are escaped or encoded: whatever this
 * program prints is searched for every one of them, in every disguise.
 */
export interface Credentials {
  /** The host's own: what the managed tenant's calls are made with. */
  readonly hostApiKey: string;
  readonly hostDatabasePassword: string;
  /** The tenant's own. */
  readonly tenantApiKey: string;
  readonly tenantDatabasePassword: string;
  /** Of the right form, and known to no server. */
  readonly revokedApiKey: string;
  /** Under a name that the integration does not know. */
  readonly misplacedApiKey: string;
  readonly superuserPassword: string;
  /** Opens the vault. */
  readonly vaultIdentity: string;
}

export async function createCredentials(): Promise<Credentials> {
  return {
    hostApiKey: createCanary(),
    hostDatabasePassword: createCanary(),
    tenantApiKey: createCanary(),
    tenantDatabasePassword: createCanary(),
    revokedApiKey: createCanary(),
    misplacedApiKey: createCanary(),
    superuserPassword: createCanary(),
    vaultIdentity: await generateIdentity(),
  };
}

/** Where the secrets are. Connections name them by these references and hold no secret themselves. */
export const REFERENCES = {
  hostApiKey: 'env://MISTRAL_API_KEY',
  hostDatabase: 'env://LEDGER_DATABASE_URL',
  tenantApiKey: 'file://tenants/globex/mistral',
  tenantDatabase: 'file://tenants/globex/ledger',
  misplacedApiKey: 'file://tenants/globex/translator',
} as const;

export interface DatabaseUrls {
  readonly host: string;
  readonly tenant: string;
}

export interface SecretBackends {
  /** What the guard reads from: both backends behind one interface. */
  readonly manager: SecretProviderManager;
  /** To rotate a key while the demo runs. */
  readonly vault: FileSecretProvider;
}

export interface StoreCredentialsOptions {
  readonly lifecycle: Lifecycle;
  readonly credentials: Credentials;
  readonly databaseUrls: DatabaseUrls;
  /** Directory for the vault and its key. */
  readonly directory: string;
}

/** Puts the host's credentials into an environment and the tenant's into an encrypted vault. */
export async function storeCredentials(options: StoreCredentialsOptions): Promise<SecretBackends> {
  const { lifecycle, credentials, databaseUrls, directory } = options;
  // An environment of this program's own, with an allow-list, as a deployment would have it.
  const environment = new EnvSecretProvider({
    env: { MISTRAL_API_KEY: credentials.hostApiKey, LEDGER_DATABASE_URL: databaseUrls.host },
    allow: ['MISTRAL_API_KEY', 'LEDGER_DATABASE_URL'],
  });

  const identityFile = join(directory, 'vault-identity.txt');
  await createIdentityFile({ path: identityFile, identity: credentials.vaultIdentity });
  const vault = await openFileVault({ directory: join(directory, 'vault'), identityFile });
  lifecycle.onEnd(() => vault.close());
  await storeJson(vault, REFERENCES.tenantApiKey, { apiKey: credentials.tenantApiKey });
  await storeJson(vault, REFERENCES.tenantDatabase, { databaseUrl: databaseUrls.tenant });
  await storeJson(vault, REFERENCES.misplacedApiKey, { key: credentials.misplacedApiKey });

  const manager = new SecretProviderManager({
    providers: [{ provider: vault, priority: 10 }, { provider: environment }],
  });
  return { manager, vault };
}

/** Writes a new version of a secret; older ones stay readable under their number. */
export async function storeJson(
  vault: FileSecretProvider,
  reference: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await vault.setSecret(reference, { data: JSON.stringify(fields), contentType: 'application/json' });
}
