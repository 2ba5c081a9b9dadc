import { IntegrationError } from '@mortise/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LLMContentPart } from '../model/content-part.ts';
import { textOf } from '../model/message.ts';
import type { LLMResponse } from '../model/response.ts';
import { chunksFromParts } from './chunks-from-parts.ts';
import { collectResponse } from './collect-response.ts';
import { partsFromChunks } from './parts-from-chunks.ts';
import { partsFromResponse } from './parts-from-response.ts';
import type { LLMStreamChunk } from './stream-chunk.ts';
import type { LLMStreamPart } from './stream-part.ts';

async function* from<Item>(items: Iterable<Item>): AsyncGenerator<Item, void> {
  yield* items;
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const seen: Item[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

const START: LLMStreamPart = { type: 'start', warnings: [] };
const FINISH: LLMStreamPart = { type: 'finish', finishReason: 'stop' };
const contentOf = async (...parts: LLMStreamPart[]): Promise<LLMContentPart[]> =>
  (await collectResponse(from([START, ...parts, FINISH]))).message.content;

describe('collectResponse', () => {
  it('puts interleaved blocks where they began', async () => {
    expect(
      await contentOf(
        { type: 'reasoning-start', id: 'r' },
        { type: 'text-start', id: 't' },
        { type: 'text-delta', id: 't', delta: 'Hi' },
        { type: 'reasoning-delta', id: 'r', delta: 'hm' },
        { type: 'text-end', id: 't' },
        { type: 'reasoning-end', id: 'r' },
      ),
    ).toEqual([
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'Hi' },
    ]);
  });

  it('keeps the metadata of a block, later keys over earlier', async () => {
    expect(
      await contentOf(
        { type: 'reasoning-start', id: 'r', redacted: true, providerMetadata: { a: { n: 1 }, b: {} } },
        { type: 'reasoning-end', id: 'r', providerMetadata: { a: { n: 2 } } },
      ),
    ).toEqual([{ type: 'reasoning', text: '', redacted: true, providerMetadata: { a: { n: 2 }, b: {} } }]);
  });

  it('leaves out a block that said nothing', async () => {
    expect(await contentOf({ type: 'text-start', id: 't' }, { type: 'text-end', id: 't' })).toEqual([]);
  });

  it('closes a block that the stream left open', async () => {
    expect(await contentOf({ type: 'text-start', id: 't' }, { type: 'text-delta', id: 't', delta: 'Hi' })).toEqual([
      { type: 'text', text: 'Hi' },
    ]);
  });

  it('replaces a preliminary result by the next one of the same call', async () => {
    const result = { type: 'tool-result', toolCallId: 'c' } as const;
    expect(
      await contentOf(
        { ...result, output: '10 %', preliminary: true },
        { type: 'source', id: 's', url: 'https://example.com' },
        { ...result, output: '50 %', preliminary: true },
        { ...result, output: 'done' },
      ),
    ).toEqual([
      { ...result, output: 'done' },
      { type: 'source', id: 's', url: 'https://example.com' },
    ]);
  });

  it('gathers identity and warnings from wherever they come', async () => {
    const warning = (message: string) => ({ type: 'other', message }) as const;
    const answer = await collectResponse(
      from<LLMStreamPart>([
        { type: 'start', warnings: [warning('first')] },
        { type: 'metadata', id: 'a', requestId: 'r' },
        { type: 'metadata', id: 'b', modelId: 'm' },
        { type: 'finish', finishReason: 'other', rawFinishReason: 'tired', object: null, warnings: [warning('last')] },
      ]),
    );
    expect(answer).toEqual({
      message: { role: 'assistant', content: [] },
      id: 'b',
      modelId: 'm',
      requestId: 'r',
      finishReason: 'other',
      rawFinishReason: 'tired',
      object: null,
      warnings: [warning('first'), warning('last')],
    });
  });

  it.each<[string, LLMStreamPart[], object]>([
    ['ends without finish', [START], { code: 'unavailable', retry: 'transient' }],
    ['goes on after finish', [START, FINISH, START], { code: 'provider_error' }],
    [
      'grows a block that was not started',
      [START, { type: 'text-delta', id: 't', delta: '' }],
      { code: 'provider_error' },
    ],
    [
      'starts a block twice',
      [
        { type: 'text-start', id: 't' },
        { type: 'text-start', id: 't' },
      ],
      { code: 'provider_error' },
    ],
    [
      'ends a block as another kind',
      [
        { type: 'text-start', id: 't' },
        { type: 'refusal-end', id: 't' },
      ],
      { code: 'provider_error' },
    ],
    [
      'tells of an error',
      [START, { type: 'error', error: new IntegrationError({ code: 'content_filtered', message: 'no' }) }, FINISH],
      { code: 'content_filtered' },
    ],
  ])('rejects a stream that %s', async (_what, parts, error) => {
    await expect(collectResponse(from(parts))).rejects.toMatchObject(error);
  });
});

const ANSWER: LLMResponse = {
  message: {
    role: 'assistant',
    content: [
      { type: 'reasoning', text: 'hm', redacted: true, providerMetadata: { a: {} } },
      { type: 'text', text: 'Hi' },
      { type: 'tool-call', id: 'c', name: 't', arguments: '{}', execution: 'provider' },
      { type: 'refusal', text: 'no' },
      { type: 'source', id: 's', documentId: 'd' },
    ],
  },
  finishReason: 'tool_call',
  rawFinishReason: 'tool_use',
  usage: { promptTokens: 1, completionTokens: 2, totalTokens: 3 },
  id: 'a',
  modelId: 'm',
  createdAt: '2026-01-01T00:00:00.000Z',
  requestId: 'r',
  object: { a: 1 },
  warnings: [{ type: 'other', message: 'w' }],
  providerMetadata: { a: {} },
};

describe('conversions between streams', () => {
  it('give an answer back unchanged', async () => {
    expect(await collectResponse(from(partsFromResponse(ANSWER)))).toEqual(ANSWER);
  });

  it('end the chunks with the whole answer', async () => {
    const chunks = await all(chunksFromParts(from(partsFromResponse(ANSWER))));
    expect(chunks.map(({ type }) => type)).toEqual(['message_delta', 'tool_call', 'usage', 'end']);
    expect(chunks.at(-1)).toEqual({ type: 'end', response: ANSWER });
  });

  it('recover from plain chunks what they hold, in words of parts', async () => {
    const parts = await all(partsFromChunks(chunksFromParts(from(partsFromResponse(ANSWER)))));
    const answer = await collectResponse(from(parts));
    expect(textOf(answer.message)).toBe('Hi');
    expect(new Set(answer.message.content.map(({ type }) => type))).toEqual(
      new Set(ANSWER.message.content.map(({ type }) => type)),
    );
    expect({ ...answer, message: undefined }).toEqual({ ...ANSWER, message: undefined });
  });

  it('read the chunks of an older implementation, which reports no ending', async () => {
    const chunks: LLMStreamChunk[] = [
      { type: 'message_delta', delta: { type: 'text', text: 'a' }, index: 0 },
      { type: 'error', error: new Error('blip') },
      { type: 'message_delta', delta: { type: 'text', text: 'b' }, index: 0 },
      { type: 'usage', usage: { promptTokens: 1, completionTokens: 1, totalTokens: 2 } },
      { type: 'end', response: { message: { role: 'assistant', content: [{ type: 'text', text: 'ab' }] } } },
    ];
    expect(await all(partsFromChunks(from(chunks)))).toMatchObject([
      START,
      { type: 'text-start', id: 'text-0' },
      { type: 'text-delta', delta: 'a' },
      { type: 'text-end' },
      { type: 'error', error: { code: 'provider_error' } },
      { type: 'text-start', id: 'text-1' },
      { type: 'text-delta', delta: 'b' },
      { type: 'text-end' },
      { type: 'finish', finishReason: 'other', usage: { totalTokens: 2 } },
    ]);
  });

  it('reject chunks that are cut off or belong to a second choice', async () => {
    const delta: LLMStreamChunk = { type: 'message_delta', delta: { type: 'text', text: 'a' }, index: 0 };
    await expect(all(partsFromChunks(from([delta])))).rejects.toMatchObject({ code: 'unavailable' });
    await expect(all(partsFromChunks(from([{ ...delta, index: 1 }])))).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('can be gone through once', async () => {
    const chunks = chunksFromParts(from(partsFromResponse(ANSWER)));
    await all(chunks);
    await expect(all(chunks)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('tell an error that the stream survived and go on', async () => {
    const error = new IntegrationError({ code: 'provider_error', message: 'blip' });
    const chunks = await all(chunksFromParts(from([START, { type: 'error', error } as const, FINISH])));
    expect(chunks.map(({ type }) => type)).toEqual(['error', 'end']);
  });

  it('keep every text, however it is cut into blocks and deltas', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.string(), { minLength: 1 })), async (blocks) => {
        const parts = blocks.flatMap((deltas, index): LLMStreamPart[] => {
          const id = `t${index}`;
          const grown = deltas.map((delta) => ({ type: 'text-delta', id, delta }) as const);
          return [{ type: 'text-start', id }, ...grown, { type: 'text-end', id }];
        });
        const { message } = await collectResponse(from([START, ...parts, FINISH]));
        expect(message.content.map((part) => (part.type === 'text' ? part.text : part.type))).toEqual(
          blocks.map((deltas) => deltas.join('')).filter((text) => text !== ''),
        );
      }),
    );
  });
});
