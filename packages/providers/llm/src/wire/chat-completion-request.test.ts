import type { JsonObject } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import type { LLMChatOptions } from '../model/chat-options.ts';
import type { LLMContentPart } from '../model/content-part.ts';
import type { LLMMessage } from '../model/message.ts';
import { toChatCompletionRequest } from './chat-completion-request.ts';
import { type ChatCompletionDialect, MISTRAL_DIALECT, OPENAI_DIALECT } from './dialect.ts';

const HI: LLMMessage[] = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }];
const WEATHER = { name: 'weather', inputSchema: { type: 'object' } };

const request = (
  messages: readonly LLMMessage[],
  options: LLMChatOptions = {},
  dialect: ChatCompletionDialect = OPENAI_DIALECT,
  stream = false,
) => toChatCompletionRequest(messages, options, { dialect, model: 'model-a', stream });

const wireMessages = (messages: readonly LLMMessage[], dialect?: ChatCompletionDialect): unknown =>
  request(messages, {}, dialect).body['messages'];

const warned = (messages: readonly LLMMessage[], options?: LLMChatOptions, dialect?: ChatCompletionDialect) =>
  request(messages, options, dialect).warnings.map(({ type, field }) => `${type} ${field}`);

const user = (...content: LLMContentPart[]): LLMMessage[] => [{ role: 'user', content }];

describe('a chat-completions request', () => {
  it('is as small as the call', () => {
    expect(request(HI)).toEqual({
      body: { model: 'model-a', messages: [{ role: 'user', content: 'Hi' }] },
      warnings: [],
    });
  });

  it.each<[string, LLMChatOptions, JsonObject]>([
    ['model', { model: 'model-b' }, { model: 'model-b' }],
    ['sampling', { temperature: 0, topP: 0.5 }, { temperature: 0, top_p: 0.5 }],
    ['penalties', { presencePenalty: 1, frequencyPenalty: -1 }, { presence_penalty: 1, frequency_penalty: -1 }],
    ['stop sequences', { stopSequences: ['a'] }, { stop: ['a'] }],
    ['JSON mode', { responseFormat: 'json' }, { response_format: { type: 'json_object' } }],
    ['labels', { metadata: { a: 'b' } }, { metadata: { a: 'b' } }],
    ['provider options', { providerOptions: { openai: { logprobs: true } } }, { logprobs: true }],
    [
      'a schema',
      { responseFormat: { type: 'json', schema: { type: 'object' } } },
      {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'response', schema: { type: 'object' }, strict: true },
        },
      },
    ],
  ])('carries %s', (_what, options, fields) => {
    expect(request(HI, options).body).toMatchObject(fields);
    expect(request(HI, options).warnings).toEqual([]);
  });

  it('leaves options for other providers alone', () => {
    const { body, warnings } = request(HI, { providerOptions: { mistral: { safe_prompt: true } } });
    expect(body).not.toHaveProperty('safe_prompt');
    expect(warnings).toEqual([]);
  });

  it('speaks the form of each vendor', () => {
    const options: LLMChatOptions = { maxOutputTokens: 9, seed: 7, toolChoice: 'required', tools: [WEATHER] };
    expect(request(HI, options, OPENAI_DIALECT, true).body).toMatchObject({
      max_completion_tokens: 9,
      seed: 7,
      tool_choice: 'required',
      stream: true,
      stream_options: { include_usage: true },
    });
    const mistral = request(HI, options, MISTRAL_DIALECT, true).body;
    expect(mistral).toMatchObject({ max_tokens: 9, random_seed: 7, tool_choice: 'any', stream: true });
    expect(mistral).not.toHaveProperty('stream_options');
  });

  it('names a tool that must be called', () => {
    expect(request(HI, { tools: [WEATHER], toolChoice: { tool: 'weather' } }).body).toMatchObject({
      tools: [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }],
      tool_choice: { type: 'function', function: { name: 'weather' } },
    });
  });

  it('takes a Standard Schema that can give JSON Schema, and refuses one that cannot', () => {
    const standard = { version: 1, vendor: 'acme', validate: (value: unknown) => ({ value }) } as const;
    const able = { '~standard': { ...standard, jsonSchema: { input: () => ({ type: 'string' }) } } };
    expect(request(HI, { responseFormat: { type: 'json', schema: able } }).body).toMatchObject({
      response_format: { json_schema: { schema: { type: 'string' } } },
    });
    expect(() => request(HI, { responseFormat: { type: 'json', schema: { '~standard': standard } } })).toThrow(/acme/);
    expect(() => request(HI, { tools: [{ name: 't', inputSchema: 'text' }] })).toThrow(/tools\.t\.inputSchema/);
  });

  it.each<[string, LLMChatOptions, ChatCompletionDialect]>([
    ['topK', { topK: 4 }, OPENAI_DIALECT],
    ['userId', { userId: 'u' }, MISTRAL_DIALECT],
    ['reasoning', { reasoning: 'high' }, MISTRAL_DIALECT],
    ['reasoning', { reasoning: { budgetTokens: 9 } }, OPENAI_DIALECT],
    ['idempotencyKey', { idempotencyKey: 'k' }, MISTRAL_DIALECT],
    ['toolChoice', { toolChoice: 'required' }, OPENAI_DIALECT],
    ['inputExamples', { tools: [{ ...WEATHER, inputExamples: [{}] }] }, OPENAI_DIALECT],
    ['tools', { tools: [{ ...WEATHER, execution: 'provider' }] }, OPENAI_DIALECT],
  ])('warns of %s where the vendor has no such field', (field, options, dialect) => {
    expect(warned(HI, options, dialect)).toContain(`unsupported ${field}`);
  });

  it('warns of one thing once, however often it occurs', () => {
    const named = { role: 'user', name: 'Ann', content: [{ type: 'text', text: 'Hi', cache: {} }] } as const;
    const messages: LLMMessage[] = [
      { ...named, content: [...named.content] },
      { ...named, content: [...named.content] },
    ];
    expect(warned(messages, {}, MISTRAL_DIALECT)).toEqual(['unsupported cache', 'unsupported name']);
  });
});

describe('messages on the wire', () => {
  it('keep the words of an assistant that also calls tools', () => {
    const content: LLMContentPart[] = [
      { type: 'text', text: 'Let me look.' },
      { type: 'tool-call', id: 'c1', name: 'weather', arguments: '{}' },
    ];
    expect(wireMessages([{ role: 'assistant', content }])).toEqual([
      {
        role: 'assistant',
        content: 'Let me look.',
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{}' } }],
      },
    ]);
  });

  it('answer each tool call with a message of its own', () => {
    const content: LLMContentPart[] = [
      { type: 'tool-result', toolCallId: 'c1', output: '21' },
      { type: 'tool-result', toolCallId: 'c2', output: 'no such city', isError: true },
      { type: 'tool-result', toolCallId: 'c3', output: '', denied: { reason: 'not today' } },
    ];
    expect(wireMessages([{ role: 'tool', content }])).toEqual([
      { role: 'tool', tool_call_id: 'c1', content: '21' },
      { role: 'tool', tool_call_id: 'c2', content: 'no such city' },
      { role: 'tool', tool_call_id: 'c3', content: 'not today' },
    ]);
    expect(warned([{ role: 'tool', content }])).toEqual(['compatibility isError', 'compatibility denied']);
  });

  it('take a tool turn of plain text with its call id, and refuse one without', () => {
    const turn: LLMMessage = { role: 'tool', content: [{ type: 'text', text: '21' }] };
    expect(wireMessages([{ ...turn, toolCallId: 'c1' }])).toEqual([
      { role: 'tool', tool_call_id: 'c1', content: '21' },
    ]);
    expect(() => request([turn])).toThrow(/messages\[0\].*toolCallId/);
  });

  it('send reasoning back where the vendor takes it, and warn where not', () => {
    const turn: LLMMessage[] = [
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: ' hm\n' },
          { type: 'text', text: 'a' },
        ],
      },
    ];
    expect(wireMessages(turn, MISTRAL_DIALECT)).toEqual([
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: ' hm\n' }] },
          { type: 'text', text: 'a' },
        ],
      },
    ]);
    expect(wireMessages(turn, { ...MISTRAL_DIALECT, reasoningInput: 'reasoning_content' })).toEqual([
      { role: 'assistant', content: 'a', reasoning_content: ' hm\n' },
    ]);
    expect(warned(turn)).toEqual(['unsupported reasoning']);
  });

  it.each<[string, LLMContentPart, ChatCompletionDialect, JsonObject]>([
    [
      'an image as bytes',
      { type: 'file', file: { bytes: Uint8Array.of(1, 2, 3), mediaType: 'image/png' } },
      OPENAI_DIALECT,
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AQID' } },
    ],
    [
      'an image by URL',
      { type: 'file', file: { url: 'https://example.com/a.png', mediaType: 'image/png' } },
      MISTRAL_DIALECT,
      { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
    ],
    [
      'a document for OpenAI',
      { type: 'file', file: { base64: 'AQID', mediaType: 'application/pdf', filename: 'a.pdf' } },
      OPENAI_DIALECT,
      { type: 'file', file: { file_data: 'data:application/pdf;base64,AQID', filename: 'a.pdf' } },
    ],
    [
      'a document for Mistral',
      { type: 'file', file: { url: 'https://example.com/a.pdf', mediaType: 'application/pdf' } },
      MISTRAL_DIALECT,
      { type: 'document_url', document_url: 'https://example.com/a.pdf' },
    ],
    [
      'a document by reference',
      { type: 'file', file: { reference: { openai: 'file-1' }, mediaType: 'application/pdf' } },
      OPENAI_DIALECT,
      { type: 'file', file: { file_id: 'file-1' } },
    ],
    [
      'a recording for OpenAI',
      { type: 'file', file: { base64: 'AQID', mediaType: 'audio/mpeg' } },
      OPENAI_DIALECT,
      { type: 'input_audio', input_audio: { data: 'AQID', format: 'mp3' } },
    ],
    [
      'a recording for Mistral',
      { type: 'file', file: { base64: 'AQID', mediaType: 'audio/ogg' } },
      MISTRAL_DIALECT,
      { type: 'input_audio', input_audio: 'AQID' },
    ],
  ])('carry %s', (_what, part, dialect, expected) => {
    expect(wireMessages(user(part), dialect)).toEqual([{ role: 'user', content: [expected] }]);
  });

  it.each<[string, LLMContentPart]>([
    ['an image by reference', { type: 'file', file: { reference: { openai: 'f' }, mediaType: 'image/png' } }],
    ['a document by URL', { type: 'file', file: { url: 'https://example.com/a.pdf', mediaType: 'application/pdf' } }],
    ['a reference of another provider', { type: 'file', file: { reference: { other: 'f' }, mediaType: 'text/plain' } }],
    ['audio by URL', { type: 'file', file: { url: 'https://example.com/a.mp3', mediaType: 'audio/mpeg' } }],
    ['audio in a form that the vendor does not read', { type: 'file', file: { base64: '', mediaType: 'audio/ogg' } }],
    ['a tool call in a user turn', { type: 'tool-call', id: 'c', name: 't', arguments: '{}' }],
  ])('refuse %s by its place', (_what, part) => {
    expect(() => request([...HI, ...user({ type: 'text', text: 'a' }, part)])).toThrow(
      expect.objectContaining({ code: 'unsupported', field: 'messages[1].content[1]' }),
    );
  });

  it('encode a large file without overflowing the stack', () => {
    const file = { bytes: new Uint8Array(1_000_000), mediaType: 'image/png' };
    expect(JSON.stringify(wireMessages(user({ type: 'file', file })))).toContain('AAAAAAAA');
  });
});
