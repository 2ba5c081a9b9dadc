import { IntegrationError } from '@mortise/core';
import type { HealthProvider } from '../health-provider.ts';
import { listHealthPage } from '../list-page.ts';
import type { HealthEntity, HealthEntityType, HealthRecordByType } from '../model/entity.ts';
import type { HealthListBiometricsParams } from '../model/list.ts';
import { check, ConformanceFailure, fail } from './conformance-failure.ts';
import type { HealthConformanceTarget, HealthSubject, HealthSubjectSetup } from './conformance-target.ts';
import { SCOPE } from './sample-records.ts';

/** How long a rejection may take after an abort. */
export const ABORT_WITHIN_MS = 100;

/** What every list of the checks asks for. */
export const SCOPED = { tenantId: SCOPE.tenantId, connectionId: SCOPE.connectionId } as const;

/** Runs a check against a provider whose vendor holds the records, and releases everything afterwards. */
export async function withSubject(
  target: HealthConformanceTarget,
  records: readonly HealthEntity[],
  run: (subject: HealthSubject) => Promise<void>,
  setup: Partial<HealthSubjectSetup> = {},
): Promise<void> {
  const subject = await target.open({ records, credential: 'conformance-credential', ...setup });
  try {
    await run(subject);
  } finally {
    await subject.close();
  }
}

/** Every record of a list, page by page. Fails for a list that does not end. */
export async function readAll<Type extends HealthEntityType>(
  provider: HealthProvider,
  entityType: Type,
  params: Partial<HealthListBiometricsParams> = {},
): Promise<HealthRecordByType[Type][]> {
  const records: HealthRecordByType[Type][] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 100; pages += 1) {
    const page = await listHealthPage(provider, entityType, {
      ...SCOPED,
      ...params,
      ...(cursor === undefined ? {} : { cursor }),
    });
    records.push(...page.items);
    if (!page.hasMore) return records;
    cursor = page.nextCursor;
  }
  return fail('the list did not end within 100 pages');
}

/** The only record of a list. */
export async function readOne<Type extends HealthEntityType>(
  provider: HealthProvider,
  entityType: Type,
): Promise<HealthRecordByType[Type]> {
  const [record, ...others] = await readAll(provider, entityType);
  if (record === undefined || others.length > 0)
    fail(`expected one ${entityType}, got ${others.length + (record === undefined ? 0 : 1)}`);
  return record;
}

/** Waits for a rejection and gives its error. */
export async function rejectionOf(promise: Promise<unknown>, what: string): Promise<IntegrationError<string>> {
  const error = await promise.then(
    () => fail(`${what}: expected a rejection, got a result`),
    (reason: unknown) => reason,
  );
  if (error instanceof ConformanceFailure) throw error;
  if (!IntegrationError.is(error)) fail(`${what}: expected an IntegrationError, got ${typeof error}`);
  return error;
}

/** Checks that a promise rejects with a code. */
export async function rejectsWith(promise: Promise<unknown>, code: string, what: string): Promise<void> {
  const error = await rejectionOf(promise, what);
  check(error.code === code, `${what}: expected code "${code}", got "${error.code}"`);
}

/** The promise, or a failure when it has not settled in time. */
export async function within<Value>(ms: number, promise: Promise<Value>, what: string): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ConformanceFailure(`${what}: nothing happened within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits until a condition holds, which takes a few turns of the event loop where sockets are involved. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 1000;
  while (!condition()) {
    if (Date.now() > deadline) fail(`${what}: did not happen within 1000 ms`);
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
}

/** Freezes a value and all plain data in it. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const item of Object.values(value)) deepFreeze(item);
  return Object.freeze(value);
}
