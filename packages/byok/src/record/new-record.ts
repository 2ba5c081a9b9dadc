import type { ByokKeyMetadata } from '@mortise/core';
import { ByokError } from '../byok-error.ts';
import { toInstant } from '../runner/byok-clock.ts';
import type { ByokSubject } from '../runner/runner-options.ts';
import { isPinnedReference } from '../key/sibling-reference.ts';
import type { ByokKeyOwner, ByokKeyRecord } from './byok-key-record.ts';

export function ownerOf({ connection }: ByokSubject): ByokKeyOwner {
  return { tenantId: connection.meta.tenantId, connectionId: connection.meta.id };
}

/**
 * Refuses a connection that the runner must not touch, before anything is read.
 *
 * @throws {ByokError} `INVALID_REQUEST`
 */
export function assertSubject(subject: ByokSubject): void {
  const { meta, ownershipMode, secretRef } = subject.connection;
  const refuse = (fault: string): ByokError =>
    new ByokError({
      code: 'INVALID_REQUEST',
      message: `Connection "${meta.id}" ${fault}`,
      connectionId: meta.id,
    });
  if (meta.tenantId === '' || meta.id === '') throw refuse('has no id, or no tenant');
  if (ownershipMode !== 'byok') throw refuse(`does not bring its own key: its ownership mode is "${ownershipMode}"`);
  let isPinned: boolean;
  try {
    isPinned = isPinnedReference(secretRef);
  } catch {
    throw refuse('has a secret reference that does not follow the grammar');
  }
  if (isPinned) throw refuse('is pinned to one version of its secret; leave the version out of its reference');
}

/** What is known of a key at first: what the connection itself says. */
export function newRecord(subject: ByokSubject, now: number): ByokKeyRecord {
  const { connection } = subject;
  const { createdAt } = connection.meta;
  return {
    format: 1,
    ...ownerOf(subject),
    revision: 0,
    secretRef: connection.secretRef,
    metadata: knownMetadata(connection.byokKeyMetadata) ?? {
      createdAt: readableInstant(createdAt) ?? toInstant(now),
      validationStatus: 'unknown',
    },
    generation: 0,
    retiring: [],
    fence: 0,
  };
}

/**
 * The record for the connection as it is now. A connection that was pointed to another secret has another key, of which
 * nothing is known.
 *
 * @throws {ByokError} `CONFLICT`: a rotation is under way at the place where the key was before.
 */
export function forSubject(record: ByokKeyRecord | undefined, subject: ByokSubject, now: number): ByokKeyRecord {
  if (record === undefined) return newRecord(subject, now);
  const { secretRef, meta } = subject.connection;
  if (record.secretRef === secretRef) return record;
  if (record.rotation !== undefined) {
    throw new ByokError({
      code: 'CONFLICT',
      message: `Connection "${meta.id}" was pointed to another secret while a rotation is under way; point it back, or wait`,
      connectionId: meta.id,
    });
  }
  const { validation: _validation, keyVersion: _keyVersion, compromise: _compromise, ...rest } = record;
  return { ...rest, secretRef, metadata: { createdAt: record.metadata.createdAt, validationStatus: 'unknown' } };
}

/** What the host keeps beside it is not for the record. */
function knownMetadata(metadata: ByokKeyMetadata | undefined): ByokKeyMetadata | undefined {
  if (metadata === undefined) return undefined;
  const { createdAt, validationStatus, lastRotatedAt, lastValidatedAt } = metadata;
  const { quotaSnapshot, expiresAt, scopes, lastError } = metadata;
  return {
    createdAt,
    validationStatus,
    ...(lastRotatedAt === undefined ? {} : { lastRotatedAt }),
    ...(lastValidatedAt === undefined ? {} : { lastValidatedAt }),
    ...(quotaSnapshot === undefined ? {} : { quotaSnapshot }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(lastError === undefined ? {} : { lastError }),
  };
}

function readableInstant(time: string | Date): string | undefined {
  const ms = time instanceof Date ? time.getTime() : Date.parse(time);
  return Number.isNaN(ms) ? undefined : toInstant(ms);
}
