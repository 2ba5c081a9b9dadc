import type { EmbeddingFeature } from '../model/capabilities.ts';
import type { EmbeddingInputType, EmbeddingOptions } from '../model/embedding-options.ts';
import type { EmbeddingBackend, EmbeddingBatchRequest } from './embedding-backend.ts';

export interface BatchRequestSettings {
  readonly backend: Pick<EmbeddingBackend, 'model' | 'features'>;
  readonly signal: AbortSignal;
  /** For calls that do not say. */
  readonly inputType: EmbeddingInputType;
}

/** What one request is to carry: the caller's options, without those that the service cannot honour. */
export function toBatchRequest(
  texts: readonly string[],
  options: EmbeddingOptions,
  { backend, signal, inputType }: BatchRequestSettings,
): EmbeddingBatchRequest {
  const has = (feature: EmbeddingFeature): boolean => backend.features?.includes(feature) === true;
  const { dimensions, truncate, encoding, idempotencyKey, headers, providerOptions, traceparent } = options;
  return {
    texts,
    model: options.model ?? backend.model,
    ...(dimensions !== undefined && has('dimensions') ? { dimensions } : {}),
    inputType: options.inputType ?? inputType,
    truncate: has('truncate') ? (truncate ?? 'none') : 'none',
    encoding: has('encoding') ? (encoding ?? 'float') : 'float',
    signal,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(headers === undefined ? {} : { headers }),
    ...(providerOptions === undefined ? {} : { providerOptions }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}
