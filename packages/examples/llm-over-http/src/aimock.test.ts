import { LLMock } from '@copilotkit/aimock';
import { embedMany, generateText, jsonSchema, streamText, tool } from 'ai';
import { toAiSdk as embeddingToAiSdk } from '@mortise/provider-embedding/ai-sdk';
import { complete, textOf } from '@mortise/provider-llm';
import { toAiSdk } from '@mortise/provider-llm/ai-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leadingTo } from './__fixtures__/leading-to.ts';
import { connectVendor, createHttpEmbeddingProvider, HttpLLMProvider, MISTRAL, OPENAI, type Vendor } from './index.ts';

const CITY = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
} as const;

let mock: LLMock;

beforeEach(async () => {
  mock = new LLMock({ port: 0, logLevel: 'silent', chunkSize: 4 });
  await mock.start();
});

afterEach(() => mock.stop());

/** Credentials that were sent; aimock keeps none. */
const authorizations: (string | null)[] = [];

function apiKeyOf(vendor: Vendor): string {
  return String(vendor.spec.secretSchema.example?.['apiKey']);
}

function connect(vendor: Vendor, config: Readonly<Record<string, unknown>> = {}) {
  return connectVendor(vendor, {
    config,
    secrets: { apiKey: apiKeyOf(vendor) },
    fetch: (address, init) => {
      authorizations.push(new Headers(init.headers).get('authorization'));
      return leadingTo(mock.url)(address, init);
    },
  });
}

const ask = (text: string) => [{ role: 'user' as const, content: [{ type: 'text' as const, text }] }];

const WEATHER = { name: 'weather', description: 'Weather of a city', inputSchema: CITY };

describe.each([
  ['Mistral', MISTRAL],
  ['OpenAI', OPENAI],
] as const)('%s by its spec, in front of aimock', (_name, vendor) => {
  const llm = () => complete(new HttpLLMProvider(connect(vendor, { model: 'model-a' })));

  it('chats, at the address and with the credential of the spec', async () => {
    mock.onMessage('hello', { content: 'Hello to you', usage: { prompt_tokens: 5, completion_tokens: 3 } });
    const answer = await llm().chat(ask('hello'));
    expect(textOf(answer.message)).toBe('Hello to you');
    expect(answer).toMatchObject({ finishReason: 'stop', usage: { promptTokens: 5, completionTokens: 3 } });
    const seen = mock.getLastRequest();
    expect(seen?.path).toBe('/v1/chat/completions');
    expect(authorizations.at(-1)).toBe(`Bearer ${apiKeyOf(vendor)}`);
    expect(seen?.body).toMatchObject({ model: 'model-a' });
  });

  it('streams, in as many pieces as come', async () => {
    mock.onMessage('hello', { content: 'Hello to you' });
    const deltas: string[] = [];
    for await (const part of llm().streamParts(ask('hello'))) if (part.type === 'text-delta') deltas.push(part.delta);
    expect(deltas).toEqual(['Hell', 'o to', ' you']);
  });

  it('lets tools be called and answers with their results', async () => {
    mock.on({ hasToolResult: true, toolResultContains: '21' }, { content: 'It is 21 degrees' });
    mock.onMessage('weather', { toolCalls: [{ id: 'call-1', name: 'weather', arguments: { city: 'Paris' } }] });
    const provider = llm();
    const { message, finishReason } = await provider.chat(ask('weather?'), { tools: [WEATHER] });
    expect(finishReason).toBe('tool_call');
    expect(message.content).toEqual([
      { type: 'tool-call', id: 'call-1', name: 'weather', arguments: '{"city":"Paris"}' },
    ]);
    const result = { type: 'tool-result' as const, toolCallId: 'call-1', output: '21 degrees' };
    const answer = await provider.chat([...ask('weather?'), message, { role: 'tool', content: [result] }]);
    expect(textOf(answer.message)).toBe('It is 21 degrees');
  });

  it('answers with JSON that fits a schema', async () => {
    mock.on({ userMessage: 'where', responseFormat: 'json_schema' }, { content: { city: 'Paris' } });
    const { object } = await llm().chat(ask('where?'), {
      responseFormat: { type: 'json', name: 'city', schema: CITY },
    });
    expect(object).toEqual({ city: 'Paris' });
    expect(mock.getLastRequest()?.body).toMatchObject({ response_format: { type: 'json_schema' } });
  });

  it('says why it was refused, in the words of the spec', async () => {
    mock.nextRequestError(401, { message: 'No such key', code: 'invalid_api_key', type: 'invalid_request_error' });
    const error: unknown = await llm()
      .chat(ask('hello'))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'unauthenticated', meaning: 'bad_credential', httpStatus: 401 });
    expect(String(error)).not.toContain(apiKeyOf(vendor));
  });

  it('embeds documents in order, and the same text the same way', async () => {
    const provider = createHttpEmbeddingProvider(connect(vendor), { maxBatchSize: 2, models: [], model: 'embed-a' });
    const texts = ['one', 'two', 'three', 'one'];
    const results = await provider.embedDocuments(texts.map((text, index) => ({ id: String(index), text })));
    expect(results.map(({ id }) => id)).toEqual(['0', '1', '2', '3']);
    expect(results[3]?.vector).toEqual(results[0]?.vector);
    expect(results[1]?.vector).not.toEqual(results[0]?.vector);
    expect(mock.getRequests().map(({ path }) => path)).toEqual(['/v1/embeddings', '/v1/embeddings']);
    mock.onEmbedding('question', { embedding: [0.6, 0.8] });
    expect((await provider.embedQuery('question')).vector).toEqual([0.6, 0.8]);
  });

  it('lists models', async () => {
    const { items } = await llm().listModels();
    expect(items.length).toBeGreaterThan(0);
  });

  it('serves the generateText of the AI SDK, which runs the tools', async () => {
    mock.on({ hasToolResult: true, toolResultContains: '21 degrees in Paris' }, { content: 'It is mild' });
    mock.onMessage('weather', { toolCalls: [{ id: 'call-1', name: 'weather', arguments: { city: 'Paris' } }] });
    const { text, steps } = await generateText({
      model: toAiSdk(llm(), { modelId: 'model-a' }),
      prompt: 'weather?',
      tools: { weather: weatherTool() },
      stopWhen: ({ steps: done }) => done.length === 3,
    });
    expect(text).toBe('It is mild');
    expect(steps).toHaveLength(2);
  });

  it('serves the streamText of the AI SDK, tools included', async () => {
    mock.on({ hasToolResult: true }, { content: 'It is mild' });
    mock.onMessage('weather', { toolCalls: [{ id: 'call-1', name: 'weather', arguments: { city: 'Paris' } }] });
    const { textStream, steps } = streamText({
      model: toAiSdk(llm(), { modelId: 'model-a' }),
      prompt: 'weather?',
      tools: { weather: weatherTool() },
      stopWhen: ({ steps: done }) => done.length === 3,
    });
    const deltas: string[] = [];
    for await (const delta of textStream) deltas.push(delta);
    expect(deltas.join('')).toBe('It is mild');
    expect(deltas.length).toBeGreaterThan(1);
    expect((await steps)[0]?.toolResults[0]?.output).toBe('21 degrees in Paris');
  });

  it('serves the embedMany of the AI SDK', async () => {
    const provider = createHttpEmbeddingProvider(connect(vendor), {
      models: [{ model: 'embed-a', dimensions: 1536, maxBatchSize: 2 }],
    });
    const { embeddings } = await embedMany({
      model: embeddingToAiSdk(provider, { modelId: 'embed-a' }),
      values: ['one', 'two', 'one'],
    });
    expect(embeddings).toHaveLength(3);
    expect(embeddings[2]).toEqual(embeddings[0]);
    expect(mock.getRequests()).toHaveLength(2);
  });
});

function weatherTool() {
  return tool({
    description: 'Weather of a city',
    inputSchema: jsonSchema<{ city: string }>(CITY),
    execute: ({ city }) => `21 degrees in ${city}`,
  });
}

describe('a connection', () => {
  it('chooses among the hosts of the spec, and no others', async () => {
    mock.onMessage('hello', { content: 'From the region' });
    const addresses: string[] = [];
    const config = { model: 'model-a', baseUrl: 'https://api.eu.mistral.ai' };
    const connected = connectVendor(MISTRAL, {
      config,
      secrets: { apiKey: 'key' },
      fetch: (address, init) => {
        addresses.push(address);
        return leadingTo(mock.url)(address, init);
      },
    });
    const answer = await new HttpLLMProvider(connected).chat(ask('hello'));
    expect(textOf(answer.message)).toBe('From the region');
    expect(addresses).toEqual(['https://api.eu.mistral.ai/v1/chat/completions']);
    expect(() => connectVendor(MISTRAL, { config: { baseUrl: 'https://evil.example' }, secrets: {} })).toThrow(
      expect.objectContaining({ code: 'invalid_request', field: '/baseUrl' }),
    );
  });

  it('names organization and project where it has them', async () => {
    mock.onMessage('hello', { content: 'Hi' });
    const config = { model: 'model-a', organizationId: 'org-abc', projectId: 'proj_abc' };
    await new HttpLLMProvider(connect(OPENAI, config)).chat(ask('hello'));
    const { headers = {} } = mock.getLastRequest() ?? {};
    expect([headers['openai-organization'], headers['openai-project']]).toEqual(['org-abc', 'proj_abc']);
  });

  it('must name a model somewhere', () => {
    expect(() => new HttpLLMProvider(connect(OPENAI))).toThrow(
      expect.objectContaining({ code: 'invalid_request', field: 'model' }),
    );
  });
});
