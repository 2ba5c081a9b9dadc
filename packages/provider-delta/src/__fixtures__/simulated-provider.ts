import { IntegrationError, type JsonValue } from '@mortise/core';
import type { DeltaPage, DeltaSource, PullRequest, ScanPage, ScanRequest } from '../sync/delta-source.ts';
import type { ProviderDeltaCursor, ProviderDeltaEnvelope } from '../sync-state.ts';

/** A record of the simulated provider. */
export interface SimulatedRecord {
  readonly id: string;
  readonly text: string;
  readonly revision: number;
}

interface LogEntry {
  readonly sequence: number;
  readonly id: string;
  /** Absent: deleted. */
  readonly record?: SimulatedRecord;
}

export interface ProviderTrouble {
  /** From [0, 1). */
  readonly random: () => number;
  /** Chance that a request fails in some way. */
  readonly rate: number;
  /** Waits as long as an answer takes. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

const PAGE_SIZE = 3;

/**
 * A provider with a log of changes and a list of records, both paged, whose cursors expire, which throttles and breaks off,
 * and which tells of changes by webhooks that come late, twice, in any order, or not at all. Its records are the truth.
 */
export class SimulatedProvider implements DeltaSource<SimulatedRecord> {
  readonly providerKey = 'crm.simulated';
  readonly revisionOrder = 'numeric';
  readonly cursorOrder = 'numeric';
  readonly records = new Map<string, SimulatedRecord>();
  readonly #trouble: ProviderTrouble;
  #log: LogEntry[] = [];
  #sequence = 0;
  /** Cursors before this sequence are not known any more. */
  #horizon = 0;
  /** Page tokens of an earlier epoch are not known any more. */
  #epoch = 0;
  readonly faults = { throttled: 0, failed: 0, hung: 0, expired: 0, pageExpired: 0 };

  constructor(trouble: ProviderTrouble) {
    this.#trouble = trouble;
  }

  /** Changes a record, and gives the webhook that tells of it. */
  put(id: string, text: string): ProviderDeltaEnvelope<JsonValue> {
    this.#sequence += 1;
    const record = { id, text, revision: this.#sequence };
    this.records.set(id, record);
    this.#log.push({ sequence: this.#sequence, id, record });
    return this.#event({ sequence: this.#sequence, id, record });
  }

  delete(id: string): ProviderDeltaEnvelope<JsonValue> | undefined {
    if (!this.records.delete(id)) return undefined;
    this.#sequence += 1;
    this.#log.push({ sequence: this.#sequence, id });
    return this.#event({ sequence: this.#sequence, id });
  }

  /** Forgets all cursors so far. */
  expireCursors(): void {
    this.#horizon = this.#sequence;
    this.#log = this.#log.filter(({ sequence }) => sequence > this.#horizon);
  }

  expirePages(): void {
    this.#epoch += 1;
  }

  async currentCursor({ signal }: { readonly signal: AbortSignal }): Promise<ProviderDeltaCursor> {
    await this.#answer(signal);
    return { cursor: String(this.#sequence) };
  }

  async pull({ cursor, pageCursor, signal }: PullRequest): Promise<DeltaPage<SimulatedRecord>> {
    await this.#answer(signal);
    const from = pageCursor === undefined ? Number(cursor?.cursor) : this.#placeOf(pageCursor);
    if (from < this.#horizon) {
      this.faults.expired += 1;
      throw new IntegrationError({ code: 'cursor_expired', message: 'The start history id is too old' });
    }
    const rest = this.#log.filter(({ sequence }) => sequence > from);
    const page = rest.slice(0, PAGE_SIZE);
    const changes = page.map((entry) => this.#envelope(entry));
    const last = page.at(-1)?.sequence ?? from;
    return rest.length > PAGE_SIZE
      ? { changes, nextPageCursor: this.#page(last) }
      : { changes, nextCursor: { cursor: String(last) } };
  }

  async scan({ pageCursor, signal }: ScanRequest): Promise<ScanPage<SimulatedRecord>> {
    await this.#answer(signal);
    const after = pageCursor === undefined ? '' : this.#keyOf(pageCursor);
    const rest = [...this.records.values()]
      .filter(({ id }) => id > after)
      .toSorted((left, right) => (left.id < right.id ? -1 : 1));
    const page = rest.slice(0, PAGE_SIZE);
    const records = page.map((record) => this.#envelope({ sequence: record.revision, id: record.id, record }));
    const last = page.at(-1);
    return rest.length > PAGE_SIZE && last !== undefined
      ? { records, nextPageCursor: `${this.#epoch}/${last.id}` }
      : { records };
  }

  fromEvent(payload: JsonValue): SimulatedRecord | undefined {
    const { id, text, revision }: { id?: unknown; text?: unknown; revision?: unknown } = Object(payload);
    return typeof id === 'string' && typeof text === 'string' && typeof revision === 'number'
      ? { id, text, revision }
      : undefined;
  }

  #envelope({ id, sequence, record }: LogEntry): ProviderDeltaEnvelope<SimulatedRecord> {
    const providerRevision = String(sequence);
    return {
      providerKey: this.providerKey,
      sourceId: id,
      payload: record ?? { id, text: '', revision: sequence },
      delta:
        record === undefined
          ? { tombstone: { deletedAt: '2026-01-01T00:00:00.000Z', providerRevision } }
          : { providerRevision },
    };
  }

  #event(entry: LogEntry): ProviderDeltaEnvelope<JsonValue> {
    const { delta, ...rest } = this.#envelope(entry);
    const { record } = entry;
    return {
      ...rest,
      payload: record === undefined ? null : { ...record },
      delta: { ...delta, providerEventId: `evt-${entry.sequence}` },
    };
  }

  #page(sequence: number): string {
    return `${this.#epoch}/${sequence}`;
  }

  #keyOf(pageCursor: string): string {
    const [epoch, key = ''] = pageCursor.split('/');
    if (Number(epoch) === this.#epoch) return key;
    this.faults.pageExpired += 1;
    throw new IntegrationError({ code: 'cursor_expired', message: 'The page token is not known' });
  }

  #placeOf(pageCursor: string): number {
    return Number(this.#keyOf(pageCursor));
  }

  async #answer(signal: AbortSignal): Promise<void> {
    const { random, rate, wait } = this.#trouble;
    await wait(random() * 2000, signal);
    const draw = random();
    if (draw < rate * 0.4) {
      this.faults.throttled += 1;
      throw new IntegrationError({
        code: 'rate_limited',
        message: 'slow down',
        retry: 'throttled',
        retryAfterMs: Math.round(random() * 40_000),
      });
    }
    if (draw < rate * 0.8) {
      this.faults.failed += 1;
      throw new IntegrationError({ code: 'unavailable', message: 'not now', retry: 'transient' });
    }
    if (draw < rate) {
      this.faults.hung += 1;
      await wait(10_000_000, signal);
    }
  }
}
