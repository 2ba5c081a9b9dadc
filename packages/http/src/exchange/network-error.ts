import { IntegrationRequestError } from '../errors/integration-request-error.ts';

/** Failures of a connection from before a request leaves. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

/** How Deno says the same; its errors have no code. */
const NEVER_SENT_TEXT = /client error \(Connect\)/;

const CODE = /^[A-Za-z0-9_]{1,64}$/;

/** What is known of a request when its connection fails. */
export interface SentRequest {
  readonly subject: string;
  /** Whether a repetition has no effect beyond the first: by its method, or by an idempotency key. */
  readonly isRepeatable: boolean;
}

/**
 * The error of a request that got no answer, or half of one. A write that may have happened is `outcome_unknown`, and
 * not to be repeated blindly.
 */
export function networkError(cause: unknown, { subject, isRepeatable }: SentRequest): IntegrationRequestError {
  const code = codeOf(cause);
  const isSafe = isRepeatable || (code === undefined ? isConnectFailure(cause) : NEVER_SENT.has(code));
  const detail = code === undefined ? '' : ` (${code})`;
  return new IntegrationRequestError({
    code: isSafe ? 'unavailable' : 'outcome_unknown',
    retry: isSafe ? 'transient' : 'never',
    reason: 'network',
    message: `${subject}: the connection failed${detail}${isSafe ? '' : '; whether the provider acted is not known'}`,
    cause,
  });
}

/** A time limit that struck while a write was under way leaves its outcome open. */
export function withOpenOutcome(error: unknown, { subject, isRepeatable }: SentRequest): unknown {
  if (isRepeatable || !IntegrationRequestError.is(error) || error.reason !== 'timeout') return error;
  return new IntegrationRequestError({
    code: 'outcome_unknown',
    reason: 'timeout',
    message: `${error.message}; whether the provider acted is not known (${subject} has no idempotency key)`,
    cause: error,
  });
}

/** The system's code of a failed connection, from the error or its causes. */
function codeOf(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth += 1) {
    const code: unknown = Reflect.get(current, 'code');
    if (typeof code === 'string' && CODE.test(code)) return code;
    const [inner]: readonly unknown[] = current instanceof AggregateError ? current.errors : [];
    current = inner ?? Reflect.get(current, 'cause');
  }
  return undefined;
}

function isConnectFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return NEVER_SENT_TEXT.test(error.message) || isConnectFailure(error.cause);
}
