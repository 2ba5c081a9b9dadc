import type { ByokKeyRotationReason } from '@mortise/core';
import type { KeyMaterial } from '../key/key-material.ts';
import { boundedCall } from '../runner/bounded-call.ts';
import type { RotationContext } from './rotation-context.ts';

export interface RevocationOptions {
  readonly reason: ByokKeyRotationReason;
  readonly idempotencyKey: string;
  /** The key that stays in use. */
  readonly current: KeyMaterial | undefined;
}

/**
 * Tells the provider to end a key. Rejects when that is not certain.
 *
 * @returns False: the lifecycle offers no way.
 */
export async function revokeKey(
  context: RotationContext,
  key: KeyMaterial,
  { reason, idempotencyKey, current }: RevocationOptions,
): Promise<boolean> {
  const { env, lifecycle, subject, session, redactor, signal } = context;
  if (lifecycle.revokeKey === undefined) return false;
  redactor.add(key);
  await session.ensure(env.lifecycleTimeoutMs);
  const { connection } = subject;
  await boundedCall(
    "The provider's revocation",
    async (attemptSignal) =>
      lifecycle.revokeKey?.(
        { ...key.fields },
        {
          connectionId: connection.meta.id,
          reason,
          ...(current === undefined ? {} : { currentSecrets: { ...current.fields } }),
          idempotencyKey,
          signal: attemptSignal,
          connection,
          config: connection.config,
        },
      ),
    { clock: env.clock, timeoutMs: env.lifecycleTimeoutMs, signal },
  );
  return true;
}
