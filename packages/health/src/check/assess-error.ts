import { IntegrationError, MortiseError } from '@mortise/core';
import { IntegrationRequestError } from '@mortise/http';
import type { HealthStatus } from '../health-status.ts';
import type { ProbeFinding } from '../probe/probe.ts';

const BY_MEANING = {
  bad_credential: 'auth_required',
  // The credential is good: what it may do works.
  missing_scope: 'degraded',
  throttled: 'rate_limited',
  quota_exhausted: 'rate_limited',
  misconfigured: 'misconfigured',
  not_found: 'misconfigured',
  invalid_request: 'misconfigured',
  conflict: 'unknown',
  unavailable: 'unreachable',
} as const satisfies Record<NonNullable<IntegrationRequestError['meaning']>, HealthStatus>;

const BY_REASON: Partial<Record<IntegrationRequestError['reason'], HealthStatus>> = {
  misconfigured: 'misconfigured',
  'address-refused': 'misconfigured',
  'redirect-refused': 'misconfigured',
  network: 'unreachable',
  timeout: 'unreachable',
  aborted: 'unknown',
  // A proxy's page, or an answer that breaks off: it is not the provider who speaks.
  'malformed-response': 'unreachable',
};

const BY_CODE: Readonly<Record<string, HealthStatus>> = {
  unauthenticated: 'auth_required',
  consent_required: 'auth_required',
  // Many providers answer 403 to a key that they do not know; a rule of the spec tells a missing scope apart.
  forbidden: 'auth_required',
  AUTH_REQUIRED: 'auth_required',
  rate_limited: 'rate_limited',
  quota_exceeded: 'rate_limited',
  not_found: 'misconfigured',
  invalid_request: 'misconfigured',
  unsupported: 'misconfigured',
  precondition_failed: 'misconfigured',
  MISSING_FIELD: 'misconfigured',
  INVALID_FIELD: 'misconfigured',
  INVALID_KEY: 'misconfigured',
  UNAUTHENTICATED: 'auth_required',
  timeout: 'unreachable',
  outcome_unknown: 'unreachable',
  unavailable: 'unreachable',
};

const NETWORK = /^(?:ECONN|ETIMEDOUT|ENOTFOUND|EAI_|EHOST|ENET|EPIPE|UND_ERR_)/;

/** What an error says about a connection. Any value may be given. */
export function assessError(error: unknown): ProbeFinding {
  const code = codeOf(error);
  const facts = IntegrationError.is(error) ? error : undefined;
  const retryAfterMs = MortiseError.is(error) ? error.retryAfterMs : undefined;
  return {
    status: statusOf(error, code),
    errorMessage: messageOf(error),
    ...(code === undefined ? {} : { errorCode: code }),
    ...(facts?.httpStatus === undefined ? {} : { httpStatus: facts.httpStatus }),
    ...(facts?.requestId === undefined ? {} : { requestId: facts.requestId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function statusOf(error: unknown, code: string | undefined): HealthStatus {
  if (IntegrationRequestError.is(error)) {
    if (error.meaning !== undefined) return BY_MEANING[error.meaning];
    if (error.reason === 'credentials' && error.code !== 'unauthenticated') return 'unknown';
    const known = BY_REASON[error.reason];
    if (known !== undefined) return known;
    // The provider answered: with what nobody expected, or that it cannot.
    if (error.code === 'provider_error') return (error.httpStatus ?? 0) >= 500 ? 'unreachable' : 'unknown';
  }
  if (code === undefined) return 'unknown';
  if (Object.hasOwn(BY_CODE, code)) return BY_CODE[code] ?? 'unknown';
  return NETWORK.test(code) ? 'unreachable' : 'unknown';
}

/** Code of any thrown value, from it or the causes behind a failed `fetch`. Never throws. */
export function codeOf(error: unknown): string | undefined {
  let current = error;
  try {
    for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth += 1) {
      const code: unknown = Reflect.get(current, 'code');
      if (typeof code === 'string' || typeof code === 'number') return String(code);
      current = Reflect.get(current, 'cause');
    }
  } catch {
    // A hostile getter: there is no code to be had.
  }
  return undefined;
}

/** Text of any thrown value. Never throws. */
export function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return 'The error could not be read';
  }
}
