import { describe, expect, it } from 'vitest';
import { seedCompat } from './seed-compat.ts';
import { InMemoryLLMProvider } from './testing/in-memory-llm-provider.ts';

const ask = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hi' }] }];

const provider = new InMemoryLLMProvider({
  model: {
    steps: [
      { type: 'reasoning', deltas: ['hm'] },
      { type: 'text', deltas: ['Hi'] },
      { type: 'source', url: 'https://example.com' },
      { type: 'refusal', deltas: ['but no'] },
    ],
    finish: { unknown: 'tired' },
    usage: { promptTokens: 1, completionTokens: 2 },
  },
});

describe('seedCompat', () => {
  it('folds what the first interface did not have', async () => {
    const answer = await seedCompat(provider).chat(ask);
    expect(answer.message.content).toEqual([
      { type: 'text', text: 'Hi' },
      { type: 'text', text: 'but no' },
    ]);
    expect(answer).not.toHaveProperty('finishReason');
    expect(answer.usage?.totalTokens).toBe(3);
  });

  it.each(['stop', 'length', 'tool_call', 'content_filter'] as const)('keeps the ending %s', async (finish) => {
    const plain = new InMemoryLLMProvider({ model: { steps: [], finish } });
    expect((await seedCompat(plain).chat(ask)).finishReason).toBe(finish);
  });

  it('folds the end of a stream as well', async () => {
    const chunks = [];
    for await (const chunk of seedCompat(provider).stream(ask)) chunks.push(chunk);
    expect(chunks.map(({ type }) => type)).toEqual(['message_delta', 'usage', 'end']);
    expect(chunks.at(-1)).toMatchObject({
      response: { message: { content: [{ text: 'Hi' }, { type: 'text', text: 'but no' }] } },
    });
  });

  it('counts tokens as the provider does', async () => {
    expect(await seedCompat(provider).countTokens(ask)).toEqual(await provider.countTokens(ask));
  });
});
