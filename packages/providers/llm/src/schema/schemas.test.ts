import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, it } from 'vitest';
import type { LLMMessage } from '../model/message.ts';
import type { LLMResponse } from '../model/response.ts';
import { LLMMessageSchema, LLMModelInfoSchema, LLMResponseSchema, LLMToolDefinitionSchema } from './index.ts';

const MESSAGE: LLMMessage = {
  role: 'assistant',
  content: [
    { type: 'text', text: 'Hi', cache: { ttlMs: 1 } },
    { type: 'reasoning', text: '', redacted: true, providerMetadata: { vendor: { signature: 's' } } },
    { type: 'file', file: { url: 'https://example.com/a.png', mediaType: 'image/png' } },
    { type: 'tool-call', id: 'c', name: 't', arguments: '{}', execution: 'provider' },
    { type: 'tool-result', toolCallId: 'c', output: '', content: [{ type: 'text', text: 'a' }], denied: {} },
    { type: 'source', id: 's', documentId: 'd' },
    { type: 'refusal', text: 'no' },
  ],
  name: 'Ann',
  metadata: { a: 'b' },
};

const ANSWER: LLMResponse = {
  message: MESSAGE,
  finishReason: 'other',
  rawFinishReason: 'tired',
  usage: { promptTokens: 1, completionTokens: 2, totalTokens: 3, outputDetails: { reasoningTokens: 1 } },
  createdAt: '2026-01-01T00:00:00Z',
  object: { a: 1 },
  warnings: [{ type: 'truncated', field: 'tools', message: 'cut' }],
};

const problemsOf = (schema: unknown, value: unknown) =>
  validateAgainstSchema<unknown>(schema, value).problems.map(({ path }) => path);

describe('the schemas of what crosses a process', () => {
  it('take a message and an answer with every kind of content, also after a trip through JSON', () => {
    expect(problemsOf(LLMMessageSchema, MESSAGE)).toEqual([]);
    expect(problemsOf(LLMResponseSchema, JSON.parse(JSON.stringify(ANSWER)))).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['an unknown role', { ...MESSAGE, role: 'robot' }],
    ['text in place of parts', { ...MESSAGE, content: 'Hi' }],
    ['a part of no known type', { ...MESSAGE, content: [{ type: 'hologram' }] }],
    [
      'bytes, which JSON cannot hold',
      { ...MESSAGE, content: [{ type: 'file', file: { bytes: new Uint8Array(1), mediaType: 'a/b' } }] },
    ],
    ['a tool call without an id', { ...MESSAGE, content: [{ type: 'tool-call', name: 't', arguments: '{}' }] }],
  ])('refuse %s', (_what, message) => {
    expect(validateAgainstSchema<unknown>(LLMMessageSchema, message).valid).toBe(false);
  });

  it.each<[string, object, string]>([
    ['a negative count', { usage: { promptTokens: -1, completionTokens: 0, totalTokens: 0 } }, '/usage/promptTokens'],
    ['half a token', { usage: { promptTokens: 0.5, completionTokens: 0, totalTokens: 0 } }, '/usage/promptTokens'],
    ['an ending of another vocabulary', { finishReason: 'tool-calls' }, '/finishReason'],
    ['a time without a date', { createdAt: 'noon' }, '/createdAt'],
  ])('refuse an answer with %s, by its place', (_what, fields, path) => {
    expect(problemsOf(LLMResponseSchema, { ...ANSWER, ...fields }).some((found) => found.startsWith(path))).toBe(true);
  });

  it('take a model and a tool, and refuse them without their names', () => {
    expect(problemsOf(LLMModelInfoSchema, { id: 'm', contextTokens: 8, retiresOn: '2027-01-31' })).toEqual([]);
    expect(problemsOf(LLMModelInfoSchema, { id: '', retiresOn: 'soon' })).toEqual(['/id', '/retiresOn']);
    expect(problemsOf(LLMToolDefinitionSchema, { name: 't', inputSchema: {}, hints: { readOnly: true } })).toEqual([]);
    expect(validateAgainstSchema<unknown>(LLMToolDefinitionSchema, { inputSchema: {} }).valid).toBe(false);
  });
});
