import { IntegrationError, type Operation } from '@mortise/core';
import type { LLMBatchItem, LLMBatchProvider, LLMBatchRequest, LLMBatchSummary } from './llm-batch-provider.ts';
import type { LLMProvider } from './llm-provider.ts';

export interface BatchFromChatOptions {
  /** Calls under way at once. Default 4. */
  readonly concurrency?: number;
}

interface Batch {
  readonly total: number;
  readonly items: LLMBatchItem[];
  readonly stop: AbortController;
}

/**
 * A batch of single calls, for providers without batches: same shape, no discount. It lives in this process: the ids
 * and results are gone when the process ends, so another process cannot go on with it.
 */
export function createBatchFromChat(
  provider: Pick<LLMProvider, 'chat'>,
  options: BatchFromChatOptions = {},
): LLMBatchProvider {
  const batches = new Map<string, Batch>();
  const find = (id: string): Batch => {
    const batch = batches.get(id);
    if (batch !== undefined) return batch;
    throw new IntegrationError({ code: 'not_found', message: `No batch has the id "${id}" in this process` });
  };
  return {
    submit: async (requests) => {
      checkRequests(requests);
      const id = `batch-${crypto.randomUUID()}`;
      const batch: Batch = { total: requests.length, items: [], stop: new AbortController() };
      batches.set(id, batch);
      void runAll(provider, requests, batch, options.concurrency ?? 4);
      return describe(id, batch);
    },
    get: async (id) => describe(id, find(id)),
    results: (id) => listItems(() => find(id)),
    cancel: async (id) => {
      const batch = find(id);
      batch.stop.abort();
      return describe(id, batch);
    },
  };
}

async function* listItems(find: () => Batch): AsyncGenerator<LLMBatchItem, void> {
  yield* find().items;
}

/** Each worker takes the next request until none is left or the batch was canceled. Never rejects. */
async function runAll(
  provider: Pick<LLMProvider, 'chat'>,
  requests: readonly LLMBatchRequest[],
  batch: Batch,
  concurrency: number,
): Promise<void> {
  const queue = [...requests];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      batch.items.push(batch.stop.signal.aborted ? { id: next.id, status: 'canceled' } : await run(provider, next));
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, requests.length) }, work));
}

async function run(provider: Pick<LLMProvider, 'chat'>, request: LLMBatchRequest): Promise<LLMBatchItem> {
  try {
    const response = await provider.chat(request.messages, request.options);
    return { id: request.id, status: 'succeeded', response };
  } catch (cause) {
    const error = IntegrationError.is(cause)
      ? cause
      : new IntegrationError({ code: 'provider_error', message: 'The call failed in an unforeseen way', cause });
    return { id: request.id, status: 'failed', error };
  }
}

function describe(id: string, { items, total, stop }: Batch): Operation<LLMBatchSummary> {
  const summary: LLMBatchSummary = {
    total,
    succeeded: items.filter((item) => item.status === 'succeeded').length,
    failed: items.filter((item) => item.status === 'failed').length,
  };
  const base = { id, resumeToken: id, progress: items.length / total };
  if (items.length < total) return { ...base, status: 'running' };
  return stop.signal.aborted && summary.succeeded + summary.failed < total
    ? { ...base, status: 'canceled' }
    : { ...base, status: 'succeeded', result: summary };
}

function checkRequests(requests: readonly LLMBatchRequest[]): void {
  if (requests.length === 0) throw refused('expected at least one request, got none');
  const ids = new Set<string>();
  for (const { id, options } of requests) {
    if (ids.has(id)) throw refused(`expected unique ids, got "${id}" twice`);
    ids.add(id);
    if (options?.signal !== undefined || options?.timeoutMs !== undefined) {
      throw refused(`request "${id}" has a signal or a time limit, which a batch outlives`);
    }
  }
}

function refused(what: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field: 'requests', message: `requests: ${what}` });
}
