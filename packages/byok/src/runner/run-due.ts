import type { ByokKeyRotationReason } from '@mortise/core';
import type { ByokKeyOwner, ByokKeyRecord } from '../record/byok-key-record.ts';
import { ByokError } from '../byok-error.ts';
import type { ByokRotationReport } from '../rotation/rotation-report.ts';
import type { ResolvedByokKeyPolicy } from '../schedule/byok-key-policy.ts';
import { isStillCompromised } from '../record/compromise.ts';
import { type ByokDueTask, listDueWork } from '../schedule/due-work.ts';
import type { ByokValidationReport } from './byok-key-runner.ts';
import type { ByokSubject, RunnerEnvironment } from './runner-options.ts';

export interface RunDueOptions {
  /** Epoch milliseconds that decide what is due. Default: the runner's clock. */
  readonly now?: number;
  /** Connections that are worked on at once, 1 or more. Default 4. */
  readonly concurrency?: number;
  /** Aborting rejects with the signal's reason; what was begun stays resumable. */
  readonly signal?: AbortSignal;
}

/** What became of one task, or of a connection before its tasks were known. */
export type ByokDueResult = ByokKeyOwner &
  (
    | { readonly task: 'validate'; readonly status: 'done'; readonly validation: ByokValidationReport }
    /** `rotation` is absent where only old keys were due. */
    | { readonly task: 'resume' | 'retire' | 'rotate'; readonly status: 'done'; readonly rotation?: ByokRotationReport }
    /** It is time for a new key, and only the tenant can bring one. */
    | { readonly task: 'rotate'; readonly status: 'needs_key' }
    | { readonly task: 'find'; readonly status: 'gone' }
    | { readonly task: ByokDueTask | 'find'; readonly status: 'failed'; readonly error: unknown }
  );

/** What the runner does for one connection. */
export interface DueWorker {
  readonly env: RunnerEnvironment;
  canRotate(subject: ByokSubject): boolean;
  policyOf(subject: ByokSubject): ResolvedByokKeyPolicy;
  load(owner: ByokKeyOwner, signal: AbortSignal): Promise<ByokKeyRecord | undefined>;
  validate(subject: ByokSubject, signal: AbortSignal): Promise<ByokValidationReport>;
  rotate(subject: ByokSubject, reason: ByokKeyRotationReason, signal: AbortSignal): Promise<ByokRotationReport>;
  resume(subject: ByokSubject, signal: AbortSignal): Promise<ByokRotationReport | undefined>;
}

/** See `ByokKeyRunner.runDue`. Nothing runs on when the consumer stops reading. */
export async function* runDueWork(
  worker: DueWorker,
  options: RunDueOptions,
): AsyncGenerator<ByokDueResult, void, undefined> {
  const { env } = worker;
  const { concurrency = 4, now = env.clock.now() } = options;
  if (env.findSubject === undefined) throw invalid('runDue needs the option "findSubject"');
  if (!(Number.isInteger(concurrency) && concurrency > 0)) {
    throw invalid(`"concurrency" must be a whole number from 1, and is ${concurrency}`);
  }
  const controller = new AbortController();
  const signal =
    options.signal === undefined ? controller.signal : AbortSignal.any([options.signal, controller.signal]);
  const running = new Set<Promise<void>>();
  const ready: ByokDueResult[] = [];
  const start = (record: ByokKeyRecord): void => {
    const task = workOn(worker, record, { now, signal, tell: (result) => void ready.push(result) }).finally(
      () => void running.delete(task),
    );
    // Looked at below; a consumer that has stopped reading must not make it an unhandled rejection.
    task.catch(() => {});
    running.add(task);
  };
  try {
    for await (const record of listRecords(env, signal)) {
      signal.throwIfAborted();
      start(record);
      while (running.size >= concurrency) await Promise.race(running);
      yield* ready.splice(0);
    }
    while (running.size > 0) {
      await Promise.race(running);
      yield* ready.splice(0);
    }
    signal.throwIfAborted();
    yield* ready.splice(0);
  } finally {
    controller.abort(new ByokError({ code: 'CONFLICT', message: 'Nobody reads the results of runDue any more' }));
    await Promise.allSettled(running);
  }
}

interface WorkOptions {
  readonly now: number;
  readonly signal: AbortSignal;
  readonly tell: (result: ByokDueResult) => void;
}

/** Rejects only when it was aborted. */
async function workOn(worker: DueWorker, record: ByokKeyRecord, options: WorkOptions): Promise<void> {
  const { signal, tell } = options;
  const { tenantId, connectionId } = record;
  const owner: ByokKeyOwner = { tenantId, connectionId };
  try {
    signal.throwIfAborted();
    const subject = await worker.env.findSubject?.(owner, { signal });
    if (subject === undefined) tell({ ...owner, task: 'find', status: 'gone' });
    else await workThrough(worker, subject, record, options);
  } catch (error) {
    signal.throwIfAborted();
    tell({ ...owner, task: 'find', status: 'failed', error });
  }
}

async function workThrough(
  worker: DueWorker,
  subject: ByokSubject,
  record: ByokKeyRecord,
  { now, signal, tell }: WorkOptions,
): Promise<void> {
  const { tenantId, connectionId } = record;
  const owner: ByokKeyOwner = { tenantId, connectionId };
  const policy = worker.policyOf(subject);
  const tried = new Set<ByokDueTask>();
  let latest: ByokKeyRecord | undefined = record;
  while (latest !== undefined) {
    // Asked again after each task: a key that has just been refused, say, is not rotated.
    const task = listDueWork(latest, policy, now).find((due) => !tried.has(due));
    if (task === undefined) return;
    tried.add(task);
    try {
      tell({ ...owner, ...(await perform(worker, subject, { task, record: latest, signal })) });
    } catch (error) {
      signal.throwIfAborted();
      tell({ ...owner, task, status: 'failed', error });
    }
    signal.throwIfAborted();
    latest = await worker.load(owner, signal);
  }
}

type Performed = ByokDueResult extends infer Result
  ? Result extends ByokKeyOwner
    ? Omit<Result, keyof ByokKeyOwner>
    : never
  : never;

async function perform(
  worker: DueWorker,
  subject: ByokSubject,
  { task, record, signal }: { task: ByokDueTask; record: ByokKeyRecord; signal: AbortSignal },
): Promise<Performed> {
  switch (task) {
    case 'validate':
      return { task, status: 'done', validation: await worker.validate(subject, signal) };
    case 'resume':
    case 'retire': {
      const rotation = await worker.resume(subject, signal);
      return { task, status: 'done', ...(rotation === undefined ? {} : { rotation }) };
    }
    case 'rotate': {
      if (!worker.canRotate(subject)) return { task, status: 'needs_key' };
      const reason = isStillCompromised(record) ? 'compromised' : 'scheduled';
      return { task, status: 'done', rotation: await worker.rotate(subject, reason, signal) };
    }
    default:
      return task satisfies never;
  }
}

async function* listRecords(
  env: RunnerEnvironment,
  signal: AbortSignal,
): AsyncGenerator<ByokKeyRecord, void, undefined> {
  try {
    yield* env.store.list({ signal });
  } catch (error) {
    signal.throwIfAborted();
    if (ByokError.is(error)) throw error;
    throw new ByokError({ code: 'STORE_FAILED', message: 'The store could not list its records', cause: error });
  }
}

function invalid(fault: string): ByokError {
  return new ByokError({ code: 'INVALID_OPTIONS', message: `Key runner: ${fault}` });
}
