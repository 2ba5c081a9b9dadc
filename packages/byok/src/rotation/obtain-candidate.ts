import { type KeyMaterial, decodeKey, isSameKey, replaceFields } from '../key/key-material.ts';
import { isRefusal } from '../key/key-backend.ts';
import { isSameReference } from '../key/sibling-reference.ts';
import type { ByokRotation } from '../record/byok-key-record.ts';
import { boundedCall } from '../runner/bounded-call.ts';
import { toExpiry } from '../validation/check-key.ts';
import { fail, patchRotation, retryAfter, type RotationContext, type StepOutcome } from './rotation-context.ts';
import { revokeKey } from './revoke-key.ts';

interface ObtainedKey {
  readonly bytes: Uint8Array;
  readonly patch: Partial<ByokRotation>;
}

interface StorableKey {
  readonly key: KeyMaterial;
  /** The key in use. */
  readonly current: KeyMaterial | undefined;
  readonly patch: Partial<ByokRotation>;
}

/**
 * Gets the new key and puts it in a durable place of its own before anything else is done with it. A candidate that a run
 * before this one stored and could not note down is found again.
 */
export async function obtainCandidate(context: RotationContext, rotation: ByokRotation): Promise<StepOutcome> {
  const { backend, redactor } = context;
  try {
    const sibling = backend.siblingReference(rotation.id);
    if (rotation.placement === 'sibling') {
      const found = await backend.read({ reference: sibling });
      if (found !== undefined) {
        return { kind: 'advance', patch: { step: 'stored', candidate: placeOf(sibling, found.version) } };
      }
    }
    const current = await backend.readCurrent();
    if (current !== undefined) redactor.add(current);
    const obtained = await obtainKey(context, rotation, current);
    if ('kind' in obtained) return obtained;
    const key = decodeKey({ data: obtained.bytes }, backend.onlyField);
    redactor.add(key);
    if (current !== undefined && isSameKey(key, current)) {
      return fail('SAME_KEY', 'The new key is the one that is in use already');
    }
    return await storeCandidate(context, rotation, { key, current, patch: obtained.patch });
  } catch (error) {
    return retryAfter(context, error, 'NO_NEW_KEY');
  }
}

async function storeCandidate(
  context: RotationContext,
  rotation: ByokRotation,
  { key, current, patch }: StorableKey,
): Promise<StepOutcome> {
  const { backend, session, env } = context;
  const { id } = rotation;
  let placement = rotation.placement;
  try {
    if (placement === 'staged') {
      await session.ensure(env.secretTimeoutMs);
      const candidate = await backend.stage(key.bytes, `${id}-stage`);
      if (candidate !== undefined) return { kind: 'advance', patch: { ...patch, step: 'stored', candidate } };
      // Noted down first, so that a run after this one looks for the candidate where it is.
      placement = 'sibling';
      await session.change((record) => patchRotation(record, { ...patch, placement: 'sibling' }));
    }
    await session.ensure(env.secretTimeoutMs);
    const candidate = await backend.store(backend.siblingReference(id), key.bytes, `${id}-candidate`);
    return { kind: 'advance', patch: { ...patch, placement, step: 'stored', candidate } };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // The one moment in which a key that the provider made is nowhere but here: not to be left there for good.
    if (rotation.source.kind === 'lifecycle') {
      const request = { reason: rotation.reason, idempotencyKey: `${id}-discard`, current };
      await revokeKey(context, key, request).catch(() => {});
    }
    return fail('BACKEND_REFUSED', context.redactor.messageOf(error));
  }
}

async function obtainKey(
  context: RotationContext,
  rotation: ByokRotation,
  current: KeyMaterial | undefined,
): Promise<ObtainedKey | StepOutcome> {
  const { source } = rotation;
  switch (source.kind) {
    case 'lifecycle':
      return askLifecycle(context, rotation, current);
    case 'reference': {
      const found = await context.backend.read(source);
      if (found === undefined) return fail('NO_NEW_KEY', 'There is no secret under the reference of the new key');
      return { bytes: found.bytes, patch: {} };
    }
    case 'handed-in': {
      const { handedIn, backend } = context;
      if (handedIn === undefined) {
        return fail(
          'NO_NEW_KEY',
          'The key that was handed in was not stored before its runner ended; hand it in again',
        );
      }
      return { bytes: replaceFields(current, handedIn, backend.onlyField), patch: {} };
    }
    default:
      return source satisfies never;
  }
}

async function askLifecycle(
  context: RotationContext,
  rotation: ByokRotation,
  current: KeyMaterial | undefined,
): Promise<ObtainedKey | StepOutcome> {
  const { env, lifecycle, subject, session, signal, redactor, backend } = context;
  if (lifecycle.rotateKey === undefined) return fail('NO_NEW_KEY', 'The provider makes no keys for its users');
  if (current === undefined) return fail('NO_NEW_KEY', 'There is no key that the provider could replace');
  if (rotation.step === 'planned') return { kind: 'advance', patch: { step: 'obtaining' } };
  await session.ensure(env.lifecycleTimeoutMs);
  const { connection } = subject;
  const result = await boundedCall(
    "The provider's rotation",
    async (attemptSignal) =>
      lifecycle.rotateKey?.(
        { ...current.fields },
        {
          connectionId: connection.meta.id,
          reason: rotation.reason,
          idempotencyKey: rotation.id,
          signal: attemptSignal,
          connection,
          config: connection.config,
        },
      ),
    { clock: env.clock, timeoutMs: env.lifecycleTimeoutMs, signal },
  );
  if (result === undefined) return fail('NO_NEW_KEY', 'The lifecycle gave no result of the rotation');
  redactor.addValues(result.newSecrets);
  if (!result.success) {
    const error = redactor.text(result.error ?? 'The provider made no new key');
    return result.retryable === true ? { kind: 'retry', error, giveUp: 'NO_NEW_KEY' } : fail('NO_NEW_KEY', error);
  }
  const { previousKeyValidUntil, expiresAt } = result;
  const patch = {
    ...(isInstant(previousKeyValidUntil) ? { previousKeyValidUntil } : {}),
    ...(typeof expiresAt === 'string' ? { newKeyExpiresAt: toExpiry(expiresAt, redactor) } : {}),
  };
  if (result.newSecrets !== undefined) {
    return { bytes: replaceFields(current, result.newSecrets, backend.onlyField), patch };
  }
  if (result.newSecretRef === undefined)
    return fail('NO_NEW_KEY', 'The lifecycle tells neither the new key nor its place');
  if (isSameReference(result.newSecretRef, backend.reference)) {
    return fail('NO_NEW_KEY', 'The lifecycle wrote the new key over the old one, which only the runner may do');
  }
  const found = await backend.read({ reference: result.newSecretRef });
  if (found === undefined)
    return { kind: 'retry', error: 'Nothing is where the new key should be', giveUp: 'NO_NEW_KEY' };
  return { bytes: found.bytes, patch };
}

function isInstant(text: string | undefined): text is string {
  return typeof text === 'string' && !Number.isNaN(Date.parse(text));
}

function placeOf(reference: string, version: string | undefined): { reference: string; version?: string } {
  return { reference, ...(version === undefined ? {} : { version }) };
}
