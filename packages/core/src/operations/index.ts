export { assertSameTenant } from './authorize.ts';
export {
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
export {
  CreateIntegrationConnection,
  DeleteIntegrationConnection,
  integrationContracts,
  ListIntegrationConnections,
  registerIntegrationContracts,
  TestIntegrationConnection,
  UpdateIntegrationConnection,
} from './connection-operations.ts';
export { ConnectionRecordError, maskSecretRef, toIntegrationConnectionRecord } from './connection-record.ts';
export type { ProblemDetails } from './error-status.ts';
export { toProblemDetails } from './error-status.ts';
export type {
  OperationContext,
  OperationHandler,
  OperationTelemetryEvent,
  PolicyDecision,
  PolicyDecisionRequest,
} from './operation-context.ts';
export type { OperationErrorCode, OperationErrorOptions } from './operation-error.ts';
export { OperationError } from './operation-error.ts';
export type { HandlerOf, OperationResult } from './operation-registry.ts';
export { OperationSpecRegistry } from './operation-registry.ts';
export type {
  AnyOperationSpec,
  OperationAuth,
  OperationDraft,
  OperationErrorSpec,
  OperationInput,
  OperationKind,
  OperationMeta,
  OperationOutput,
  OperationPolicySpec,
  OperationSpec,
  TelemetryTrigger,
} from './operation-spec.ts';
export { defineCommand, defineQuery } from './operation-spec.ts';
export type { McpObjectSchema, McpTool, McpToolsOptions } from './to-mcp-tools.ts';
export { toMcpTools } from './to-mcp-tools.ts';
export type { OpenApiDocument, OpenApiOptions } from './to-open-api-document.ts';
export { toOpenApiDocument } from './to-open-api-document.ts';
