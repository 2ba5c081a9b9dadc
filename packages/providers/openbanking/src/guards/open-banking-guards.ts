import {
  type CapabilityRef,
  providesCapability,
  type ResolvedAppConfig,
  type ResolvedIntegration,
} from '@mortise/core';
import { type OpenBankingGuardCode, OpenBankingGuardError } from './guard-error.ts';

/** Slot that the guards look at when they are not told another. */
export const PRIMARY_OPENBANKING_SLOT = 'primaryOpenBanking';

export interface OpenBankingGuardOptions {
  /** Default `primaryOpenBanking`. */
  readonly slotId?: string;
  /** What the bound spec must provide, by exact key and version. Default nothing in particular. */
  readonly capabilities?: readonly CapabilityRef[];
}

/** Whether the slot can be used. `error` is for people, `code` for programs. */
export interface OpenBankingGuardResult {
  readonly ok: boolean;
  /** There whenever the slot is bound. */
  readonly integration?: ResolvedIntegration;
  readonly error?: string;
  readonly code?: OpenBankingGuardCode;
}

/** Parts of an application's configuration that the guards read. */
export type OpenBankingGuardConfig = Pick<ResolvedAppConfig, 'integrations'> & { readonly tenantId?: string };

/**
 * Looks whether the application has a working open-banking integration: bound, of the category, of the tenant, with the
 * capabilities, connected. A connection that was never checked is not ready.
 */
export function ensurePrimaryOpenBankingIntegration(
  config: OpenBankingGuardConfig,
  options: OpenBankingGuardOptions = {},
): OpenBankingGuardResult {
  const { slotId = PRIMARY_OPENBANKING_SLOT, capabilities = [] } = options;
  const integrations: readonly ResolvedIntegration[] | undefined = config.integrations;
  const integration = integrations?.find(({ slot }) => slot.slotId === slotId);
  if (integration === undefined) return refuse('SLOT_NOT_BOUND', `Open-banking slot "${slotId}" is not bound`);
  const { connection, spec } = integration;
  const { category } = spec.meta;
  if (category !== 'open-banking') {
    const error = `Slot "${slotId}" must bind an open-banking integration, not one of category "${category}"`;
    return refuse('WRONG_CATEGORY', error, integration);
  }
  if (config.tenantId !== undefined && connection.meta.tenantId !== config.tenantId) {
    return refuse('WRONG_TENANT', `The connection of slot "${slotId}" belongs to another tenant`, integration);
  }
  const missing = capabilities.find((wanted) => !providesCapability(spec.capabilities.provides, wanted));
  if (missing !== undefined) {
    const error = `The integration of slot "${slotId}" does not provide "${missing.key}" ${missing.version}`;
    return refuse('CAPABILITY_MISSING', error, integration);
  }
  const { status } = connection;
  if (status === 'error' || status === 'disconnected') {
    const error = `The open-banking connection has status "${status}"; connect it again`;
    return refuse('CONNECTION_NOT_WORKING', error, integration);
  }
  if (status !== 'connected') {
    const error = 'The open-banking connection has status "unknown"; run its health check first';
    return refuse('CONNECTION_NOT_CHECKED', error, integration);
  }
  return { ok: true, integration };
}

/**
 * The bound integration, ready to be used.
 *
 * @throws {OpenBankingGuardError} One code for each reason.
 */
export function assertPrimaryOpenBankingReady(
  config: OpenBankingGuardConfig,
  options: OpenBankingGuardOptions = {},
): ResolvedIntegration {
  const { ok, integration, error, code } = ensurePrimaryOpenBankingIntegration(config, options);
  if (ok && integration !== undefined) return integration;
  throw new OpenBankingGuardError({
    code: code ?? 'SLOT_NOT_BOUND',
    message: error ?? 'The open-banking integration is not ready',
  });
}

function refuse(code: OpenBankingGuardCode, error: string, integration?: ResolvedIntegration): OpenBankingGuardResult {
  return { ok: false, code, error, ...(integration === undefined ? {} : { integration }) };
}
