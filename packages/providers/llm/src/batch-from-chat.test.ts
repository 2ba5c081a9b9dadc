import { IntegrationError } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { createBatchFromChat } from './batch-from-chat.ts';
import type { LLMBatchItem, LLMBatchProvider, LLMBatchRequest } from './llm-batch-provider.ts';
import type { LLMResponse } from './model/response.ts';

const request = (id: string): LLMBatchRequest => ({
  id,
  messages: [{ role: 'user', content: [{ type: 'text', text: id }] }],
});
const ANSWER: LLMResponse = { message: { role: 'assistant', content: [] } };

/** Calls that are answered one by one, when the test says so. */
function controlled() {
  const waiting: ((error?: Error) => void)[] = [];
  let most = 0;
  const provider = {
    chat: () =>
      new Promise<LLMResponse>((resolve, reject) => {
        waiting.push((error) => (error === undefined ? resolve(ANSWER) : reject(error)));
        most = Math.max(most, waiting.length);
      }),
  };
  const settle = async (error?: Error): Promise<void> => {
    waiting.shift()?.(error);
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
  };
  return { provider, settle, most: () => most };
}

async function resultsOf(batch: LLMBatchProvider, id: string): Promise<LLMBatchItem[]> {
  const items: LLMBatchItem[] = [];
  for await (const item of batch.results(id)) items.push(item);
  return items;
}

describe('a batch of single calls', () => {
  it('tells how far it is, and holds one result for each request', async () => {
    const { provider, settle } = controlled();
    const batch = createBatchFromChat(provider, { concurrency: 1 });
    const { id, status } = await batch.submit([request('a'), request('b')]);
    expect(status).toBe('running');
    await settle();
    expect(await batch.get(id)).toMatchObject({ status: 'running', progress: 0.5, resumeToken: id });
    await settle(new IntegrationError({ code: 'rate_limited', message: 'Slow down' }));
    expect(await batch.get(id)).toMatchObject({ status: 'succeeded', result: { total: 2, succeeded: 1, failed: 1 } });
    expect(await resultsOf(batch, id)).toMatchObject([
      { id: 'a', status: 'succeeded', response: ANSWER },
      { id: 'b', status: 'failed', error: { code: 'rate_limited' } },
    ]);
  });

  it('has no more calls under way than it was allowed', async () => {
    const { provider, settle, most } = controlled();
    const batch = createBatchFromChat(provider, { concurrency: 2 });
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const { id } = await batch.submit(ids.map(request));
    for (const _ of ids) await settle();
    expect((await batch.get(id)).status).toBe('succeeded');
    expect(most()).toBe(2);
  });

  it('does not start what is left once it was canceled, and keeps what has ended', async () => {
    const { provider, settle } = controlled();
    const batch = createBatchFromChat(provider, { concurrency: 1 });
    const { id } = await batch.submit(['a', 'b', 'c'].map(request));
    await batch.cancel(id);
    await settle();
    expect((await batch.get(id)).status).toBe('canceled');
    expect((await resultsOf(batch, id)).map(({ status }) => status)).toEqual(['succeeded', 'canceled', 'canceled']);
  });

  it('gives an unforeseen failure a code', async () => {
    const batch = createBatchFromChat({ chat: () => Promise.reject(new TypeError('oops')) });
    const { id } = await batch.submit([request('a')]);
    await expect
      .poll(() => resultsOf(batch, id))
      .toMatchObject([{ status: 'failed', error: { code: 'provider_error' } }]);
  });

  it.each<[string, LLMBatchRequest[]]>([
    ['nothing', []],
    ['two requests of one id', [request('a'), request('a')]],
    ['a time limit', [{ ...request('a'), options: { timeoutMs: 1 } }]],
    ['a signal', [{ ...request('a'), options: { signal: new AbortController().signal } }]],
  ])('refuses %s', async (_what, requests) => {
    const batch = createBatchFromChat({ chat: () => Promise.resolve(ANSWER) });
    await expect(batch.submit(requests)).rejects.toMatchObject({ code: 'invalid_request', field: 'requests' });
  });

  it('does not know a batch that it did not make', async () => {
    const batch = createBatchFromChat({ chat: () => Promise.resolve(ANSWER) });
    await expect(batch.get('nope')).rejects.toMatchObject({ code: 'not_found' });
    await expect(batch.cancel('nope')).rejects.toMatchObject({ code: 'not_found' });
    await expect(resultsOf(batch, 'nope')).rejects.toMatchObject({ code: 'not_found' });
  });
});
