import {
  type CapabilityRef,
  providesCapability,
  type ResolvedAppConfig,
  type ResolvedIntegration,
} from '@mortise/core';
import { type HealthGuardCode, HealthGuardError } from './health-guard-error.ts';

/** Slot that holds a tenant's health integration, where the host names no other. */
export const PRIMARY_HEALTH_SLOT = 'primaryHealth';

export interface HealthGuardOptions {
  /** Default `PRIMARY_HEALTH_SLOT`. */
  readonly slotId?: string;
  /** What the integration must provide, matched by exact key and version. */
  readonly requiredCapabilities?: readonly CapabilityRef[];
  /** True: a connection that nobody has checked yet passes, as it does in the call guard. Default false. */
  readonly allowUnchecked?: boolean;
}

/** What a guard found. */
export interface HealthGuardResult {
  ok: boolean;
  /** What is bound to the slot, also where it cannot be used. */
  integration?: ResolvedIntegration;
  /** Why not, for people. */
  error?: string;
  /** Why not, for programs. */
  code?: HealthGuardCode;
}

/** Whether a tenant's health integration can be used: bound, of this category, of this tenant, checked and well. */
export function ensurePrimaryHealthIntegration(
  config: Pick<ResolvedAppConfig, 'tenantId' | 'integrations'>,
  options: HealthGuardOptions = {},
): HealthGuardResult {
  const { slotId = PRIMARY_HEALTH_SLOT, requiredCapabilities = [], allowUnchecked = false } = options;
  const integration = config.integrations.find(({ slot }) => slot.slotId === slotId);
  if (integration === undefined) {
    return { ok: false, code: 'SLOT_NOT_BOUND', error: `Health slot "${slotId}" is not bound to a connection` };
  }
  const refuse = (code: HealthGuardCode, error: string): HealthGuardResult => ({ ok: false, integration, code, error });
  const { spec, connection } = integration;
  const { category, key } = spec.meta;
  if (category !== 'health') {
    return refuse(
      'WRONG_CATEGORY',
      `Slot "${slotId}" must bind a health integration; "${key}" is of category "${category}"`,
    );
  }
  if (connection.meta.tenantId !== config.tenantId) {
    return refuse('TENANT_MISMATCH', `Slot "${slotId}" is bound to a connection of another tenant`);
  }
  const missing = requiredCapabilities.find((wanted) => !providesCapability(spec.capabilities.provides, wanted));
  if (missing !== undefined) {
    return refuse('CAPABILITY_MISSING', `"${key}" does not provide "${missing.key}" ${missing.version}`);
  }
  const { status } = connection;
  if (status === 'disconnected' || status === 'error') {
    return refuse('CONNECTION_NOT_READY', `Connection "${connection.meta.label}" has status "${status}"`);
  }
  if (status === 'unknown' && !allowUnchecked) {
    return refuse(
      'CONNECTION_UNCHECKED',
      `Connection "${connection.meta.label}" has not been checked yet; its health is unknown`,
    );
  }
  return { ok: true, integration };
}

/**
 * The tenant's health integration.
 *
 * @throws {HealthGuardError} It cannot be used; `code` tells why.
 */
export function assertPrimaryHealthReady(
  config: Pick<ResolvedAppConfig, 'tenantId' | 'integrations'>,
  options: HealthGuardOptions = {},
): ResolvedIntegration {
  const { ok, integration, code, error } = ensurePrimaryHealthIntegration(config, options);
  if (ok && integration !== undefined) return integration;
  throw new HealthGuardError(
    code ?? 'SLOT_NOT_BOUND',
    error ?? 'The health integration cannot be used',
    options.slotId ?? PRIMARY_HEALTH_SLOT,
  );
}
