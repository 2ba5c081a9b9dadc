import type { IntegrationWarning } from '@mortise/core';
import type { EmbeddingDocument } from '../model/embedding-document.ts';
import type { EmbeddingRequestInfo, EmbeddingResult } from '../model/embedding-result.ts';
import type { EmbeddingBatchAnswer, EmbeddingBatchRequest } from './embedding-backend.ts';
import { badAnswer } from './order-by-index.ts';

/** Eight dimensions in one number. */
const PACKED_BITS = 8;

export interface SentBatch {
  readonly sent: EmbeddingBatchRequest;
  readonly documents: readonly EmbeddingDocument[];
  /** Position among the requests of the call. */
  readonly index: number;
  /** What every result of the call warns of. */
  readonly warnings: readonly IntegrationWarning[];
}

/**
 * The results of one request.
 *
 * @throws {IntegrationError} `provider_error` where vectors are missing, of different lengths, or hold anything but numbers.
 */
export function resultsFromAnswer(
  answer: EmbeddingBatchAnswer,
  { sent, documents, index, warnings }: SentBatch,
): EmbeddingResult[] {
  const { vectors, tokens, model = sent.model, requestId, providerMetadata, truncated } = answer;
  if (vectors.length !== documents.length) {
    throw badAnswer(`expected ${documents.length} vectors, got ${vectors.length}`);
  }
  const length = vectors[0]?.length ?? 0;
  vectors.forEach((vector, at) => checkVector(vector, length, at));
  const dimensions = sent.encoding === 'binary' ? length * PACKED_BITS : length;
  const all = [...warnings, ...(answer.warnings ?? []), ...dimensionsWarning(sent.dimensions, dimensions)];
  const request: EmbeddingRequestInfo = { index, texts: documents.length, ...(tokens === undefined ? {} : { tokens }) };
  return documents.map(({ id, metadata }, at) => ({
    id,
    vector: [...(vectors[at] ?? [])],
    dimensions,
    model,
    ...(metadata === undefined ? {} : { metadata: { ...metadata } }),
    ...(tokens === undefined || documents.length > 1 ? {} : { tokens }),
    ...(truncated?.[at] === undefined ? {} : { truncated: truncated[at] }),
    ...(sent.encoding === 'float' ? {} : { encoding: sent.encoding }),
    request,
    ...(requestId === undefined ? {} : { requestId }),
    ...(providerMetadata === undefined ? {} : { providerMetadata }),
    ...(all.length === 0 ? {} : { warnings: all }),
  }));
}

function checkVector(vector: readonly number[], length: number, at: number): void {
  if (vector.length === 0) throw badAnswer(`vector ${at} is empty`);
  if (vector.length !== length) throw badAnswer(`vector ${at} has ${vector.length} numbers, the first has ${length}`);
  if (!vector.every((component) => Number.isFinite(component))) throw badAnswer(`vector ${at} holds more than numbers`);
}

function dimensionsWarning(asked: number | undefined, got: number): IntegrationWarning[] {
  if (asked === undefined || asked === got) return [];
  const message = `Asked for vectors of ${asked} dimensions, got ${got}`;
  return [{ type: 'unsupported', field: 'dimensions', message }];
}
