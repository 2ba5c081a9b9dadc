import { describe, expect, it } from 'vitest';
import { fromChatCompletionResponse } from './chat-completion-response.ts';

const body = (message: object, rest: object = {}): object => ({
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop', ...rest }],
});

const contentOf = async (message: object) => (await fromChatCompletionResponse(body(message))).message.content;

describe('a chat-completions answer', () => {
  it('is read whole', async () => {
    const answer = await fromChatCompletionResponse(
      {
        id: 'cmpl-1',
        model: 'served',
        created: 1_790_000_000,
        ...body({ content: 'Hi' }),
        usage: {
          prompt_tokens: 10,
          completion_tokens: 4,
          total_tokens: 99,
          prompt_tokens_details: { cached_tokens: 6 },
          completion_tokens_details: { reasoning_tokens: 3 },
        },
      },
      { requestId: 'req-1', warnings: [{ type: 'other', message: 'w' }] },
    );
    expect(answer).toMatchObject({
      message: { role: 'assistant', content: [{ type: 'text', text: 'Hi' }] },
      id: 'cmpl-1',
      modelId: 'served',
      createdAt: '2026-09-21T14:13:20.000Z',
      finishReason: 'stop',
      rawFinishReason: 'stop',
      requestId: 'req-1',
      warnings: [{ type: 'other', message: 'w' }],
      usage: {
        promptTokens: 10,
        completionTokens: 4,
        totalTokens: 14,
        inputDetails: { cacheReadTokens: 6 },
        outputDetails: { reasoningTokens: 3 },
      },
    });
    expect(answer).not.toHaveProperty('raw');
  });

  it('invents nothing that is not there', async () => {
    const answer = await fromChatCompletionResponse({ choices: [{ message: {}, finish_reason: null }], created: 0 });
    expect(answer).toEqual({ message: { role: 'assistant', content: [] } });
  });

  it.each([
    ['length', 'length'],
    ['model_length', 'length'],
    ['tool_calls', 'tool_call'],
    ['content_filter', 'content_filter'],
    ['error', 'error'],
    ['toString', 'other'],
  ])('reads the ending %s as %s and keeps the word', async (raw, finishReason) => {
    const answer = await fromChatCompletionResponse(body({ content: 'a' }, { finish_reason: raw }));
    expect(answer).toMatchObject({ finishReason, rawFinishReason: raw });
  });

  it('reads reasoning in each of its forms', async () => {
    const expected = [
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'Hi' },
    ];
    expect(await contentOf({ reasoning_content: 'hm', content: 'Hi' })).toEqual(expected);
    expect(await contentOf({ reasoning: 'hm', content: 'Hi' })).toEqual(expected);
    const thinking = {
      type: 'thinking',
      thinking: [
        { type: 'text', text: 'h' },
        { type: 'text', text: 'm' },
      ],
    };
    expect(await contentOf({ content: [thinking, { type: 'text', text: 'Hi' }] })).toEqual(expected);
  });

  it('reads refusals and sources', async () => {
    const annotations = [{ type: 'url_citation', url_citation: { url: 'https://example.com', title: 'T' } }];
    expect(await contentOf({ content: 'Hi', refusal: 'No', annotations })).toEqual([
      { type: 'text', text: 'Hi' },
      { type: 'refusal', text: 'No' },
      { type: 'source', id: 'source-0', url: 'https://example.com', title: 'T' },
    ]);
  });

  it('warns of content that it does not know', async () => {
    const { warnings } = await fromChatCompletionResponse(body({ content: [{ type: 'hologram' }] }));
    expect(warnings).toEqual([{ type: 'other', field: 'content', message: expect.stringContaining('hologram') }]);
  });

  it('reads tool calls, also with arguments as an object or none at all', async () => {
    const call = (id: string, value: unknown) => ({ id, function: { name: 't', arguments: value } });
    const tool_calls = [call('a', '{"x":1}'), call('b', { x: 1 }), call('c', ''), { function: { name: 't' } }];
    expect(await contentOf({ content: null, tool_calls })).toEqual([
      { type: 'tool-call', id: 'a', name: 't', arguments: '{"x":1}' },
      { type: 'tool-call', id: 'b', name: 't', arguments: '{"x":1}' },
      { type: 'tool-call', id: 'c', name: 't', arguments: '{}' },
      { type: 'tool-call', id: 'call-3', name: 't', arguments: '{}' },
    ]);
  });

  it('leaves out a call that the token limit cut off, and says so', async () => {
    const tool_calls = [{ id: 'a', function: { name: 't', arguments: '{"x":' } }];
    const answer = await fromChatCompletionResponse(body({ tool_calls }, { finish_reason: 'length' }));
    expect(answer.message.content).toEqual([]);
    expect(answer.warnings).toMatchObject([{ type: 'truncated', field: 'tools' }]);
    const whole = await fromChatCompletionResponse(body({ tool_calls }, { finish_reason: 'tool_calls' }));
    expect(whole.message.content).toHaveLength(1);
  });

  it('keeps the untouched body where it was asked for', async () => {
    const given = body({ content: 'a' });
    expect((await fromChatCompletionResponse(given, { includeRaw: true })).raw).toBe(given);
  });

  it.each([['text'], [null], [[]], [{}], [{ choices: [] }], [{ choices: [{ text: 'old form' }] }]])(
    'refuses %j, which is no chat completion',
    async (given) => {
      await expect(fromChatCompletionResponse(given)).rejects.toMatchObject({ code: 'provider_error' });
    },
  );

  it('refuses several choices and an error that was sent as a success', async () => {
    const [choice] = [{ message: { content: 'a' } }];
    await expect(fromChatCompletionResponse({ choices: [choice, choice] })).rejects.toMatchObject({
      code: 'unsupported',
    });
    await expect(fromChatCompletionResponse({ error: { code: 'insufficient_quota' } })).rejects.toMatchObject({
      code: 'quota_exceeded',
      providerCode: 'insufficient_quota',
    });
  });
});
