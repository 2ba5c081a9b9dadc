import {
  type CallPolicy,
  IntegrationCallGuard as SafeCallGuard,
  type IntegrationCallGuardOptions,
} from '@mortise/runtime';
import type { SecretProvider } from '@mortise/secrets';

/** No limit that was not asked for, and the same wait before each retry. */
const ESTABLISHED_POLICY = {
  backoff: { factor: 1, jitter: 'none', throttledBaseMs: 0 },
  attemptTimeoutMs: false,
  totalTimeoutMs: false,
  breaker: false,
  bulkhead: false,
  rateLimit: false,
  retryBudget: false,
} as const satisfies CallPolicy;

/**
 * Makes calls on behalf of tenants with the established defaults: 3 attempts, 250 ms before each retry, no time limit, no
 * breaker, no limit on calls, and secrets of the environment also for a tenant's own connection.
 *
 * `policy` switches each protection on: `{ totalTimeoutMs: 30_000, breaker: {} }`. The walls between tenants always stand.
 */
export class IntegrationCallGuard extends SafeCallGuard {
  /** @throws {GuardOptionsError} An option is out of range. */
  constructor(secretProvider: SecretProvider, options: IntegrationCallGuardOptions = {}) {
    super(secretProvider, {
      allowHostSecretsForByok: true,
      ...options,
      ...atLeast('maxAttempts', options.maxAttempts, 1),
      ...atLeast('backoffMs', options.backoffMs, 0),
      policy: {
        ...ESTABLISHED_POLICY,
        ...options.policy,
        backoff: { ...ESTABLISHED_POLICY.backoff, ...options.policy?.backoff },
      },
    });
  }
}

/** A number below the floor is the floor, as it always was. */
function atLeast(name: string, value: number | undefined, floor: number): Record<string, number> {
  return value === undefined || !(value < floor) ? {} : { [name]: floor };
}
