import type { CapabilityDescription, MethodSupport } from '@mortise/core';
import type { AnalyticsReader } from './analytics-reader.ts';
import type { AnalyticsWriter } from './analytics-writer.ts';

/** Methods of `AnalyticsProvider` that not every implementation has. */
export type AnalyticsMethod = Exclude<keyof AnalyticsReader | keyof AnalyticsWriter, 'capture' | 'delivery'>;

/** What an implementation can do: plain data, known without any call. */
export interface AnalyticsCapabilities extends CapabilityDescription {
  /** A method that is not listed is supported when it is there; one declared `none` rejects with `unsupported`. */
  readonly methods?: Readonly<Partial<Record<AnalyticsMethod, MethodSupport>>>;
  /** Languages that `query` takes. */
  readonly queryLanguages?: readonly ('sql' | 'hogql' | 'native')[];
  /** Largest event in bytes of JSON. */
  readonly maxEventBytes?: number;
}
