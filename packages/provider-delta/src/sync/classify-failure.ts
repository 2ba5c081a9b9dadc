import { IntegrationError, MortiseError } from '@mortise/core';
import { DeltaError } from '../errors/delta-error.ts';

/** What a failure means for a sync. */
type FailureKind = 'cursor_expired' | 'auth_required' | 'transient' | 'permanent' | 'lost';

export interface ClassifiedFailure {
  readonly kind: FailureKind;
  readonly code: string;
  readonly retryAfterMs?: number;
}

const AUTH = new Set(['unauthenticated', 'consent_required', 'AUTH_REQUIRED', 'AUTH_EXPIRED', 'UNAUTHENTICATED']);

/** What follows from a failure. Any value may be given. */
export function classifyFailure(error: unknown): ClassifiedFailure {
  if (DeltaError.is(error)) {
    const isLost = error.code === 'LEASE_LOST' || error.code === 'CONFLICT';
    return { kind: isLost ? 'lost' : 'permanent', code: error.code };
  }
  const code = codeOf(error);
  if (code === 'cursor_expired') return { kind: 'cursor_expired', code };
  if (AUTH.has(code)) return { kind: 'auth_required', code };
  const isRetryable = Reflect.get(Object(error), 'retryable') === true;
  const retryAfterMs = MortiseError.is(error) ? error.retryAfterMs : undefined;
  return {
    kind: isRetryable ? 'transient' : 'permanent',
    code,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function codeOf(error: unknown): string {
  if (IntegrationError.is(error)) return error.code;
  const code: unknown = Reflect.get(Object(error), 'code');
  return typeof code === 'string' && /^[A-Za-z][\w.-]{0,63}$/.test(code) ? code : 'UNKNOWN';
}
