import { type BatchResult, type CallOptions, IntegrationError, type Sleep } from '@mortise/core';
import type { AnalyticsProvider } from '../analytics-provider.ts';
import type { GetEventsInput } from '../analytics-reader.ts';
import type { AnalyticsCapabilities } from '../capabilities.ts';
import { resolveDateRange } from '../model/date-range.ts';
import type { AnalyticsEvent, AnalyticsEventInput } from '../model/event.ts';
import type { PaginatedResponse } from '../model/paging.ts';
import type { AnalyticsIdentifyInput, AnalyticsPerson } from '../model/person.ts';
import { matchesPropertyFilter } from '../model/property-filter.ts';
import { AnalyticsQueue } from '../queue/analytics-queue.ts';
import { assertSendableEvent } from '../queue/check-event.ts';
import type { AnalyticsDeliveryReport } from '../queue/delivery-report.ts';
import type { AnalyticsRequest, AnalyticsResponse } from '../request/analytics-request.ts';
import { resolveRequestUrl } from '../request/resolve-request-url.ts';
import { refusal, ServiceLine } from './service-line.ts';

export interface InMemoryAnalyticsOptions {
  /** Events that are there already. */
  readonly events?: readonly AnalyticsEvent[];
  /** Most events that wait to be sent. Default 1,000. */
  readonly maxQueued?: number;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Waits for time limits and between tries. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

interface Recorded extends AnalyticsEvent {
  readonly id: string;
}

const DEFAULT_LIMIT = 100;
const BASE_URL = 'https://analytics.example.com';

/**
 * Analytics in memory that keep every rule of `AnalyticsProvider`: the reference against which the kit is tested, and a double for
 * the tests of applications. Events are queued; `flush` or `close` sends them.
 */
export class InMemoryAnalytics implements AnalyticsProvider {
  readonly delivery = 'queued';
  readonly capabilities: AnalyticsCapabilities = {
    methods: {
      captureBatch: 'native',
      identify: 'native',
      flush: 'native',
      close: 'native',
      getEvents: 'native',
      iterateEvents: 'native',
      getPersons: 'native',
      deletePerson: 'native',
      queryHogQL: 'none',
      query: 'none',
      runInsight: 'none',
      callMcpTool: 'none',
    },
    idempotency: { supported: 'native', onMismatch: 'first-wins' },
    maxEventBytes: 1_000_000,
  };
  readonly line: ServiceLine;
  readonly #options: InMemoryAnalyticsOptions;
  readonly #queue: AnalyticsQueue<AnalyticsEventInput & { readonly messageId: string }>;
  readonly #recorded: Recorded[] = [];
  readonly #messages = new Set<string>();
  readonly #persons = new Map<string, AnalyticsPerson>();
  readonly #optedOut = new Set<string>();
  #count = 0;
  #losesAnswer = false;

  constructor(options: InMemoryAnalyticsOptions = {}) {
    this.#options = options;
    const { sleep, maxQueued = 1000 } = options;
    const timers = sleep === undefined ? {} : { sleep };
    this.line = new ServiceLine(timers);
    this.#queue = new AnalyticsQueue({
      ...timers,
      maxQueued,
      send: (events, call) =>
        this.line.send(call, () => {
          this.#record(events);
          if (this.#losesAnswer) {
            this.#losesAnswer = false;
            throw new IntegrationError({
              code: 'unavailable',
              retry: 'transient',
              message: 'The connection was reset',
            });
          }
        }),
    });
    for (const event of options.events ?? []) this.#add(event);
  }

  /** What the service has recorded, in the order in which it came in. */
  get recorded(): readonly AnalyticsEvent[] {
    return this.#recorded;
  }

  /** The next events are recorded, and the answer to the sender is lost. */
  loseNextAnswer(): void {
    this.#losesAnswer = true;
  }

  /** From now on nothing about this person is sent. */
  optOut(distinctId: string): void {
    this.#optedOut.add(distinctId);
  }

  async capture(event: AnalyticsEventInput, options: CallOptions = {}): Promise<void> {
    if (options.signal?.aborted === true) {
      throw new IntegrationError({ code: 'aborted', message: 'The caller aborted the call' });
    }
    assertSendableEvent(event);
    if (this.#optedOut.has(event.distinctId)) return;
    // Made once, before the first attempt, so that every attempt carries the same.
    this.#count += 1;
    const messageId = event.messageId ?? options.idempotencyKey ?? `message-${this.#count}`;
    const timestamp = event.timestamp ?? new Date((this.#options.now ?? Date.now)());
    this.#queue.add({ ...structuredClone(event), messageId, timestamp });
  }

  async captureBatch(events: readonly AnalyticsEventInput[], options?: CallOptions): Promise<BatchResult<void>> {
    const settled = await Promise.allSettled(events.map((event) => this.capture(event, options)));
    return {
      results: settled.map((outcome, index) => {
        if (outcome.status === 'fulfilled') return { index, ok: true, value: undefined };
        if (IntegrationError.is(outcome.reason)) return { index, ok: false, error: outcome.reason };
        throw outcome.reason;
      }),
    };
  }

  identify(input: AnalyticsIdentifyInput, options?: CallOptions): Promise<void> {
    return this.line.send(options, () => {
      if (this.#optedOut.has(input.distinctId)) return;
      const { distinctId, properties, setOnce } = input;
      const before = this.#persons.get(distinctId)?.properties ?? {};
      this.#persons.set(distinctId, { distinctId, properties: { ...setOnce, ...before, ...properties } });
    });
  }

  flush(options?: Pick<CallOptions, 'signal' | 'timeoutMs'>): Promise<AnalyticsDeliveryReport> {
    return this.#queue.flush(options);
  }

  async close(options?: Pick<CallOptions, 'signal' | 'timeoutMs'>): Promise<AnalyticsDeliveryReport> {
    const report = await this.#queue.close(options);
    this.line.close();
    return report;
  }

  getEvents(input: GetEventsInput, options?: CallOptions): Promise<PaginatedResponse<AnalyticsEvent>> {
    return this.line.send(options, () => {
      const { limit = DEFAULT_LIMIT, offset = 0, cursor } = input;
      if (!Number.isInteger(limit) || limit < 1)
        throw refusal(`limit: expected a whole number from 1, got ${limit}`, 'limit');
      const wanted = this.#select(input);
      const start = cursor === undefined ? offset : positionAfter(wanted, cursor);
      const results = wanted.slice(start, start + limit);
      const last = results.at(-1);
      const hasMore = start + limit < wanted.length;
      return {
        count: wanted.length,
        countIsExact: true,
        results: structuredClone(results),
        ...(hasMore && last !== undefined ? { nextCursor: `after-${last.id}` } : {}),
      };
    });
  }

  iterateEvents(input: GetEventsInput, options?: CallOptions): AsyncIterable<AnalyticsEvent> {
    let isTaken = false;
    const start = () => this.#iterate(input, options);
    return {
      [Symbol.asyncIterator]() {
        if (isTaken) throw refusal('The events can be iterated only once; call iterateEvents again');
        isTaken = true;
        return start();
      },
    };
  }

  getPersons(_input: object, options?: CallOptions): Promise<PaginatedResponse<AnalyticsPerson>> {
    return this.line.send(options, () => {
      const results = structuredClone([...this.#persons.values()]);
      return { count: results.length, countIsExact: true, results };
    });
  }

  deletePerson(distinctId: string, options?: CallOptions): Promise<void> {
    return this.line.send(options, () => {
      this.#persons.delete(distinctId);
      const kept = this.#recorded.filter((event) => event.distinctId !== distinctId);
      this.#recorded.splice(0, this.#recorded.length, ...kept);
    });
  }

  request<T = unknown>(request: AnalyticsRequest, options?: CallOptions): Promise<AnalyticsResponse<T>>;
  async request(request: AnalyticsRequest, options?: CallOptions): Promise<AnalyticsResponse> {
    const url = resolveRequestUrl(BASE_URL, request);
    return this.line.send(options, () => {
      if (url.pathname !== '/api/events') {
        throw new IntegrationError({ code: 'not_found', httpStatus: 404, message: 'There is nothing at this path' });
      }
      return { status: 200, data: { count: this.#recorded.length } };
    });
  }

  async *#iterate(input: GetEventsInput, options: CallOptions | undefined): AsyncGenerator<AnalyticsEvent, void> {
    let cursor = input.cursor;
    do {
      const page = await this.getEvents({ ...input, ...(cursor === undefined ? {} : { cursor }) }, options);
      yield* page.results;
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }

  #record(events: readonly (AnalyticsEventInput & { readonly messageId: string })[]): void {
    for (const { event, distinctId, properties, groups, messageId, timestamp = new Date() } of events) {
      if (this.#messages.has(messageId)) continue;
      this.#messages.add(messageId);
      this.#add({
        event,
        distinctId,
        messageId,
        timestamp: timestamp.toISOString(),
        ...(properties === undefined ? {} : { properties: { ...properties } }),
        ...(groups === undefined ? {} : { groups: { ...groups } }),
      });
    }
  }

  #add(event: AnalyticsEvent): void {
    this.#recorded.push({ ...event, id: `event-${this.#recorded.length + 1}` });
  }

  #select(input: GetEventsInput): Recorded[] {
    const { fromMs, toMs } = resolveDateRange(input.dateRange ?? {});
    const { event, events, distinctId, properties = {}, orderBy = '-timestamp' } = input;
    const direction = orderBy === 'timestamp' ? 1 : -1;
    return this.#recorded
      .filter((recorded) => {
        const ms = Date.parse(recorded.timestamp);
        if (fromMs !== undefined && ms < fromMs) return false;
        if (toMs !== undefined && ms >= toMs) return false;
        if (event !== undefined && recorded.event !== event) return false;
        if (events !== undefined && !events.includes(recorded.event)) return false;
        if (distinctId !== undefined && recorded.distinctId !== distinctId) return false;
        return matchesPropertyFilter(recorded.properties ?? {}, properties);
      })
      .sort((left, right) => {
        const difference = Date.parse(left.timestamp) - Date.parse(right.timestamp);
        return direction * (difference === 0 ? (left.id < right.id ? -1 : 1) : difference);
      });
  }
}

function positionAfter(events: readonly Recorded[], cursor: string): number {
  const index = events.findIndex(({ id }) => `after-${id}` === cursor);
  if (index === -1) throw refusal('cursor: this list did not give it out', 'cursor');
  return index + 1;
}
