import {
  CreateIntegrationConnectionInput,
  DeleteIntegrationConnectionInput,
  DeleteIntegrationConnectionOutput,
  IntegrationConnectionRecord,
  ListIntegrationConnectionsInput,
  ListIntegrationConnectionsOutput,
  TestIntegrationConnectionInput,
  TestIntegrationConnectionOutput,
  UpdateIntegrationConnectionInput,
} from './connection-models.ts';
import { maskSecretRefs } from './connection-record.ts';
import type { OperationSpecRegistry } from './operation-registry.ts';
import { defineCommand, defineQuery } from './operation-spec.ts';

const shared = {
  version: '1.0.0',
  domain: 'integrations',
  stability: 'experimental',
  owners: ['@platform.integrations'],
  tags: ['integration', 'connections'],
} as const;

const manage = {
  auth: 'admin',
  tenantScoped: true,
  policies: [{ key: 'platform.integration.manage', version: '1.0.0' }],
  resource: 'integration.connection',
} as const;

const read = {
  auth: 'admin',
  tenantScoped: true,
  policies: [{ key: 'platform.integration.read', version: '1.0.0' }],
  resource: 'integration.connection',
} as const;

const notFound = {
  CONNECTION_NOT_FOUND: { description: 'The tenant has no connection with this id.', httpStatus: 404 },
} as const;

const changed = {
  CONNECTION_CHANGED: {
    description: 'The connection was changed after `expectedUpdatedAt`; read it again.',
    httpStatus: 412,
  },
} as const;

const invalid = {
  INTEGRATION_NOT_FOUND: { description: 'No integration spec has this key and version.', httpStatus: 422 },
  CONNECTION_INVALID: { description: "The connection does not fit its integration's spec.", httpStatus: 422 },
  SECRET_REF_NOT_ALLOWED: {
    description: 'The host does not let this tenant use this secret backend or reference.',
    httpStatus: 403,
  },
} as const;

/** Adds a connection to a tenant. The handler validates it with `validateConnection` and checks the secret reference. */
export const CreateIntegrationConnection = defineCommand({
  meta: {
    ...shared,
    key: 'integrations.connection.create',
    title: 'Create Integration Connection',
    description: 'Adds a connection of a tenant to an integration, with its configuration and where its secret is.',
    goal: 'Let a tenant use an integration.',
    context:
      'Used by administrators when they set up an integration. Holds a reference to the secret, never the secret.',
  },
  io: {
    input: CreateIntegrationConnectionInput,
    output: IntegrationConnectionRecord,
    errors: {
      ...invalid,
      IDEMPOTENCY_KEY_REUSED: {
        description: 'The idempotency key came before with other input; use a new key.',
        httpStatus: 422,
      },
    },
    prepareOutput: maskSecretRefs,
  },
  policy: { ...manage, destructive: false },
  sideEffects: { audit: ['integration.connection.created'] },
});

/** Changes a connection. Its status can only be set to `disconnected`; that it works is for a health check to say. */
export const UpdateIntegrationConnection = defineCommand({
  meta: {
    ...shared,
    key: 'integrations.connection.update',
    title: 'Update Integration Connection',
    description:
      'Changes the label, configuration, overrides or secret reference of a connection, or takes it out of use.',
    goal: 'Keep a connection working when its settings or its credential change.',
    context: 'Used by administrators. A changed secret reference is checked like that of a new connection.',
  },
  io: {
    input: UpdateIntegrationConnectionInput,
    output: IntegrationConnectionRecord,
    errors: { ...notFound, ...changed, ...invalid },
    prepareOutput: maskSecretRefs,
  },
  policy: { ...manage, idempotent: true, destructive: true },
  sideEffects: { audit: ['integration.connection.updated'] },
});

/** Removes a connection. The secret stays in its backend. */
export const DeleteIntegrationConnection = defineCommand({
  meta: {
    ...shared,
    key: 'integrations.connection.delete',
    title: 'Delete Integration Connection',
    description: 'Removes a connection of a tenant. The secret that it refers to stays in its backend.',
    goal: 'Stop using an integration for a tenant.',
    context: 'Used by administrators. Slots that were bound to the connection are unbound.',
  },
  io: {
    input: DeleteIntegrationConnectionInput,
    output: DeleteIntegrationConnectionOutput,
    errors: { ...notFound, ...changed },
  },
  policy: { ...manage, idempotent: true, destructive: true },
  sideEffects: { audit: ['integration.connection.deleted'] },
});

/** The connections of a tenant, page by page. */
export const ListIntegrationConnections = defineQuery({
  meta: {
    ...shared,
    key: 'integrations.connection.list',
    title: 'List Integration Connections',
    description: "Lists a tenant's connections with their status, health and usage.",
    goal: 'See which integrations a tenant uses and how they are.',
    context: 'Used by administration screens. Secret references are masked.',
  },
  io: {
    input: ListIntegrationConnectionsInput,
    output: ListIntegrationConnectionsOutput,
    errors: {
      CURSOR_INVALID: {
        description: 'The cursor is not one of this list, or is too old; start again.',
        httpStatus: 400,
      },
    },
    prepareOutput: maskSecretRefs,
  },
  policy: read,
});

/** Checks whether a connection works, with a request to the provider. */
export const TestIntegrationConnection = defineCommand({
  meta: {
    ...shared,
    key: 'integrations.connection.test',
    title: 'Test Integration Connection',
    description: 'Runs a health check with the credential of a connection and keeps its result.',
    goal: 'Know whether a connection works before relying on it.',
    context: 'Used by administrators after a change, and by monitoring. A check that fails is a result, not an error.',
  },
  io: {
    input: TestIntegrationConnectionInput,
    output: TestIntegrationConnectionOutput,
    errors: notFound,
  },
  policy: { ...manage, idempotent: true, destructive: false },
  sideEffects: { audit: ['integration.connection.tested'] },
});

/** The five connection operations by name. */
export const integrationContracts = {
  CreateIntegrationConnection,
  UpdateIntegrationConnection,
  DeleteIntegrationConnection,
  ListIntegrationConnections,
  TestIntegrationConnection,
} as const;

/**
 * Registers the five connection operations: create, update, delete, list, test.
 *
 * @returns The registry.
 * @throws {DuplicateContractError} One of them is registered already.
 */
export function registerIntegrationContracts(registry: OperationSpecRegistry): OperationSpecRegistry {
  for (const contract of Object.values(integrationContracts)) registry.register(contract);
  return registry;
}
