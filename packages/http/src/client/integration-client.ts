import type { Page, PagedItems, PaginationContract } from '@mortise/core';
import type { PaginateOptions } from '../pagination/paginate.ts';
import type { IntegrationRequest } from '../request/integration-request.ts';
import type { IntegrationResponse } from '../response/integration-response.ts';
import type { IntegrationStream } from '../stream/integration-stream.ts';

/** Turns what a provider sent into what the caller works with; throws where it does not fit. */
export type Parse<Value> = (value: unknown) => Value;

export interface StreamRequest extends Omit<IntegrationRequest, 'expect'> {
  /** Milliseconds without a byte after which the stream ends with code `timeout`. Default 60,000. */
  readonly idleTimeoutMs?: number | false;
  /** Characters that one event or line may have. Default 1,048,576. */
  readonly maxItemLength?: number;
}

export interface PageOptions {
  /** From the page before. Absent: the first page. */
  readonly cursor?: string;
  /** Items of a page; at most what the spec allows. Absent: the provider's own number. */
  readonly pageSize?: number;
  /** How this list goes on. Default the spec's way. */
  readonly pagination?: PaginationContract;
  readonly signal?: AbortSignal;
}

export interface PagesOptions<Item> extends Omit<PageOptions, 'signal'>, PaginateOptions {
  /** Is given each page's reading to run, so that it can be guarded, counted or delayed. Default: it is run at once. */
  readonly through?: (readPage: () => Promise<Page<Item>>, cursor: string | undefined) => Promise<Page<Item>>;
}

/**
 * Speaks to the provider of a spec for one connection. Every method rejects with `IntegrationRequestError`, and nothing in
 * its errors is a secret.
 */
export interface IntegrationClient {
  /** Makes a request and reads the whole answer. A failed answer is an error. */
  request(request: IntegrationRequest): Promise<IntegrationResponse>;
  /** The parsed JSON body of the answer; undefined for an empty one. */
  json(request: IntegrationRequest): Promise<unknown>;
  json<Value>(request: IntegrationRequest, parse: Parse<Value>): Promise<Value>;
  /** Makes a request and hands the answer out while it comes in. The time limit holds until it begins. */
  stream(request: StreamRequest): Promise<IntegrationStream>;
  /** One page of a list. */
  page(request: IntegrationRequest, options?: PageOptions): Promise<Page<unknown>>;
  page<Item>(request: IntegrationRequest, options: PageOptions, parseItem: Parse<Item>): Promise<Page<Item>>;
  /** A whole list, read as it is asked for. */
  paginate(request: IntegrationRequest, options?: PagesOptions<unknown>): PagedItems<unknown>;
  paginate<Item>(request: IntegrationRequest, options: PagesOptions<Item>, parseItem: Parse<Item>): PagedItems<Item>;
}
