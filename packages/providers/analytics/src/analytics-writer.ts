import type { BatchResult, CallOptions } from '@mortise/core';
import type { AnalyticsEventInput, AnalyticsExceptionInput, AnalyticsPageInput } from './model/event.ts';
import type { AnalyticsAliasInput, AnalyticsGroupIdentifyInput, AnalyticsIdentifyInput } from './model/person.ts';
import type { AnalyticsMcpToolCall } from './model/query.ts';
import type { AnalyticsDeliveryReport } from './queue/delivery-report.ts';

/**
 * Records what happens. `delivery` says what a resolved `capture` means: `queued`, it will be sent later; `confirmed`, the
 * service has taken it.
 */
export interface AnalyticsWriter {
  /** Absent: not known. */
  readonly delivery?: 'queued' | 'confirmed';

  /**
   * Records an event. A person who opted out sends nothing, without an error.
   *
   * @throws {IntegrationError} `invalid_request` for data that cannot be sent: cycles, functions, over a megabyte.
   */
  capture(event: AnalyticsEventInput, options?: CallOptions): Promise<void>;
  /** As `capture` for each, in order, with one outcome for each. */
  captureBatch?(events: readonly AnalyticsEventInput[], options?: CallOptions): Promise<BatchResult<void>>;
  captureException?(input: AnalyticsExceptionInput, options?: CallOptions): Promise<void>;
  page?(input: AnalyticsPageInput, options?: CallOptions): Promise<void>;

  /** Updates a person. */
  identify?(input: AnalyticsIdentifyInput, options?: CallOptions): Promise<void>;
  alias?(input: AnalyticsAliasInput, options?: CallOptions): Promise<void>;
  groupIdentify?(input: AnalyticsGroupIdentifyInput, options?: CallOptions): Promise<void>;

  /** Calls a tool on the vendor's MCP server. */
  callMcpTool?(call: AnalyticsMcpToolCall, options?: CallOptions): Promise<unknown>;

  /** Sends what is queued, and says what became of it. */
  flush?(options?: Pick<CallOptions, 'signal' | 'timeoutMs'>): Promise<AnalyticsDeliveryReport>;
  /** Sends what is queued and releases everything; later calls reject. Calling it again does nothing. */
  close?(options?: Pick<CallOptions, 'signal' | 'timeoutMs'>): Promise<AnalyticsDeliveryReport>;
}
