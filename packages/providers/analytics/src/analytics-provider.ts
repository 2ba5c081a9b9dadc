import type { CallOptions } from '@mortise/core';
import type { AnalyticsReader } from './analytics-reader.ts';
import type { AnalyticsWriter } from './analytics-writer.ts';
import type { AnalyticsCapabilities } from './capabilities.ts';
import type { AnalyticsRequest, AnalyticsResponse } from './request/analytics-request.ts';

/** Writer, reader, and a way to the rest of the vendor's API. Only `capture` and `request` are required. */
export type AnalyticsProvider = AnalyticsWriter &
  AnalyticsReader & {
    /** What works. Absent: unknown, and only trying tells. */
    readonly capabilities?: AnalyticsCapabilities;
    /**
     * A raw call on the host of the connection.
     *
     * @throws {IntegrationError} `invalid_request` for a path that could lead to another host; what a failed status means.
     */
    request<T = unknown>(request: AnalyticsRequest, options?: CallOptions): Promise<AnalyticsResponse<T>>;
  };
