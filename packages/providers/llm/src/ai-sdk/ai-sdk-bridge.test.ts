import { formatReport } from '@mortise/testing';
import { generateText, jsonSchema, Output, streamText, tool } from 'ai';
import { convertArrayToReadableStream, MockLanguageModelV3, MockLanguageModelV4 } from 'ai/test';
import { APICallError, NoSuchProviderReferenceError, type LanguageModelV2 } from '@ai-sdk/provider';
import { IntegrationError } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import type { LLMMessage } from '../model/message.ts';
import { checkLLMProvider } from '../testing/check-llm-provider.ts';
import type { LLMConformanceTarget } from '../testing/conformance-target.ts';
import { inMemoryTarget } from '../testing/in-memory-target.ts';
import { InMemoryLLMProvider } from '../testing/in-memory-llm-provider.ts';
import type { ScriptedAnswer } from '../testing/scripted-answer.ts';
import { fromAiSdk } from './from-ai-sdk.ts';
import type { AiSdkLanguageModel } from './invoke-model.ts';
import { toAiSdk } from './to-ai-sdk.ts';

const ask = (text: string): LLMMessage[] => [{ role: 'user', content: [{ type: 'text', text }] }];
const HELLO: ScriptedAnswer = {
  steps: [{ type: 'text', deltas: ['Hel', 'lo'] }],
  usage: { promptTokens: 5, completionTokens: 2 },
  id: 'answer-1',
};

describe.each(['v2', 'v3', 'v4'] as const)('a provider that goes through the AI SDK (%s) and back', (version) => {
  /** What reaches the inner provider, and what of it comes out again, both over the AI SDK's own interface. */
  const target: LLMConformanceTarget = {
    // Endings of the second version are one word.
    neverTold: version === 'v2' ? ['rawFinishReason'] : [],
    open: async (setup) => {
      const subject = await inMemoryTarget().open(setup);
      const modelOf = (modelId: string): AiSdkLanguageModel => {
        if (version === 'v2') return toAiSdk(subject.provider, { modelId, specificationVersion: version });
        if (version === 'v3') return toAiSdk(subject.provider, { modelId, specificationVersion: version });
        return toAiSdk(subject.provider, { modelId });
      };
      return {
        provider: fromAiSdk(modelOf('model-a'), { resolveModel: modelOf }),
        requests: subject.requests,
        openRequests: subject.openRequests,
        close: subject.close,
      };
    },
  };

  it('passes every check that applies', { timeout: 60_000 }, async () => {
    const outcomes = await checkLLMProvider(target);
    expect(formatReport(outcomes.filter(({ status }) => status === 'failed'))).toBe('0 passed, 0 failed, 0 skipped');
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual(['llm.15', 'X16', 'X11']);
  });
});

describe('toAiSdk', () => {
  it('serves generateText', async () => {
    const provider = new InMemoryLLMProvider({ model: HELLO });
    const { text, usage, finishReason, response } = await generateText({
      model: toAiSdk(provider, { modelId: 'model-a' }),
      prompt: 'Hi',
    });
    expect(text).toBe('Hello');
    expect(usage).toMatchObject({ inputTokens: 5, outputTokens: 2, totalTokens: 7 });
    expect(finishReason).toBe('stop');
    expect(response.id).toBe('answer-1');
    expect(provider.requests[0]?.prompt).toBe('Hi');
    expect(provider.requests[0]?.text).toContain('"model":"model-a"');
  });

  it('serves streamText', async () => {
    const model = toAiSdk(new InMemoryLLMProvider({ model: HELLO }), { modelId: 'model-a' });
    const { textStream, usage } = streamText({ model, prompt: 'Hi' });
    const deltas: string[] = [];
    for await (const delta of textStream) deltas.push(delta);
    expect(deltas).toEqual(['Hel', 'lo']);
    expect(await usage).toMatchObject({ inputTokens: 5, outputTokens: 2 });
  });

  it('lets the AI SDK run tools and send the results back', async () => {
    const provider = new InMemoryLLMProvider({
      model: ({ toolResults }) =>
        toolResults.length === 0
          ? {
              steps: [{ type: 'tool-call', id: 'call-a', name: 'weather', deltas: ['{"city":', '"Paris"}'] }],
              finish: 'tool_call',
            }
          : { steps: [{ type: 'text', deltas: [`It is ${toolResults[0]?.output}`] }] },
    });
    const weather = tool({
      description: 'Weather of a city',
      inputSchema: jsonSchema<{ city: string }>({ type: 'object', properties: { city: { type: 'string' } } }),
      execute: ({ city }) => `21 degrees in ${city}`,
    });
    const { text, steps } = await generateText({
      model: toAiSdk(provider, { modelId: 'model-a' }),
      prompt: 'Weather in Paris?',
      tools: { weather },
      stopWhen: ({ steps: done }) => done.length === 3,
    });
    expect(text).toBe('It is 21 degrees in Paris');
    expect(steps).toHaveLength(2);
  });

  it('carries a schema, so that the AI SDK gets its object', async () => {
    const provider = new InMemoryLLMProvider({ model: { steps: [{ type: 'text', deltas: ['{"city":"Paris"}'] }] } });
    const { output } = await generateText({
      model: toAiSdk(provider, { modelId: 'model-a' }),
      prompt: 'Where?',
      output: Output.object({
        schema: jsonSchema<{ city: string }>({ type: 'object', properties: { city: { type: 'string' } } }),
      }),
    });
    expect(output).toEqual({ city: 'Paris' });
    expect(provider.requests[0]?.hasSchema).toBe(true);
  });

  it('tells the AI SDK which failures are worth a retry, and how long to wait', async () => {
    const failing = toAiSdk(
      {
        chat: () =>
          Promise.reject(
            new IntegrationError({
              code: 'rate_limited',
              message: 'Slow down',
              retry: 'throttled',
              retryAfterMs: 30,
              httpStatus: 429,
            }),
          ),
        stream: () => new InMemoryLLMProvider({ model: HELLO }).stream([]),
        countTokens: () => Promise.resolve({ promptTokens: 0 }),
      },
      { modelId: 'model-a' },
    );
    const error: unknown = await Promise.resolve(failing.doGenerate({ prompt: [] })).catch((reason: unknown) => reason);
    expect(APICallError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ isRetryable: true, statusCode: 429, responseHeaders: { 'retry-after-ms': '30' } });
  });

  it('rejects before the stream starts when the call fails at once', async () => {
    const model = toAiSdk(new InMemoryLLMProvider({ model: HELLO }), { modelId: 'model-a' });
    const abortSignal = AbortSignal.abort(new DOMException('Enough', 'AbortError'));
    await expect(Promise.resolve(model.doStream({ prompt: [], abortSignal }))).rejects.toThrow('Enough');
  });

  it('reports what was lost in translation', async () => {
    const model = toAiSdk(new InMemoryLLMProvider({ model: HELLO }), { modelId: 'model-a' });
    const { warnings } = await model.doGenerate({
      prompt: [],
      reasoning: 'max',
      tools: [{ type: 'provider', id: 'vendor.search', name: 'search', args: {} }],
    });
    expect(warnings.map((warning) => ('feature' in warning ? warning.feature : warning.type))).toEqual([
      'tools',
      'reasoning',
    ]);
  });
});

const V4_USAGE = {
  inputTokens: { total: 10, noCache: 4, cacheRead: 6, cacheWrite: undefined },
  outputTokens: { total: 5, text: 3, reasoning: 2 },
};
const OUR_USAGE = {
  promptTokens: 10,
  completionTokens: 5,
  totalTokens: 15,
  inputDetails: { cacheReadTokens: 6 },
  outputDetails: { reasoningTokens: 2, textTokens: 3 },
};

describe('fromAiSdk', () => {
  it('reads a whole answer of a model of the fourth version', async () => {
    const model = new MockLanguageModelV4({
      modelId: 'mock-model',
      doGenerate: {
        content: [
          { type: 'reasoning', text: 'hm', providerMetadata: { vendor: { signature: 'sig' } } },
          { type: 'text', text: 'Hello' },
          { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'AAAA' } },
          {
            type: 'source',
            sourceType: 'document',
            id: 's1',
            mediaType: 'text/plain',
            title: 'Notes',
            filename: 'n.txt',
          },
          { type: 'custom', kind: 'vendor.thing' },
        ],
        finishReason: { unified: 'interrupted', raw: 'paused' },
        usage: V4_USAGE,
        warnings: [{ type: 'deprecated', setting: 'topK', message: 'Going away' }],
        response: { id: 'r1', modelId: 'served', timestamp: new Date(0) },
      },
    });
    expect(await fromAiSdk(model).chat(ask('Hi'))).toEqual({
      message: {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'hm', providerMetadata: { vendor: { signature: 'sig' } } },
          { type: 'text', text: 'Hello' },
          { type: 'file', file: { base64: 'AAAA', mediaType: 'image/png' } },
          { type: 'source', id: 's1', documentId: 'n.txt', title: 'Notes' },
        ],
      },
      finishReason: 'other',
      rawFinishReason: 'paused',
      usage: OUR_USAGE,
      id: 'r1',
      modelId: 'served',
      createdAt: '1970-01-01T00:00:00.000Z',
      warnings: [
        { type: 'other', field: 'content', message: expect.stringContaining('custom') },
        { type: 'deprecated', field: 'topK', message: 'Going away' },
      ],
    });
  });

  it('reads the stream of a model of the third version, and warns of what that does not know', async () => {
    const model = new MockLanguageModelV3({
      doStream: {
        stream: convertArrayToReadableStream([
          { type: 'stream-start', warnings: [] },
          { type: 'text-start', id: 't' },
          { type: 'text-delta', id: 't', delta: 'Hi' },
          { type: 'text-end', id: 't' },
          { type: 'finish', finishReason: { unified: 'stop', raw: 'end_turn' }, usage: V4_USAGE },
        ]),
      },
    });
    const provider = fromAiSdk(model);
    const parts = [];
    for await (const part of provider.streamParts?.(ask('Hi'), { reasoning: 'high' }) ?? []) parts.push(part);
    expect(parts).toEqual([
      { type: 'start', warnings: [{ type: 'unsupported', field: 'reasoning', message: expect.any(String) }] },
      { type: 'text-start', id: 't' },
      { type: 'text-delta', id: 't', delta: 'Hi' },
      { type: 'text-end', id: 't' },
      { type: 'finish', finishReason: 'stop', rawFinishReason: 'end_turn', usage: OUR_USAGE },
    ]);
  });

  it('talks to a model of the second version in its own form', async () => {
    const seen: unknown[] = [];
    const model: LanguageModelV2 = {
      specificationVersion: 'v2',
      provider: 'old',
      modelId: 'old-model',
      supportedUrls: {},
      doGenerate: (call) => {
        seen.push(call.prompt, call.tools);
        return Promise.resolve({
          content: [{ type: 'text', text: 'ok' }],
          finishReason: 'unknown',
          usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15, cachedInputTokens: 6 },
          warnings: [],
        });
      },
      doStream: () => Promise.reject(new Error('not used')),
    };
    const answer = await fromAiSdk(model).chat(
      [
        {
          role: 'user',
          content: [{ type: 'file', file: { url: 'https://example.com/a.png', mediaType: 'image/png' } }],
        },
        { role: 'assistant', content: [{ type: 'tool-call', id: 'c', name: 'look', arguments: '{"a":1}' }] },
        { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'c', output: '', denied: { reason: 'no' } }] },
      ],
      { tools: [{ name: 'look', inputSchema: { type: 'object' }, strict: true }] },
    );
    expect(seen[0]).toMatchObject([
      { role: 'user', content: [{ type: 'file', data: new URL('https://example.com/a.png'), mediaType: 'image/png' }] },
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'c', toolName: 'look', input: { a: 1 } }] },
      {
        role: 'tool',
        content: [{ type: 'tool-result', toolName: 'look', output: { type: 'error-text', value: 'no' } }],
      },
    ]);
    expect(seen[1]).toEqual([{ type: 'function', name: 'look', inputSchema: { type: 'object' } }]);
    expect(answer).toMatchObject({
      finishReason: 'other',
      rawFinishReason: 'unknown',
      usage: { promptTokens: 10, completionTokens: 5, totalTokens: 15, inputDetails: { cacheReadTokens: 6 } },
      warnings: [{ type: 'unsupported', field: 'strict' }],
    });
  });

  it('refuses a call for another model unless it can find that model', async () => {
    const model = new MockLanguageModelV4({ modelId: 'mock-model' });
    await expect(fromAiSdk(model).chat(ask('Hi'), { model: 'other' })).rejects.toMatchObject({
      code: 'unsupported',
      field: 'model',
    });
  });

  it('reads API errors without keeping what was sent and received', async () => {
    const model = new MockLanguageModelV4({
      doGenerate: () =>
        Promise.reject(
          new APICallError({
            message: 'Bad: the prompt said hunter2',
            url: 'https://api.example.com?key=hunter2',
            requestBodyValues: { prompt: 'hunter2' },
            statusCode: 429,
            responseHeaders: { 'retry-after': '3' },
            responseBody: '{"error":{"code":"slow_down","message":"hunter2"}}',
          }),
        ),
    });
    const error: unknown = await fromAiSdk(model)
      .chat(ask('Hi'))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 3000,
      providerCode: 'slow_down',
      httpStatus: 429,
    });
    expect(error).not.toHaveProperty('cause');
    expect(String(error)).not.toContain('hunter2');
  });

  it.each([
    [
      'an answer that broke off',
      new APICallError({ message: 'hunter2', url: 'https://x.example', requestBodyValues: {}, statusCode: 200 }),
      { code: 'provider_error', retry: 'transient' },
    ],
    [
      'a file that another provider knows',
      new NoSuchProviderReferenceError({ provider: 'mock', reference: { other: 'hunter2' } }),
      { code: 'unsupported', field: 'file' },
    ],
  ])('reads %s', async (_what, thrown, expected) => {
    const model = new MockLanguageModelV4({ doGenerate: () => Promise.reject(thrown) });
    const error: unknown = await fromAiSdk(model)
      .chat(ask('Hi'))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject(expected);
    expect(String(error)).not.toContain('hunter2');
  });

  it('declares the features that it is told of, and leaves empty metadata out', async () => {
    const model = new MockLanguageModelV4({
      doGenerate: {
        content: [{ type: 'text', text: 'ok', providerMetadata: { mock: {}, other: { a: 1 } } }],
        finishReason: { unified: 'stop', raw: undefined },
        usage: V4_USAGE,
        warnings: [],
        providerMetadata: { mock: {} },
      },
    });
    const provider = fromAiSdk(model, { features: ['tools'] });
    expect(provider.capabilities?.features).toEqual(['tools']);
    const answer = await provider.chat(ask('Hi'));
    expect(answer).not.toHaveProperty('providerMetadata');
    expect(answer.message.content).toEqual([{ type: 'text', text: 'ok', providerMetadata: { other: { a: 1 } } }]);
  });

  it('ends a call whose model does not heed the signal', async () => {
    const model = new MockLanguageModelV4({ doGenerate: () => new Promise(() => undefined) });
    const stop = new AbortController();
    const answer = fromAiSdk(model).chat(ask('Hi'), { signal: stop.signal });
    stop.abort();
    await expect(answer).rejects.toMatchObject({ code: 'aborted' });
  });

  it('reports no usage where the model reports none', async () => {
    const unknown = { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined };
    const model = new MockLanguageModelV4({
      doGenerate: {
        content: [],
        finishReason: { unified: 'stop', raw: undefined },
        usage: { inputTokens: unknown, outputTokens: { total: undefined, text: undefined, reasoning: undefined } },
        warnings: [],
      },
    });
    expect(await fromAiSdk(model).chat(ask('Hi'))).not.toHaveProperty('usage');
  });

  it('tells of an error that the stream survived, and throws one that it did not', async () => {
    const failed = { type: 'error', error: new Error('a chunk was unreadable') } as const;
    const ended = (unified: 'stop' | 'error') =>
      ({ type: 'finish', finishReason: { unified, raw: undefined }, usage: V4_USAGE }) as const;
    const start = { type: 'stream-start', warnings: [] } as const;
    const kinds = async (unified: 'stop' | 'error'): Promise<string[]> => {
      const stream = convertArrayToReadableStream([{ ...start, warnings: [] }, failed, ended(unified)]);
      const seen: string[] = [];
      const provider = fromAiSdk(new MockLanguageModelV4({ doStream: { stream } }));
      for await (const part of provider.streamParts?.(ask('Hi')) ?? []) seen.push(part.type);
      return seen;
    };
    expect(await kinds('stop')).toEqual(['start', 'error', 'finish']);
    await expect(kinds('error')).rejects.toMatchObject({ code: 'provider_error' });
  });

  it('says that a stream without a finish part was cut off', async () => {
    const model = new MockLanguageModelV4({
      doStream: { stream: convertArrayToReadableStream([{ type: 'stream-start' as const, warnings: [] }]) },
    });
    const read = async (): Promise<void> => {
      for await (const chunk of fromAiSdk(model).stream(ask('Hi'))) expect(chunk.type).not.toBe('end');
    };
    await expect(read()).rejects.toMatchObject({ code: 'unavailable', retry: 'transient' });
  });
});
