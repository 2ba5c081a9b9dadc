import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';
import type { LLMProvider } from './llm-provider.ts';
import { InMemoryLLMProvider } from './testing/in-memory-llm-provider.ts';

const ask = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hi' }] }];
const whole = new InMemoryLLMProvider({
  model: { steps: [{ type: 'text', deltas: ['Hel', 'lo'] }] },
  models: [{ id: 'model-a' }],
});

/** What an implementation of the first interface has. */
const small: LLMProvider = {
  chat: (messages, options) => whole.chat(messages, options),
  stream: (messages, options) => whole.stream(messages, options),
  countTokens: (messages) => whole.countTokens(messages),
};

describe('complete', () => {
  it('derives parts from chunks', async () => {
    const deltas: string[] = [];
    for await (const part of complete(small).streamParts(ask)) if (part.type === 'text-delta') deltas.push(part.delta);
    expect(deltas).toEqual(['Hel', 'lo']);
  });

  it('makes a batch of single calls', async () => {
    const { batch } = complete(small);
    const { id } = await batch.submit([{ id: 'one', messages: ask }]);
    await expect.poll(async () => (await batch.get(id)).status).toBe('succeeded');
  });

  it('rejects the model list as unsupported where there is none', async () => {
    await expect(complete(small).listModels()).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('has nothing to close where the provider has not', async () => {
    await expect(complete(small).close()).resolves.toBeUndefined();
  });

  it('uses what the provider has', async () => {
    const full = complete(whole);
    expect(full.capabilities).toBe(whole.capabilities);
    expect(await full.listModels()).toEqual({ items: [{ id: 'model-a' }], hasMore: false });
    const types: string[] = [];
    for await (const { type } of full.streamParts(ask)) types.push(type);
    expect(types).toEqual(['start', 'text-start', 'text-delta', 'text-delta', 'text-end', 'finish']);
  });

  it('closes the provider', async () => {
    const provider = new InMemoryLLMProvider({ model: { steps: [] } });
    await complete(provider).close();
    await expect(provider.chat(ask)).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
