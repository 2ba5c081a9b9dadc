import {
  type AppIntegrationBinding,
  type AppIntegrationSlot,
  type IntegrationConnection,
  type IntegrationSpec,
  providesCapability,
  type ResolvedAppConfig,
  type ResolvedIntegration,
  validateConnection,
} from '@mortise/core';
import type { ResolutionProblem, ResolutionProblemCode } from './resolution-problem.ts';

/** Where specs come from; an `IntegrationSpecRegistry` is one. */
export interface SpecLookup {
  get(key: string, version?: string): IntegrationSpec | undefined;
}

/** Everything a resolved config is made from. Slots and bindings come from the host, connections from its database. */
export interface ResolveAppConfigInput {
  readonly appId: string;
  readonly tenantId: string;
  readonly environment?: string;
  readonly blueprint: {
    readonly name: string;
    readonly version: string;
    readonly slots: readonly AppIntegrationSlot[];
  };
  readonly configVersion: string;
  readonly bindings: readonly AppIntegrationBinding[];
  readonly connections: readonly IntegrationConnection[];
  readonly specs: SpecLookup;
}

export interface ResolveAppConfigResult {
  readonly config: ResolvedAppConfig;
  /** Every binding that was passed over and every slot that stayed empty, with the reason. */
  readonly problems: readonly ResolutionProblem[];
  /** Whether every slot marked `required` is filled. */
  readonly isComplete: boolean;
}

/**
 * Fills an application's slots with a tenant's connections. Each slot gets at most one: bindings are tried in ascending
 * priority, and one that does not fit (unknown or foreign connection, unknown spec, wrong category, mode or capability,
 * configuration that does not fit the spec) is passed over and reported. Status is not looked at: the guard does that
 * for each call.
 */
export function resolveAppConfig(input: ResolveAppConfigInput): ResolveAppConfigResult {
  const problems: ResolutionProblem[] = [];
  const connections = connectionsById(input);
  const slots = distinctSlots(input.blueprint.slots, problems);
  reportUnknownSlots(slots, input.bindings, problems);
  const integrations: ResolvedIntegration[] = [];
  let isComplete = true;
  for (const slot of slots.values()) {
    const integration = fillSlot(slot, input, connections, problems);
    if (integration !== undefined) integrations.push(integration);
    else if (slot.required === true) {
      isComplete = false;
      problems.push(problem('MISSING_REQUIRED_SLOT', slot.slotId, `Required slot "${slot.slotId}" is not filled`));
    }
  }
  const config: ResolvedAppConfig = {
    appId: input.appId,
    tenantId: input.tenantId,
    ...(input.environment === undefined ? {} : { environment: input.environment }),
    blueprintName: input.blueprint.name,
    blueprintVersion: input.blueprint.version,
    configVersion: input.configVersion,
    integrations,
  };
  return { config, problems, isComplete };
}

/** By id. Ids may repeat across tenants: the tenant's own connection is the one that counts. */
function connectionsById({ connections, tenantId }: ResolveAppConfigInput): Map<string, IntegrationConnection> {
  const byId = new Map<string, IntegrationConnection>();
  for (const connection of connections) {
    if (byId.get(connection.meta.id)?.meta.tenantId !== tenantId) byId.set(connection.meta.id, connection);
  }
  return byId;
}

function distinctSlots(
  slots: readonly AppIntegrationSlot[],
  problems: ResolutionProblem[],
): Map<string, AppIntegrationSlot> {
  const known = new Map<string, AppIntegrationSlot>();
  for (const slot of slots) {
    if (!known.has(slot.slotId)) known.set(slot.slotId, slot);
    else
      problems.push(
        problem('DUPLICATE_SLOT', slot.slotId, `Slot "${slot.slotId}" is declared twice; the first counts`),
      );
  }
  return known;
}

function reportUnknownSlots(
  slots: ReadonlyMap<string, AppIntegrationSlot>,
  bindings: readonly AppIntegrationBinding[],
  problems: ResolutionProblem[],
): void {
  for (const { slotId, connectionId } of bindings) {
    if (slots.has(slotId)) continue;
    problems.push(
      problem('UNKNOWN_SLOT_BINDING', slotId, `A binding names slot "${slotId}", which is not declared`, connectionId),
    );
  }
}

function fillSlot(
  slot: AppIntegrationSlot,
  input: ResolveAppConfigInput,
  connections: ReadonlyMap<string, IntegrationConnection>,
  problems: ResolutionProblem[],
): ResolvedIntegration | undefined {
  const candidates = input.bindings
    .filter((binding) => binding.slotId === slot.slotId)
    .sort((left, right) => (left.priority ?? Infinity) - (right.priority ?? Infinity) || 0);
  for (const binding of candidates) {
    const found = resolveBinding(slot, binding, input, connections);
    if (!('code' in found)) return found;
    problems.push(found);
  }
  return undefined;
}

function resolveBinding(
  slot: AppIntegrationSlot,
  binding: AppIntegrationBinding,
  input: ResolveAppConfigInput,
  connections: ReadonlyMap<string, IntegrationConnection>,
): ResolvedIntegration | ResolutionProblem {
  const refuse = (code: ResolutionProblemCode, message: string): ResolutionProblem =>
    problem(code, slot.slotId, message, binding.connectionId);
  const connection = connections.get(binding.connectionId);
  if (connection === undefined) {
    return refuse('MISSING_INTEGRATION_CONNECTION', `Connection "${binding.connectionId}" does not exist`);
  }
  const { meta } = connection;
  if (meta.tenantId !== input.tenantId) {
    return refuse('FOREIGN_CONNECTION', `Connection "${meta.id}" belongs to another tenant than "${input.tenantId}"`);
  }
  if (meta.environment !== undefined && input.environment !== undefined && meta.environment !== input.environment) {
    return refuse(
      'ENVIRONMENT_MISMATCH',
      `Connection "${meta.id}" is of environment "${meta.environment}", not "${input.environment}"`,
    );
  }
  const spec = input.specs.get(meta.integrationKey, meta.integrationVersion);
  if (spec === undefined) {
    return refuse(
      'INTEGRATION_SPEC_NOT_FOUND',
      `Connection "${meta.id}" is of integration "${meta.integrationKey}" ${meta.integrationVersion}, which is not registered`,
    );
  }
  return unfit(slot, spec, connection, refuse) ?? { slot, binding, connection, spec };
}

function unfit(
  slot: AppIntegrationSlot,
  spec: IntegrationSpec,
  connection: IntegrationConnection,
  refuse: (code: ResolutionProblemCode, message: string) => ResolutionProblem,
): ResolutionProblem | undefined {
  const mode = connection.ownershipMode;
  const key = spec.meta.key;
  if (spec.meta.category !== slot.requiredCategory) {
    return refuse(
      'CATEGORY_MISMATCH',
      `Slot "${slot.slotId}" needs category "${slot.requiredCategory}", but "${key}" is of "${spec.meta.category}"`,
    );
  }
  if (!spec.supportedModes.includes(mode)) {
    return refuse('UNSUPPORTED_OWNERSHIP_MODE', `Integration "${key}" does not support ${mode} connections`);
  }
  if (slot.allowedModes !== undefined && slot.allowedModes.length > 0 && !slot.allowedModes.includes(mode)) {
    return refuse('MODE_MISMATCH', `Slot "${slot.slotId}" allows only ${slot.allowedModes.join(', ')} connections`);
  }
  const missing = slot.requiredCapabilities?.find((wanted) => !providesCapability(spec.capabilities.provides, wanted));
  if (missing !== undefined) {
    return refuse('CAPABILITY_NOT_PROVIDED', `Integration "${key}" does not provide ${missing.key} ${missing.version}`);
  }
  const checked = validateConnection(spec, connection);
  if (checked.valid) return undefined;
  const reasons = checked.problems.map(({ path, message }) => `${path === '' ? 'connection' : path}: ${message}`);
  return refuse(
    'INVALID_CONNECTION',
    `Connection "${connection.meta.id}" does not fit "${key}": ${reasons.join('; ')}`,
  );
}

function problem(
  code: ResolutionProblemCode,
  slotId: string,
  message: string,
  connectionId?: string,
): ResolutionProblem {
  return { code, slotId, message, ...(connectionId === undefined ? {} : { connectionId }) };
}
