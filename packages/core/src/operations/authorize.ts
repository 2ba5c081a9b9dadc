import { isRecord } from '../schema/record.ts';
import type { OperationContext, PolicyDecision } from './operation-context.ts';
import { OperationError, type OperationErrorCode } from './operation-error.ts';
import type { AnyOperationSpec, OperationAuth } from './operation-spec.ts';

/**
 * Refuses a call whose input names another tenant than the caller's. Without a known caller's tenant, naming one is
 * refused too: fails closed.
 *
 * @throws {OperationError} `TENANT_REQUIRED`, `TENANT_MISMATCH`
 */
export function assertSameTenant(spec: AnyOperationSpec, input: unknown, context: OperationContext): void {
  const named = isRecord(input) && Object.hasOwn(input, 'tenantId') ? input['tenantId'] : undefined;
  const { tenantId } = context;
  const isUnknown = tenantId === undefined || tenantId === '';
  if (isUnknown && (spec.policy.tenantScoped === true || named !== undefined)) {
    throw refusal(spec, 'TENANT_REQUIRED', 'needs a caller whose tenant is known; none came with the call');
  }
  if (named !== undefined && named !== tenantId) {
    throw refusal(spec, 'TENANT_MISMATCH', "was called for a tenant other than the caller's");
  }
}

const RANKS: Readonly<Record<OperationAuth, number>> = { anonymous: 0, user: 1, admin: 2 };

/**
 * Refuses a call that the contract's policy does not allow. Requirements that nobody can decide on are refused.
 *
 * @throws {OperationError} `UNAUTHENTICATED`, `FORBIDDEN`, `ESCALATION_REQUIRED`, `POLICY_UNDECIDED`
 */
export async function authorize(spec: AnyOperationSpec, input: unknown, context: OperationContext): Promise<void> {
  const actor = context.actor ?? 'anonymous';
  if ((RANKS[actor] ?? -1) < RANKS[spec.policy.auth]) {
    const code = actor === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    throw refusal(spec, code, `needs a caller who is "${spec.policy.auth}", got "${actor}"`);
  }
  if (context.decide === undefined) {
    if (!asksForDecision(spec)) return;
    throw refusal(spec, 'POLICY_UNDECIDED', 'asks for a policy decision, but the context has no `decide`');
  }
  const decision = await decide(spec, input, context, context.decide);
  if (decision.effect === 'allow') return;
  const reason = decision.reason === undefined ? '' : `: ${decision.reason}`;
  if (decision.effect === 'escalate') throw refusal(spec, 'ESCALATION_REQUIRED', `needs a person to agree${reason}`);
  throw refusal(spec, 'FORBIDDEN', `was denied by policy${reason}`);
}

async function decide(
  spec: AnyOperationSpec,
  input: unknown,
  context: OperationContext,
  decider: NonNullable<OperationContext['decide']>,
): Promise<PolicyDecision> {
  const { key, version, kind } = spec.meta;
  try {
    return await decider({
      operation: key,
      version,
      kind,
      policy: spec.policy,
      actor: context.actor ?? 'anonymous',
      ...(context.tenantId === undefined ? {} : { tenantId: context.tenantId }),
      ...(context.userId === undefined ? {} : { userId: context.userId }),
      input,
    });
  } catch (cause) {
    throw refusal(spec, 'POLICY_UNDECIDED', 'was refused, since the policy decision failed', cause);
  }
}

function asksForDecision({ policy }: AnyOperationSpec): boolean {
  const lists = [policy.policies, policy.roles, policy.anyRole, policy.permissions, policy.anyPermission, policy.flags];
  return lists.some((list) => list !== undefined && list.length > 0);
}

function refusal(spec: AnyOperationSpec, code: OperationErrorCode, what: string, cause?: unknown): OperationError {
  const { key, version } = spec.meta;
  return new OperationError({
    code,
    message: `Operation "${key}" ${what}`,
    operation: { key, version },
    ...(cause === undefined ? {} : { cause }),
  });
}
