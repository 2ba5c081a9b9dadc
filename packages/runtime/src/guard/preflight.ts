import type { AppIntegrationBindingScope, ResolvedAppConfig, ResolvedIntegration } from '@mortise/core';
import { connectionNotReadyMessage, isConnectionReady } from '../context/connection-readiness.ts';
import { type CallFailure, callFailure } from './failure.ts';

/** What a call says about itself. */
export interface CallIdentity {
  readonly slotId: string;
  readonly operation: string;
  readonly workflow?: string | undefined;
  readonly feature?: string | undefined;
  /** Key of the integration that the caller wrote its code for. */
  readonly expectedIntegrationKey?: string | undefined;
}

/** The first integration that is resolved for the slot. */
export function findIntegration(config: ResolvedAppConfig, slotId: string): ResolvedIntegration | undefined {
  for (const integration of config.integrations) if (integration.slot.slotId === slotId) return integration;
  return undefined;
}

/** The walls between tenants, modes, scopes and categories, checked before any I/O. Undefined: the call may go on. */
export function checkWalls(
  call: CallIdentity,
  config: ResolvedAppConfig,
  integration: ResolvedIntegration,
): CallFailure | undefined {
  const { slot, binding, connection, spec } = integration;
  const { meta } = connection;
  if (meta.tenantId !== config.tenantId) {
    return callFailure(
      'TENANT_MISMATCH',
      `Slot "${call.slotId}" of tenant "${config.tenantId}" is bound to connection "${meta.id}" of another tenant`,
    );
  }
  if (binding.slotId !== slot.slotId || binding.connectionId !== meta.id) {
    return callFailure(
      'BINDING_MISMATCH',
      `The binding of slot "${call.slotId}" names slot "${binding.slotId}" and connection "${binding.connectionId}", not connection "${meta.id}"`,
    );
  }
  if (meta.integrationKey !== spec.meta.key) {
    return callFailure(
      'BINDING_MISMATCH',
      `Connection "${meta.id}" is of integration "${meta.integrationKey}", but the spec given for it is "${spec.meta.key}"`,
    );
  }
  if (call.expectedIntegrationKey !== undefined && call.expectedIntegrationKey !== spec.meta.key) {
    return callFailure(
      'BINDING_MISMATCH',
      `Slot "${call.slotId}" was expected to lead to integration "${call.expectedIntegrationKey}", but is bound to "${spec.meta.key}"`,
    );
  }
  if (slot.requiredCategory !== spec.meta.category) {
    return callFailure(
      'CATEGORY_MISMATCH',
      `Slot "${call.slotId}" needs category "${slot.requiredCategory}", but integration "${spec.meta.key}" is of "${spec.meta.category}"`,
    );
  }
  return checkMode(call, integration) ?? checkScope(call, binding.scope) ?? checkReadiness(integration);
}

function checkMode(call: CallIdentity, { slot, connection, spec }: ResolvedIntegration): CallFailure | undefined {
  const mode = connection.ownershipMode;
  if (slot.allowedModes !== undefined && slot.allowedModes.length > 0 && !slot.allowedModes.includes(mode)) {
    return callFailure(
      'MODE_NOT_ALLOWED',
      `Slot "${call.slotId}" allows ${slot.allowedModes.join(', ')} connections, but "${connection.meta.id}" is ${mode}`,
    );
  }
  if (spec.supportedModes.includes(mode)) return undefined;
  return callFailure(
    'MODE_NOT_ALLOWED',
    `Integration "${spec.meta.key}" supports ${spec.supportedModes.join(', ')}, but connection "${connection.meta.id}" is ${mode}`,
  );
}

function checkScope(call: CallIdentity, scope: AppIntegrationBindingScope | undefined): CallFailure | undefined {
  if (scope === undefined) return undefined;
  return (
    outOfScope(call, 'operation', scope.operations, call.operation) ??
    outOfScope(call, 'workflow', scope.workflows, call.workflow) ??
    outOfScope(call, 'feature', scope.features, call.feature)
  );
}

function outOfScope(
  call: CallIdentity,
  kind: string,
  allowed: readonly string[] | undefined,
  actual: string | undefined,
): CallFailure | undefined {
  if (allowed === undefined || (actual !== undefined && allowed.includes(actual))) return undefined;
  const what = actual === undefined ? `the call names no ${kind}` : `not for ${kind} "${actual}"`;
  return callFailure('OUT_OF_SCOPE', `Slot "${call.slotId}" is bound for some ${kind}s only, ${what}`);
}

function checkReadiness({ connection }: ResolvedIntegration): CallFailure | undefined {
  if (isConnectionReady(connection.status)) return undefined;
  return callFailure('CONNECTION_NOT_READY', connectionNotReadyMessage(connection.meta.label, connection.status));
}
