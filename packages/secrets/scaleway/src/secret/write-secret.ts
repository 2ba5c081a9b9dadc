import { crc32 } from 'node:zlib';
import type { SecretRotateOptions } from '@mortise/secrets';
import type { Secretv1beta1 } from '@scaleway/sdk-secret';
import { ScalewayFailure } from '../errors/scaleway-failure.ts';
import type { ScalewayEphemeralPolicy } from '../options/scaleway-options.ts';
import type { ScalewayReference, ScalewaySecretByName } from '../reference/scaleway-reference.ts';
import { failure } from '../reference/subject.ts';
import { type ApiCall, projectOf, regionOf } from './api-call.ts';
import { describeSecret, expectFound, findDeleted, findSecret, type FoundSecret, toFound } from './find-secret.ts';
import { currentOf, listVersions } from './list-versions.ts';
import { isRevision } from './read-secret.ts';
import type { PlannedWrite } from './planned-write.ts';
import { findRepeatedWrite } from './repeated-write.ts';
import { mergeTags } from './secret-tags.ts';

export interface WrittenVersion {
  readonly revision: number;
  readonly previousRevision?: number;
}

/** Writes a version, creating the secret where its name is free. */
export async function writeSecret(
  call: ApiCall,
  reference: ScalewayReference,
  plan: PlannedWrite,
): Promise<WrittenVersion> {
  const { secret } = reference;
  if ('id' in secret) return { revision: await addVersion(call, await expectFound(call, reference), plan) };
  const region = regionOf(call, reference.region);
  const found = await findSecret(call, reference);
  if (found === undefined) {
    const created = await createSecret(call, region, secret, plan);
    if (created !== undefined) return { revision: await postVersion(call, created, plan) };
  }
  // Somebody else was faster than we could create it.
  const existing = found ?? (await findSecret(call, reference)) ?? (await refuseTaken(call, region, secret));
  try {
    return { revision: await addVersion(call, existing, plan) };
  } catch (error) {
    if (!(error instanceof ScalewayFailure) || error.problem?.type !== 'not_found') throw error;
    throw failure(call.subject, 'CONFLICT', 'the secret was deleted while it was being written', { cause: error });
  }
}

/** Writes a version of a secret that has one, and names the one that was current before. */
export async function rotateSecret(
  call: ApiCall,
  reference: ScalewayReference,
  plan: PlannedWrite,
  { overlapMs }: Pick<SecretRotateOptions, 'overlapMs'>,
): Promise<WrittenVersion> {
  const found = await expectFound(call, reference);
  const versions = await listVersions(call, found);
  const repeated = await findRepeatedWrite(call, found, versions, plan);
  if (repeated !== undefined) return { revision: repeated };
  // What is left of a creation whose first version was never written is no secret yet.
  if (versions.length === 0) throw failure(call.subject, 'NOT_FOUND', 'it has no version; setSecret would write one');
  const current = currentOf(versions);
  if (overlapMs !== undefined && current !== undefined) assertStays(call, current.ephemeralProperties, overlapMs);
  await applyTags(call, found, plan.tags);
  const revision = await postVersion(call, found, plan);
  return { revision, ...(current === undefined ? {} : { previousRevision: current.revision }) };
}

async function addVersion(call: ApiCall, found: FoundSecret, plan: PlannedWrite): Promise<number> {
  if (plan.description !== undefined) {
    const repeated = await findRepeatedWrite(call, found, await listVersions(call, found), plan);
    if (repeated !== undefined) return repeated;
  }
  await applyTags(call, found, plan.tags);
  return postVersion(call, found, plan);
}

/** `undefined`: the name has been taken meanwhile, or is still held by a secret that was deleted. */
async function createSecret(
  call: ApiCall,
  region: string,
  secret: ScalewaySecretByName,
  { tags }: PlannedWrite,
): Promise<FoundSecret | undefined> {
  const { type = 'opaque', description, isProtected = false, ephemeralPolicy, keyId } = call.settings.newSecrets;
  try {
    const created = await call.connection.call(call.signal, async (api) =>
      api.createSecret({
        region,
        projectId: projectOf(call, secret),
        name: secret.name,
        path: secret.folder,
        tags: [...tags],
        type,
        protected: isProtected,
        ...(description === undefined ? {} : { description }),
        ...(keyId === undefined ? {} : { keyId }),
        ...(ephemeralPolicy === undefined ? {} : { ephemeralPolicy: toWirePolicy(ephemeralPolicy) }),
      }),
    );
    return toFound(call, region, created);
  } catch (error) {
    if (error instanceof ScalewayFailure && error.problem?.type === 'already_exists') return undefined;
    throw error;
  }
}

/**
 * Says why a name is neither free nor found.
 *
 * @throws {SecretProviderError} `PENDING_DELETION`, or `CONFLICT` where no one says why.
 */
async function refuseTaken(call: ApiCall, region: string, secret: ScalewaySecretByName): Promise<never> {
  if ((await findDeleted(call, region, secret)) === undefined) {
    throw failure(call.subject, 'CONFLICT', 'the name is taken, but no secret is found under it; try again');
  }
  throw failure(call.subject, 'PENDING_DELETION', 'a secret of this name is scheduled for deletion; restore it first');
}

async function postVersion(
  { connection, signal, subject }: ApiCall,
  { region, id: secretId }: FoundSecret,
  { bytes, description }: PlannedWrite,
): Promise<number> {
  const { revision } = await connection.call(signal, async (api) =>
    api.createSecretVersion({
      region,
      secretId,
      data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
      dataCrc32: crc32(bytes),
      // Never `disablePrevious`: whoever still holds the version before must be able to read it.
      ...(description === undefined ? {} : { description }),
    }),
  );
  if (isRevision(revision)) return revision;
  throw failure(subject, 'INTEGRITY', 'the answer names no version; the write has happened');
}

/** Before the version, so that a write that stops between the two is completed by its repetition. */
async function applyTags(call: ApiCall, found: FoundSecret, added: readonly string[]): Promise<void> {
  if (added.length === 0) return;
  const { region, id: secretId } = found;
  const described =
    found.details === undefined ? await describeSecret(call, { region, secret: { id: secretId } }) : found;
  const present = described?.details?.tags ?? [];
  const tags = mergeTags(present, added);
  if (tags.length === present.length && tags.every((tag) => present.includes(tag))) return;
  await call.connection.call(call.signal, async (api) => api.updateSecret({ region, secretId, tags }));
}

/** The service ends versions of ephemeral secrets by itself. */
function assertStays(
  { subject, settings }: ApiCall,
  properties: { readonly expiresAt?: Date; readonly expiresOnceAccessed?: boolean } | undefined,
  overlapMs: number,
): void {
  if (properties?.expiresOnceAccessed === true) {
    throw failure(subject, 'UNSUPPORTED', 'the current version ends with its first read, so no overlap can be kept');
  }
  const endsAt = properties?.expiresAt?.getTime();
  if (endsAt === undefined || endsAt >= settings.now() + overlapMs) return;
  throw failure(subject, 'UNSUPPORTED', 'the current version expires before the overlap ends');
}

function toWirePolicy({
  timeToLiveMs,
  expiresOnceAccessed,
  action,
}: ScalewayEphemeralPolicy): Secretv1beta1.EphemeralPolicy {
  return {
    action,
    ...(timeToLiveMs === undefined ? {} : { timeToLive: `${timeToLiveMs / 1000}s` }),
    ...(expiresOnceAccessed === undefined ? {} : { expiresOnceAccessed }),
  };
}
