import { IntegrationError, type IntegrationErrorCode, MortiseError, type Page } from '@mortise/core';
import { type HealthEntity, type HealthEntityType, type HealthRecordByType, toHealthEntity } from '../model/entity.ts';
import type { HealthSyncFailure, HealthSyncResult } from '../model/sync.ts';
import { compareInstants } from '../time/instant.ts';
import { recordTimeOf } from '../time/record-time.ts';

/**
 * Where a sync puts what it reads. Storing the same record again must replace it: a sync that is gone on with may give a
 * page twice.
 */
export type StoreHealthRecord = (entity: HealthEntity, signal: AbortSignal | undefined) => Promise<void>;

export interface SyncFromPagesOptions<Type extends HealthEntityType> {
  readonly entityType: Type;
  /** Where to begin; the `nextCursor` of a sync that ended early. */
  readonly cursor?: string;
  readonly fetchPage: (cursor: string | undefined) => Promise<Page<HealthRecordByType[Type]>>;
  readonly store: StoreHealthRecord;
  readonly signal?: AbortSignal;
}

/**
 * Reads a list to its end and stores every record. A record that cannot be stored is counted and the sync goes on; a
 * page that cannot be read ends it, with the cursor of that page to go on from. Where not even the first page could be
 * read, and where the caller ended the sync, the error is thrown.
 *
 * @throws {IntegrationError} What `fetchPage` threw for the first page; `aborted`; `provider_error` for a cursor that
 *   comes back.
 */
export async function syncFromPages<Type extends HealthEntityType>(
  options: SyncFromPagesOptions<Type>,
): Promise<HealthSyncResult> {
  const { entityType, fetchPage, store, signal } = options;
  const run = new SyncRun(entityType);
  const seen = new Set<string>();
  // A function, since the signal may abort between any two lines.
  const isEnded = (): boolean => signal?.aborted === true;
  let { cursor } = options;
  for (let isFirst = true; ; isFirst = false) {
    if (isEnded()) throw aborted(signal);
    let page: Page<HealthRecordByType[Type]>;
    try {
      page = await fetchPage(cursor);
    } catch (error) {
      if (isFirst || isEnded()) throw error;
      return run.endedEarly(error, cursor);
    }
    for (const record of page.items) {
      const entity = toHealthEntity(entityType, record);
      try {
        await store(entity, signal);
        run.stored(entity);
      } catch (error) {
        if (isEnded()) throw error;
        run.failed(error, entity);
      }
    }
    const { nextCursor } = page;
    if (!page.hasMore || nextCursor === undefined) return run.result();
    if (seen.has(nextCursor)) {
      throw new IntegrationError({ code: 'provider_error', message: 'The list gave the same cursor twice' });
    }
    seen.add(nextCursor);
    cursor = nextCursor;
  }
}

/** Counts of one sync. */
class SyncRun {
  readonly #entityType: HealthEntityType;
  readonly #failures: HealthSyncFailure[] = [];
  #synced = 0;
  #oldestAt: string | undefined;
  #newestAt: string | undefined;

  constructor(entityType: HealthEntityType) {
    this.#entityType = entityType;
  }

  stored(entity: HealthEntity): void {
    this.#synced += 1;
    const time = recordTimeOf(entity);
    if (time === undefined) return;
    if (this.#oldestAt === undefined || compareInstants(time, this.#oldestAt) < 0) this.#oldestAt = time;
    if (this.#newestAt === undefined || compareInstants(time, this.#newestAt) > 0) this.#newestAt = time;
  }

  failed(error: unknown, { record }: HealthEntity): void {
    this.#failures.push({
      entityType: this.#entityType,
      externalId: record.externalId,
      code: codeOf(error),
      message: `Record "${record.externalId}" was not stored (${codeOf(error)})`,
    });
  }

  endedEarly(error: unknown, cursor: string | undefined): HealthSyncResult {
    const code = codeOf(error);
    const failure = { entityType: this.#entityType, code, message: `A page could not be read (${code})` };
    const result = this.result([...this.#failures, failure]);
    return { ...result, hasMore: true, ...(cursor === undefined ? {} : { nextCursor: cursor }) };
  }

  result(failures: readonly HealthSyncFailure[] = this.#failures): HealthSyncResult {
    return {
      synced: this.#synced,
      failed: this.#failures.length,
      hasMore: false,
      ...(failures.length === 0 ? {} : { failures: [...failures], errors: failures.map(({ message }) => message) }),
      ...(this.#oldestAt === undefined ? {} : { oldestAt: this.#oldestAt }),
      ...(this.#newestAt === undefined ? {} : { newestAt: this.#newestAt }),
    };
  }
}

/** The code alone: the message of a foreign error may hold a figure of the record. */
function codeOf(error: unknown): string {
  return MortiseError.is(error) ? error.code : ('provider_error' satisfies IntegrationErrorCode);
}

function aborted(signal: AbortSignal | undefined): IntegrationError {
  return new IntegrationError({ code: 'aborted', message: 'The caller ended the sync', cause: signal?.reason });
}
