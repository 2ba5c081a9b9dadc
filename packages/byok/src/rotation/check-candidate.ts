import type { ByokKeyValidationOutcome } from '@mortise/core';
import type { ByokRotation, ByokRotationFailureCode } from '../record/byok-key-record.ts';
import { checkKey } from '../validation/check-key.ts';
import { fail, isOldKeyDead, retryAfter, type RotationContext, type StepOutcome } from './rotation-context.ts';

const FAILURES: Readonly<Record<Exclude<ByokKeyValidationOutcome, 'valid'>, ByokRotationFailureCode>> = {
  invalid: 'NEW_KEY_INVALID',
  missing_scope: 'NEW_KEY_LACKS_SCOPES',
  quota_exhausted: 'NEW_KEY_QUOTA_EXHAUSTED',
  unknown: 'NEW_KEY_UNVERIFIED',
};

/** Validates the new key where it waits. Only a key that is plainly valid goes on. */
export async function checkCandidate(context: RotationContext, rotation: ByokRotation): Promise<StepOutcome> {
  const { backend, redactor, env } = context;
  try {
    const key = rotation.candidate === undefined ? undefined : await backend.read(rotation.candidate);
    if (key === undefined) return fail('NO_NEW_KEY', 'The new key was removed from where it was waiting');
    redactor.add(key);
    await context.session.ensure(env.lifecycleTimeoutMs);
    const { outcome, facts, error = outcome, retryAfterMs, isMalformed } = await checkKey(key, context);
    if (outcome === 'valid') {
      const { newKeyExpiresAt: expiresAt } = rotation;
      const validation = { ...(expiresAt === undefined ? {} : { expiresAt }), ...facts };
      return { kind: 'advance', patch: { step: 'validated', validation } };
    }
    if (isMalformed === true) return fail('NEW_KEY_MALFORMED', error);
    if (outcome === 'invalid') return fail(FAILURES[outcome], error);
    const isDead = isOldKeyDead(rotation, env.clock.now());
    // A key without all scopes is still better than one that the provider has ended.
    if (outcome === 'missing_scope' && !isDead) return fail(FAILURES[outcome], error);
    return {
      kind: 'retry',
      error,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(isDead ? {} : { giveUp: FAILURES[outcome] }),
    };
  } catch (error) {
    return retryAfter(context, error, isOldKeyDead(rotation, env.clock.now()) ? undefined : 'NEW_KEY_UNVERIFIED');
  }
}
