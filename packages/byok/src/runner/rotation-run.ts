import type { ByokKeyLifecycle } from '@mortise/core';
import { ByokError } from '../byok-error.ts';
import type { KeyBackend } from '../key/key-backend.ts';
import { decodeKey, isSameKey, type KeyMaterial, type KeyRedactor, replaceFields } from '../key/key-material.ts';
import { isSameReference } from '../key/sibling-reference.ts';
import type { ByokKeyOwner, ByokKeyRecord, ByokNewKeySource } from '../record/byok-key-record.ts';
import { forSubject } from '../record/new-record.ts';
import { driveRotation } from '../rotation/drive-rotation.ts';
import { cannotJoin, type Plan, planRotation, type RotationRequest } from '../rotation/plan-rotation.ts';
import { retireOldKeys } from '../rotation/retire-old-keys.ts';
import type { RotationContext } from '../rotation/rotation-context.ts';
import { type ByokRotationReport, reportRotation, type RotationTicket } from '../rotation/rotation-report.ts';
import type { ResolvedByokKeyPolicy } from '../schedule/byok-key-policy.ts';
import { isRetirementDue } from '../schedule/due-work.ts';
import { toInstant } from './byok-clock.ts';
import type { ByokRotateOptions } from './byok-key-runner.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import { LeaseSession } from './lease-session.ts';
import { RecordAccess } from './record-access.ts';
import type { ByokSubject, RunnerEnvironment } from './runner-options.ts';

export interface RotationRunOptions {
  readonly env: RunnerEnvironment;
  readonly queue: KeyedQueue;
  readonly subject: ByokSubject;
  readonly owner: ByokKeyOwner;
  readonly policy: ResolvedByokKeyPolicy;
  readonly lifecycle: ByokKeyLifecycle;
  readonly backend: KeyBackend;
  readonly redactor: KeyRedactor;
  readonly signal: AbortSignal | undefined;
  /** Epoch milliseconds after which nothing is waited for any more. */
  readonly waitUntilMs: number;
}

/** One caller's request: plans a rotation or joins one, and sees it through as far as its time allows. */
export class RotationRun {
  readonly #options: RotationRunOptions;
  readonly #records: RecordAccess;

  constructor(options: RotationRunOptions) {
    this.#options = options;
    this.#records = new RecordAccess(options.env, options.owner, options.signal);
  }

  async rotate(request: ByokRotateOptions): Promise<ByokRotationReport> {
    const source = await this.#sourceOf(request);
    for (;;) {
      const base = await this.#readBase(source, request.reason);
      const { record, decision } = await this.#plan(request, source, base);
      const { rotation } = record;
      if (decision === 'no source' || rotation === undefined) throw this.#noNewKey(request);
      const ticket: RotationTicket = {
        id: rotation.id,
        reason: rotation.reason,
        isJoined: decision !== 'planned',
        generation: record.generation,
      };
      if (decision === 'refused') throw cannotJoin(record, this.#options.env.pollMs);
      if (decision === 'joined' && request.newSecrets !== undefined) {
        await this.#assertSameKey(record, request.newSecrets, base);
      }
      const report = await this.#see(ticket, request.newSecrets);
      // What was under way had failed already; now that it is tidied up, the request can be planned.
      if (decision !== 'wait' || report.status === 'pending') return report;
    }
  }

  async resume(): Promise<ByokRotationReport | undefined> {
    const record = await this.#records.load();
    if (record === undefined) return undefined;
    forSubject(record, this.#options.subject, this.#now());
    const { rotation, generation } = record;
    if (rotation !== undefined) {
      return this.#see({ id: rotation.id, reason: rotation.reason, isJoined: true, generation });
    }
    if (record.retiring.some((old) => isRetirementDue(old, this.#now()))) await this.#drive();
    return undefined;
  }

  /** Drives a rotation, or waits for who drives it, until it is over or the caller's time is. */
  async #see(ticket: RotationTicket, handedIn?: Readonly<Record<string, string>>): Promise<ByokRotationReport> {
    const { env, queue, owner, signal } = this.#options;
    for (;;) {
      const heldUntilMs = await queue.run(`${owner.tenantId}\n${owner.connectionId}`, signal, async () =>
        this.#driveOrYield(handedIn),
      );
      const record = await this.#records.load();
      if (record === undefined) throw this.#recordGone();
      const now = this.#now();
      const report = reportRotation(record, ticket, now);
      if (report.status !== 'pending') return report;
      const dueMs = Date.parse(record.rotation?.nextAttemptAt ?? '') || now;
      const untilMs = heldUntilMs === undefined ? dueMs : Math.min(heldUntilMs, now + env.pollMs);
      if (untilMs > this.#options.waitUntilMs || (heldUntilMs !== undefined && now >= this.#options.waitUntilMs)) {
        if (heldUntilMs === undefined) return report;
        throw this.#drivenElsewhere(heldUntilMs - now);
      }
      await env.clock.sleep(Math.max(0, untilMs - now), signal);
      signal?.throwIfAborted();
    }
  }

  /** A runner that was overtaken waits for the one that overtook it. */
  async #driveOrYield(handedIn: Readonly<Record<string, string>> | undefined): Promise<number | undefined> {
    try {
      return await this.#drive(handedIn);
    } catch (error) {
      if (!(ByokError.is(error) && error.code === 'LEASE_LOST')) throw error;
      return this.#now() + this.#options.env.pollMs;
    }
  }

  /** @returns When another runner's lease ends, where another runner has it. */
  async #drive(handedIn?: Readonly<Record<string, string>>): Promise<number | undefined> {
    const { env, owner, signal, ...rest } = this.#options;
    const session = await LeaseSession.acquire(env, owner, signal);
    if (session === undefined) return undefined;
    if (!(session instanceof LeaseSession)) return session.heldUntilMs;
    const context: RotationContext = {
      ...rest,
      env,
      session,
      signal,
      ...(handedIn === undefined ? {} : { handedIn }),
    };
    let isReleased = false;
    try {
      await retireOldKeys(context);
      const { rotation } = session.record;
      const isDue = !(Date.parse(rotation?.nextAttemptAt ?? '') > this.#now());
      if (rotation !== undefined && isDue) isReleased = (await driveRotation(context)) === 'waiting';
      if (isReleased) return undefined;
      await retireOldKeys(context);
      await session.release();
      isReleased = true;
      return undefined;
    } finally {
      if (!isReleased) await session.abandon();
    }
  }

  async #plan(
    options: ByokRotateOptions,
    source: ByokNewKeySource | undefined,
    base: KeyMaterial | undefined,
  ): Promise<Plan> {
    const { env, subject, policy, backend } = this.#options;
    const { reason } = options;
    const isCompromised = reason === 'compromised';
    const request: RotationRequest = {
      id: env.newId(),
      reason,
      source,
      overlapMs: options.overlapMs ?? (isCompromised ? policy.compromisedOverlapMs : policy.overlapMs),
      // A key that was handed in is nowhere else: it waits where a run after a crash finds it by its name.
      placement: source?.kind !== 'handed-in' && backend.canStage() ? 'staged' : 'sibling',
      baseVersion: base?.version,
    };
    let decision: Plan['decision'] = 'planned';
    const record = await this.#records.change((stored) => {
      const now = this.#now();
      const plan = planRotation(forSubject(stored, subject, now), request, policy, now);
      decision = plan.decision;
      return plan.record;
    });
    const { tenantId, connectionId, rotation } = record;
    const told = { at: toInstant(this.#now()), tenantId, connectionId };
    if (isCompromised) env.emit({ type: 'key_compromised', ...told });
    if (decision === 'planned' && rotation !== undefined) {
      env.emit({ type: 'rotation_planned', ...told, rotationId: rotation.id, reason });
    }
    return { record, decision };
  }

  /** The key that is to be replaced. */
  async #readBase(
    source: ByokNewKeySource | undefined,
    reason: ByokRotateOptions['reason'],
  ): Promise<KeyMaterial | undefined> {
    const { backend, redactor, signal } = this.#options;
    const { id } = this.#options.subject.connection.meta;
    let key: KeyMaterial | undefined;
    try {
      key = await backend.readCurrent();
    } catch (error) {
      signal?.throwIfAborted();
      throw new ByokError({
        code: 'KEY_UNREADABLE',
        message: `The key of connection "${id}" cannot be read before its rotation: ${redactor.messageOf(error)}`,
        connectionId: id,
        cause: error,
      });
    }
    if (key !== undefined) redactor.add(key);
    if (key !== undefined || source === undefined || source.kind !== 'lifecycle') return key;
    throw new ByokError({
      code: 'KEY_NOT_FOUND',
      message: `No secret is under the reference of connection "${id}", so its ${reason} rotation has no key to replace`,
      connectionId: id,
    });
  }

  async #sourceOf(request: ByokRotateOptions): Promise<ByokNewKeySource | undefined> {
    const { lifecycle, env, subject, backend, redactor } = this.#options;
    const { newSecretRef: reference, newSecrets, overlapMs } = request;
    if (overlapMs !== undefined && !(overlapMs >= 0)) throw this.#invalid(`"overlapMs" is ${overlapMs}`);
    if (reference === undefined) {
      if (newSecrets === undefined) return lifecycle.rotateKey === undefined ? undefined : { kind: 'lifecycle' };
      redactor.addValues(newSecrets);
      if (Object.keys(newSecrets).length === 0) throw this.#invalid('"newSecrets" has no field');
      return { kind: 'handed-in' };
    }
    if (newSecrets !== undefined) throw this.#invalid('give "newSecretRef" or "newSecrets", not both');
    if (this.#isOwnReference(reference)) {
      throw this.#invalid("the new key's reference is the connection's own; put the new key in a place of its own");
    }
    const { connection } = subject;
    const isAllowed: unknown = await env.allowReference?.({ connection, reference });
    if (isAllowed !== true) {
      throw new ByokError({
        code: 'FORBIDDEN',
        message: `Connection "${connection.meta.id}" may not take its new key from the reference that the request names`,
        connectionId: connection.meta.id,
      });
    }
    return { kind: 'reference', reference, ...(await this.#versionUnder(backend, reference)) };
  }

  /** Pinned, so that what is validated is what becomes current. */
  async #versionUnder(backend: KeyBackend, reference: string): Promise<{ version?: string }> {
    const { redactor, signal, subject } = this.#options;
    const { id } = subject.connection.meta;
    try {
      const key = await backend.read({ reference });
      if (key !== undefined) {
        redactor.add(key);
        return key.version === undefined ? {} : { version: key.version };
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw new ByokError({
        code: 'KEY_UNREADABLE',
        message: `The new key of connection "${id}" cannot be read: ${redactor.messageOf(error)}`,
        connectionId: id,
        cause: error,
      });
    }
    throw new ByokError({
      code: 'NO_NEW_KEY',
      message: `There is no secret under the reference of the new key of connection "${id}"; nothing was changed`,
      connectionId: id,
    });
  }

  #isOwnReference(reference: string): boolean {
    try {
      return isSameReference(reference, this.#options.backend.reference);
    } catch {
      throw this.#invalid("the new key's reference does not follow the grammar");
    }
  }

  /** A key that is handed in while another one is on its way must be that one. */
  async #assertSameKey(
    record: ByokKeyRecord,
    newSecrets: Readonly<Record<string, string>>,
    current: KeyMaterial | undefined,
  ): Promise<void> {
    const { backend, env } = this.#options;
    const { rotation } = record;
    if (rotation === undefined) return;
    const candidate = await backend.read(rotation.candidate ?? { reference: backend.siblingReference(rotation.id) });
    const isStored = rotation.step !== 'planned' && rotation.step !== 'obtaining';
    if (candidate === undefined && !isStored) return;
    const wanted = decodeKey({ data: replaceFields(current, newSecrets, backend.onlyField) }, backend.onlyField);
    if (candidate === undefined || !isSameKey(candidate, wanted)) throw cannotJoin(record, env.pollMs);
  }

  #now(): number {
    return this.#options.env.clock.now();
  }

  #invalid(fault: string): ByokError {
    const { id } = this.#options.subject.connection.meta;
    return new ByokError({
      code: 'INVALID_REQUEST',
      message: `Rotation of connection "${id}": ${fault}`,
      connectionId: id,
    });
  }

  #noNewKey({ reason }: ByokRotateOptions): ByokError {
    const { id } = this.#options.subject.connection.meta;
    const rest = reason === 'compromised' ? 'the compromised key is still in use' : 'nothing was changed';
    return new ByokError({
      code: 'NO_NEW_KEY',
      message: `No new key is to be had for connection "${id}": its provider makes none and the request brings none; ${rest}`,
      connectionId: id,
    });
  }

  #drivenElsewhere(leftMs: number): ByokError {
    const { connectionId } = this.#options.owner;
    return new ByokError({
      code: 'CONFLICT',
      message: `Another runner drives the rotation of connection "${connectionId}"`,
      retryAfterMs: Math.max(0, leftMs),
      connectionId,
    });
  }

  #recordGone(): ByokError {
    const { connectionId } = this.#options.owner;
    return new ByokError({
      code: 'CONFLICT',
      message: `The record of connection "${connectionId}" was removed during its rotation`,
      connectionId,
    });
  }
}
