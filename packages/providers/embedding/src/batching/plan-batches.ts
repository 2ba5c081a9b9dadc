import type { EmbeddingModelInfo } from '../model/embedding-model-info.ts';

export interface BatchLimits {
  /** Most texts of a batch. */
  readonly size: number;
  /** Most tokens of a batch, as `estimateTokens` counts them. */
  readonly tokens: number;
}

/** The limits that hold for a call. Infinity where none is known. */
export function limitsOf(
  info: Pick<EmbeddingModelInfo, 'maxBatchSize' | 'maxBatchTokens'> | undefined,
  fallbackSize: number | undefined,
  asked: number | undefined,
): BatchLimits {
  const allowed = info?.maxBatchSize ?? fallbackSize ?? Number.POSITIVE_INFINITY;
  return {
    size: Math.max(1, Math.min(allowed, asked ?? Number.POSITIVE_INFINITY)),
    tokens: info?.maxBatchTokens ?? Number.POSITIVE_INFINITY,
  };
}

/** Cuts a list of texts into runs within the limits, as positions. A text that alone is too long gets a run of its own. */
export function planBatches(texts: readonly string[], limits: BatchLimits): number[][] {
  const batches: number[][] = [];
  let batch: number[] = [];
  let tokens = 0;
  texts.forEach((text, index) => {
    const cost = Number.isFinite(limits.tokens) ? estimateTokens(text) : 0;
    if (batch.length > 0 && (batch.length >= limits.size || tokens + cost > limits.tokens)) {
      batches.push(batch);
      batch = [];
      tokens = 0;
    }
    batch.push(index);
    tokens += cost;
  });
  return batch.length === 0 ? batches : [...batches, batch];
}

/** UTF-8 bytes that a token has at least on average, over prose in any script: on the safe side, so that a batch fits. */
const BYTES_PER_TOKEN = 2;

function estimateTokens(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).length / BYTES_PER_TOKEN);
}
