import {
  type AppIntegrationBinding,
  type AppIntegrationSlot,
  defineIntegration,
  type IntegrationConnection,
  IntegrationSpecRegistry,
  type ResolvedAppConfig,
} from '@mortise/core';
import { supabasePostgresIntegrationSpec } from '@mortise/provider-database/specs';
import { mistralIntegrationSpec } from '@mortise/provider-llm/specs';
import { defineSlot, resolveAppConfig } from '@mortise/runtime';
import { REFERENCES } from './credentials.ts';

/** What the application needs, whoever fills it. Typed by the spec that its code is written for. */
export const ASSISTANT = defineSlot('assistant', mistralIntegrationSpec);
export const LEDGER = defineSlot('ledger', supabasePostgresIntegrationSpec);
export const ARCHIVE = defineSlot('archive', supabasePostgresIntegrationSpec);
export const TRANSLATOR = defineSlot('translator', mistralIntegrationSpec);
export const BORROWER = defineSlot('borrower', mistralIntegrationSpec);
/** An integration of the host's own: what a spec needs at least. */
const newsletterSpec = defineIntegration({
  meta: {
    key: 'email.newsletter',
    version: 1,
    title: 'Newsletter service of the house',
    category: 'email',
    owners: ['@team.back-office'],
    tags: ['email'],
  },
  supportedModes: ['managed'],
  capabilities: { provides: [{ key: 'email.outbound' }] },
  configSchema: { schema: { type: 'object', properties: { sender: { type: 'string' } } } },
  secretSchema: { schema: { type: 'object', properties: { token: { type: 'string' } }, required: ['token'] } },
});

/** Declared, and bound by nobody. */
export const NEWSLETTER = defineSlot('newsletter', newsletterSpec);

const SLOTS: readonly AppIntegrationSlot[] = [
  { slotId: ASSISTANT.slotId, requiredCategory: 'ai-llm', required: true },
  { slotId: LEDGER.slotId, requiredCategory: 'database', required: true },
  { slotId: ARCHIVE.slotId, requiredCategory: 'database' },
  { slotId: TRANSLATOR.slotId, requiredCategory: 'ai-llm' },
  { slotId: BORROWER.slotId, requiredCategory: 'ai-llm' },
  { slotId: NEWSLETTER.slotId, requiredCategory: 'email' },
];

export interface Tenants {
  /** Uses the host's accounts (`managed`); its secrets are in the environment. */
  readonly acme: ResolvedAppConfig;
  /** Brings its own keys (`byok`); its secrets are in the vault. */
  readonly globex: ResolvedAppConfig;
}

const MISTRAL_CONFIG = { model: 'mistral-small-latest' };
const LEDGER_CONFIG = { maxConnections: 4, sslMode: 'prefer' };

/** As a product would read them from its own database. */
const CONNECTIONS: readonly IntegrationConnection[] = [
  connect('acme-mistral', 'acme', mistralIntegrationSpec, { secretRef: REFERENCES.hostApiKey, config: MISTRAL_CONFIG }),
  connect('acme-ledger', 'acme', supabasePostgresIntegrationSpec, {
    secretRef: REFERENCES.hostDatabase,
    config: LEDGER_CONFIG,
  }),
  connect('globex-mistral', 'globex', mistralIntegrationSpec, {
    secretRef: REFERENCES.tenantApiKey,
    config: MISTRAL_CONFIG,
  }),
  connect('globex-ledger', 'globex', supabasePostgresIntegrationSpec, {
    secretRef: REFERENCES.tenantDatabase,
    config: LEDGER_CONFIG,
  }),
  connect('globex-archive', 'globex', supabasePostgresIntegrationSpec, {
    secretRef: REFERENCES.tenantDatabase,
    config: LEDGER_CONFIG,
    status: 'disconnected',
  }),
  connect('globex-translator', 'globex', mistralIntegrationSpec, {
    secretRef: REFERENCES.misplacedApiKey,
    config: MISTRAL_CONFIG,
  }),
  // A tenant writes its references itself; this one reaches for the host's key.
  connect('globex-borrower', 'globex', mistralIntegrationSpec, {
    secretRef: REFERENCES.hostApiKey,
    config: MISTRAL_CONFIG,
  }),
];

const BINDINGS: Readonly<Record<keyof Tenants, readonly AppIntegrationBinding[]>> = {
  acme: [
    { slotId: ASSISTANT.slotId, connectionId: 'acme-mistral' },
    { slotId: LEDGER.slotId, connectionId: 'acme-ledger' },
  ],
  globex: [
    { slotId: ASSISTANT.slotId, connectionId: 'globex-mistral' },
    { slotId: LEDGER.slotId, connectionId: 'globex-ledger' },
    { slotId: ARCHIVE.slotId, connectionId: 'globex-archive' },
    { slotId: TRANSLATOR.slotId, connectionId: 'globex-translator' },
    { slotId: BORROWER.slotId, connectionId: 'globex-borrower' },
  ],
};

/** Fills the application's slots with each tenant's connections. */
export function resolveTenants(): Tenants {
  const specs = new IntegrationSpecRegistry();
  specs.register(mistralIntegrationSpec);
  specs.register(supabasePostgresIntegrationSpec);
  return { acme: resolve('acme', specs), globex: resolve('globex', specs) };
}

function resolve(tenantId: keyof Tenants, specs: IntegrationSpecRegistry): ResolvedAppConfig {
  const { config, problems, isComplete } = resolveAppConfig({
    appId: 'back-office',
    tenantId,
    environment: 'demo',
    blueprint: { name: 'back-office', version: '1.0.0', slots: SLOTS },
    configVersion: '1',
    bindings: BINDINGS[tenantId],
    connections: CONNECTIONS,
    specs,
  });
  if (isComplete && problems.length === 0) return config;
  throw new Error(`Tenant ${tenantId} does not resolve: ${problems.map(({ message }) => message).join('; ')}`);
}

type ConnectionDetails = Pick<IntegrationConnection, 'secretRef' | 'config'> & Partial<IntegrationConnection>;

function connect(
  id: string,
  tenantId: keyof Tenants,
  spec: typeof mistralIntegrationSpec | typeof supabasePostgresIntegrationSpec,
  details: ConnectionDetails,
): IntegrationConnection {
  return {
    meta: {
      id,
      tenantId,
      integrationKey: spec.meta.key,
      integrationVersion: spec.meta.version,
      label: id,
      environment: 'demo',
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
    },
    ownershipMode: tenantId === 'acme' ? 'managed' : 'byok',
    secretProvider: details.secretRef.startsWith('env:') ? 'env' : 'file',
    status: 'connected',
    ...details,
  };
}
