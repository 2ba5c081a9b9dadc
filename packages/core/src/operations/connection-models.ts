import { Type, type Static } from 'typebox';

const OWNERSHIP_MODES = ['managed', 'byok'] as const;
const STATUSES = ['connected', 'disconnected', 'error', 'unknown'] as const;
const TRANSPORTS = ['rest', 'mcp', 'webhook', 'sdk'] as const;
const BYOK_STATUSES = ['valid', 'invalid', 'unknown'] as const;
const AUTH_METHODS = ['api-key', 'oauth2', 'bearer', 'header', 'basic', 'webhook-signing', 'service-account'] as const;

const closed = { additionalProperties: false };
const id = (description: string) => Type.String({ minLength: 1, maxLength: 255, description });
const instant = (description: string) => Type.String({ format: 'date-time', description: `${description} (ISO 8601)` });
const count = (description: string) => Type.Integer({ minimum: 0, description });
const milliseconds = (description: string) =>
  Type.Number({ minimum: 0, description: `${description}, in milliseconds` });
const settings = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description });

const tenantId = id("Tenant; must be the caller's");
const connectionId = id('Connection to work on');
const label = Type.String({ minLength: 1, maxLength: 200, description: 'Name that people see' });
const ownershipMode = Type.Enum(OWNERSHIP_MODES, {
  description: "Whose account at the provider is used: the host's or the tenant's",
});
const status = Type.Enum(STATUSES, { description: '`unknown` is a connection that has not been checked yet' });
const secretProvider = id('Secret backend that holds the secret; the host decides which ones a tenant may name');
const secretRef = Type.String({
  minLength: 1,
  maxLength: 2048,
  description: 'Reference of the secret, never the secret',
});
const environment = Type.String({ minLength: 1, maxLength: 255 });
const externalAccountId = Type.String({ minLength: 1, maxLength: 255, description: 'Account at the provider' });
const integrationKey = id('Key of the integration spec');
const integrationVersion = Type.Union([Type.String({ minLength: 1, maxLength: 255 }), Type.Integer({ minimum: 0 })], {
  description: 'Version of the integration spec; text is preferred, a whole number is accepted',
});
const authMethod = Type.Enum(AUTH_METHODS, { description: "Overrides the spec's first auth method" });
const activeTransport = Type.Enum(TRANSPORTS, { description: "Overrides the spec's preferred transport" });
const apiVersion = Type.String({
  minLength: 1,
  maxLength: 255,
  description: "Overrides the spec's current API version",
});
const config = settings("Checked against the spec's config schema");
const transportConfig = settings('Settings of the transport');
const idempotencyKey = Type.String({
  minLength: 1,
  maxLength: 255,
  description: 'Same key, same connection: makes a repeat safe',
});
const expectedUpdatedAt = instant('`updatedAt` as last read; the call is refused when the connection changed since');

/** Absent leaves the setting as it is, null removes it. */
const clearable = <Schema extends Parameters<typeof Type.Optional>[0]>(schema: Schema) =>
  Type.Optional(Type.Union([schema, Type.Null()]));

export const CreateIntegrationConnectionInput = Type.Object(
  {
    tenantId,
    integrationKey,
    integrationVersion,
    label,
    ownershipMode,
    externalAccountId: Type.Optional(externalAccountId),
    secretProvider,
    secretRef,
    environment: Type.Optional(environment),
    config,
    authMethod: Type.Optional(authMethod),
    activeTransport: Type.Optional(activeTransport),
    transportConfig: Type.Optional(transportConfig),
    apiVersion: Type.Optional(apiVersion),
    idempotencyKey: Type.Optional(idempotencyKey),
  },
  { ...closed, title: 'CreateIntegrationConnectionInput' },
);
export type CreateIntegrationConnectionInput = Static<typeof CreateIntegrationConnectionInput>;

export const UpdateIntegrationConnectionInput = Type.Object(
  {
    connectionId,
    tenantId: Type.Optional(tenantId),
    label: Type.Optional(label),
    status: Type.Optional(
      Type.Literal('disconnected', {
        description: 'Takes the connection out of use. Only a health check can say that a connection works.',
      }),
    ),
    ownershipMode: Type.Optional(ownershipMode),
    externalAccountId: clearable(externalAccountId),
    secretProvider: Type.Optional(secretProvider),
    secretRef: Type.Optional(secretRef),
    environment: clearable(environment),
    config: Type.Optional(config),
    authMethod: clearable(authMethod),
    activeTransport: clearable(activeTransport),
    transportConfig: clearable(transportConfig),
    apiVersion: clearable(apiVersion),
    expectedUpdatedAt: Type.Optional(expectedUpdatedAt),
  },
  {
    ...closed,
    title: 'UpdateIntegrationConnectionInput',
    // A reference belongs to its backend: naming another backend alone would repoint the old reference.
    dependentRequired: { secretProvider: ['secretRef'] },
  },
);
export type UpdateIntegrationConnectionInput = Static<typeof UpdateIntegrationConnectionInput>;

export const DeleteIntegrationConnectionInput = Type.Object(
  {
    connectionId,
    tenantId: Type.Optional(tenantId),
    expectedUpdatedAt: Type.Optional(expectedUpdatedAt),
  },
  { ...closed, title: 'DeleteIntegrationConnectionInput' },
);
export type DeleteIntegrationConnectionInput = Static<typeof DeleteIntegrationConnectionInput>;

export const DeleteIntegrationConnectionOutput = Type.Object(
  { success: Type.Boolean(), deletedAt: Type.Optional(instant('When the connection was removed')) },
  { ...closed, title: 'DeleteIntegrationConnectionOutput' },
);
export type DeleteIntegrationConnectionOutput = Static<typeof DeleteIntegrationConnectionOutput>;

export const ListIntegrationConnectionsInput = Type.Object(
  {
    tenantId,
    category: Type.Optional(
      Type.String({ minLength: 1, maxLength: 255, description: 'Category of the integration, open' }),
    ),
    status: Type.Optional(status),
    integrationKey: Type.Optional(integrationKey),
    ownershipMode: Type.Optional(ownershipMode),
    environment: Type.Optional(environment),
    cursor: Type.Optional(
      Type.String({ minLength: 1, maxLength: 2048, description: '`nextCursor` of the page before' }),
    ),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  },
  { ...closed, title: 'ListIntegrationConnectionsInput' },
);
export type ListIntegrationConnectionsInput = Static<typeof ListIntegrationConnectionsInput>;

export const IntegrationConnectionRecord = Type.Object(
  {
    id: id('Id of the connection'),
    tenantId: id('Tenant that the connection belongs to'),
    integrationKey,
    integrationVersion,
    label: Type.String(),
    ownershipMode,
    externalAccountId: Type.Optional(Type.String()),
    secretProvider: Type.String({ description: 'Secret backend that holds the secret' }),
    secretRef: Type.String({ description: 'Reference of the secret; all but its scheme is masked' }),
    status,
    environment: Type.Optional(Type.String()),
    config: Type.Optional(config),
    authMethod: Type.Optional(authMethod),
    activeTransport: Type.Optional(activeTransport),
    transportConfig: Type.Optional(transportConfig),
    apiVersion: Type.Optional(apiVersion),
    healthStatus: Type.Optional(status),
    healthCheckedAt: Type.Optional(instant('Last health check')),
    healthLatencyMs: Type.Optional(milliseconds('Duration of the last health check')),
    healthErrorCode: Type.Optional(Type.String()),
    healthErrorMessage: Type.Optional(Type.String()),
    usageRequestCount: Type.Optional(count('Requests so far')),
    usageSuccessCount: Type.Optional(count('Requests that succeeded')),
    usageErrorCount: Type.Optional(count('Requests that failed')),
    usageLastUsedAt: Type.Optional(instant('Last request')),
    usageLastSuccessAt: Type.Optional(instant('Last request that succeeded')),
    usageLastErrorAt: Type.Optional(instant('Last request that failed')),
    usageLastErrorCode: Type.Optional(Type.String()),
    byokValidationStatus: Type.Optional(
      Type.Enum(BYOK_STATUSES, { description: "Result of the last check of the tenant's own key" }),
    ),
    byokLastValidatedAt: Type.Optional(instant("Last check of the tenant's own key")),
    byokLastRotatedAt: Type.Optional(instant("Last replacement of the tenant's own key")),
    byokExpiresAt: Type.Optional(instant("When the tenant's own key stops working")),
    createdAt: Type.Optional(instant('Creation')),
    updatedAt: Type.Optional(instant('Last change')),
  },
  { ...closed, title: 'IntegrationConnectionRecord' },
);
export type IntegrationConnectionRecord = Static<typeof IntegrationConnectionRecord>;

export const ListIntegrationConnectionsOutput = Type.Object(
  {
    connections: Type.Array(IntegrationConnectionRecord),
    nextCursor: Type.Optional(Type.String({ minLength: 1, description: 'Absent on the last page' })),
    hasMore: Type.Optional(Type.Boolean()),
    total: Type.Optional(count('Connections on all pages')),
  },
  { ...closed, title: 'ListIntegrationConnectionsOutput' },
);
export type ListIntegrationConnectionsOutput = Static<typeof ListIntegrationConnectionsOutput>;

export const TestIntegrationConnectionInput = Type.Object(
  {
    connectionId,
    tenantId: Type.Optional(tenantId),
    timeoutMs: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 60_000, description: 'Limit for the check, in milliseconds' }),
    ),
  },
  { ...closed, title: 'TestIntegrationConnectionInput' },
);
export type TestIntegrationConnectionInput = Static<typeof TestIntegrationConnectionInput>;

export const TestIntegrationConnectionOutput = Type.Object(
  {
    success: Type.Boolean(),
    status: Type.Optional(status),
    latencyMs: Type.Optional(milliseconds('Duration of the check')),
    checkedAt: Type.Optional(instant('Time of the check')),
    error: Type.Optional(Type.String({ description: 'What went wrong, for people' })),
    errorCode: Type.Optional(Type.String()),
  },
  { ...closed, title: 'TestIntegrationConnectionOutput' },
);
export type TestIntegrationConnectionOutput = Static<typeof TestIntegrationConnectionOutput>;
