import { describe, expect, it } from 'vitest';
import type { LLMProvider } from '../llm-provider.ts';
import type { LLMResponse } from '../model/response.ts';
import { chunksFromParts } from '../stream/chunks-from-parts.ts';
import { partsFromResponse } from '../stream/parts-from-response.ts';
import { toAiSdk } from './to-ai-sdk.ts';

describe('toAiSdk for applications on an older AI SDK', () => {
  const RICH: LLMResponse = {
    message: {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'hm', providerMetadata: { vendor: { signature: 'sig' } } },
        { type: 'text', text: 'Look:' },
        { type: 'file', file: { base64: 'AAAA', mediaType: 'image/png' } },
        { type: 'file', file: { url: 'https://example.com/a.png', mediaType: 'image/png' } },
        { type: 'source', id: 's', url: 'https://example.com', title: 'T', providerMetadata: { vendor: { a: 1 } } },
        { type: 'tool-call', id: 'c', name: 'look', arguments: '{}', execution: 'provider' },
        { type: 'tool-result', toolCallId: 'c', output: 'seen', isError: true },
        { type: 'tool-call', id: 'd', name: 'act', arguments: '{}' },
      ],
    },
    finishReason: 'tool_call',
    rawFinishReason: 'tool_use',
    usage: { promptTokens: 5, completionTokens: 3, totalTokens: 8, inputDetails: { cacheReadTokens: 2 } },
    id: 'answer-1',
    modelId: 'served',
    createdAt: '1970-01-01T00:00:00.000Z',
    providerMetadata: { vendor: { tier: 'a' } },
    warnings: [
      { type: 'deprecated', field: 'topK', message: 'Going away' },
      { type: 'unsupported', field: 'seed', message: 'No seed' },
      { type: 'other', message: 'Hm' },
    ],
  };
  const seen: unknown[] = [];
  async function* parts() {
    yield* partsFromResponse(RICH);
  }
  const provider: LLMProvider = {
    chat: (messages, options) => {
      seen.push(messages, options);
      return Promise.resolve(RICH);
    },
    stream: () => chunksFromParts(parts()),
    streamParts: () => parts(),
    countTokens: () => Promise.resolve({ promptTokens: 0 }),
  };
  const usage = { inputTokens: 5, outputTokens: 3, totalTokens: 8, cachedInputTokens: 2 };
  const readAll = async (stream: ReadableStream<{ readonly type: string }>): Promise<string[]> => {
    const types: string[] = [];
    const reader = stream.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return types;
      types.push(value.type);
    }
  };

  it('answers in the form of the third version', async () => {
    const model = toAiSdk(provider, { modelId: 'm', specificationVersion: 'v3' });
    const result = await model.doGenerate({ prompt: [] });
    expect(result.content).toEqual([
      { type: 'reasoning', text: 'hm', providerMetadata: { vendor: { signature: 'sig' } } },
      { type: 'text', text: 'Look:' },
      { type: 'file', mediaType: 'image/png', data: 'AAAA' },
      {
        type: 'source',
        sourceType: 'url',
        id: 's',
        url: 'https://example.com',
        title: 'T',
        providerMetadata: { vendor: { a: 1 } },
      },
      { type: 'tool-call', toolCallId: 'c', toolName: 'look', input: '{}', providerExecuted: true },
      { type: 'tool-result', toolCallId: 'c', toolName: 'look', result: 'seen', isError: true },
      { type: 'tool-call', toolCallId: 'd', toolName: 'act', input: '{}' },
    ]);
    expect(result).toMatchObject({
      finishReason: { unified: 'tool-calls', raw: 'tool_use' },
      providerMetadata: { vendor: { tier: 'a' } },
      response: { id: 'answer-1', modelId: 'served', timestamp: new Date(0) },
    });
    expect(result.warnings).toEqual([
      { type: 'other', message: 'topK: Going away' },
      { type: 'unsupported', feature: 'seed', details: 'No seed' },
      { type: 'other', message: 'Hm' },
      { type: 'unsupported', feature: 'file', details: expect.any(String) },
    ]);
    const { stream } = await model.doStream({ prompt: [] });
    const types = await readAll(stream);
    expect(types[0]).toBe('stream-start');
    expect(types.at(-1)).toBe('finish');
    expect(types.filter((type) => type === 'file')).toHaveLength(1);
  });

  it('answers in the form of the second version', async () => {
    const model = toAiSdk(provider, { modelId: 'm', specificationVersion: 'v2' });
    const result = await model.doGenerate({ prompt: [] });
    expect(result.content.map((part) => part.type)).toEqual([
      'reasoning',
      'text',
      'file',
      'source',
      'tool-call',
      'tool-result',
      'tool-call',
    ]);
    expect(result.content[5]).toEqual({
      type: 'tool-result',
      toolCallId: 'c',
      toolName: 'look',
      result: 'seen',
      isError: true,
      providerExecuted: true,
    });
    expect(result).toMatchObject({ finishReason: 'tool-calls', usage, providerMetadata: { vendor: { tier: 'a' } } });
    expect(result.warnings).toEqual([
      { type: 'other', message: 'topK: Going away' },
      { type: 'unsupported-setting', setting: 'seed', details: 'No seed' },
      { type: 'other', message: 'Hm' },
      { type: 'unsupported-setting', setting: 'file', details: expect.any(String) },
    ]);
    const { stream } = await model.doStream({ prompt: [] });
    const types = await readAll(stream);
    expect(types.filter((type) => /^tool-(call|result)$/.test(type))).toEqual([
      'tool-call',
      'tool-result',
      'tool-call',
    ]);
    expect(types.at(-1)).toBe('finish');
  });

  it('understands the prompts of the third version', async () => {
    seen.length = 0;
    const output = {
      type: 'content' as const,
      value: [
        { type: 'text' as const, text: 'Found' },
        { type: 'file-data' as const, data: 'AAAA', mediaType: 'text/plain', filename: 'a.txt' },
        { type: 'file-url' as const, url: 'https://example.com/a' },
        { type: 'image-data' as const, data: 'BBBB', mediaType: 'image/png' },
        { type: 'image-url' as const, url: 'https://example.com/b.png' },
        { type: 'file-id' as const, fileId: { vendor: 'file-1' } },
        { type: 'image-file-id' as const, fileId: 'file-2' },
        { type: 'custom' as const },
      ],
    };
    await toAiSdk(provider, { modelId: 'm', specificationVersion: 'v3' }).doGenerate({
      prompt: [
        { role: 'user', content: [{ type: 'file', data: new URL('https://example.com/c'), mediaType: 'image/png' }] },
        { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'c', toolName: 'look', output }] },
      ],
      tools: [{ type: 'provider', id: 'vendor.search', name: 'search', args: {} }],
    });
    expect(seen[0]).toEqual([
      { role: 'user', content: [{ type: 'file', file: { url: 'https://example.com/c', mediaType: 'image/png' } }] },
      {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: 'c',
            output: 'Found',
            content: [
              { type: 'text', text: 'Found' },
              { type: 'file', file: { base64: 'AAAA', mediaType: 'text/plain', filename: 'a.txt' } },
              { type: 'file', file: { url: 'https://example.com/a', mediaType: 'application/octet-stream' } },
              { type: 'file', file: { base64: 'BBBB', mediaType: 'image/png' } },
              { type: 'file', file: { url: 'https://example.com/b.png', mediaType: 'image/*' } },
              { type: 'file', file: { reference: { vendor: 'file-1' }, mediaType: 'application/octet-stream' } },
            ],
          },
        ],
      },
    ]);
  });

  it('understands the prompts of the second version', async () => {
    seen.length = 0;
    const value = [{ type: 'media' as const, data: 'AAAA', mediaType: 'image/png' }];
    const { warnings } = await toAiSdk(provider, { modelId: 'm', specificationVersion: 'v2' }).doGenerate({
      prompt: [
        {
          role: 'tool',
          content: [{ type: 'tool-result', toolCallId: 'c', toolName: 'l', output: { type: 'content', value } }],
        },
      ],
      tools: [
        { type: 'function', name: 'look', inputSchema: { type: 'object' } },
        { type: 'provider-defined', id: 'vendor.search', name: 'search', args: {} },
      ],
      temperature: 0.5,
    });
    expect(seen[0]).toMatchObject([
      { role: 'tool', content: [{ content: [{ type: 'file', file: { base64: 'AAAA', mediaType: 'image/png' } }] }] },
    ]);
    expect(seen[1]).toMatchObject({ temperature: 0.5, tools: [{ name: 'look', inputSchema: { type: 'object' } }] });
    expect(warnings[0]).toMatchObject({ type: 'unsupported-setting', setting: 'tools' });
  });
});
