import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { collectResponse } from '../stream/collect-response.ts';
import type { LLMStreamPart } from '../stream/stream-part.ts';
import { encodeStream, sse } from './__fixtures__/encode-answer.ts';
import { decodeChatCompletionStream } from './chat-completion-stream.ts';

const encoder = new TextEncoder();

function bodyOf(...pieces: readonly (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece);
      controller.close();
    },
  });
}

const event = (delta: object, finish_reason: string | null = null): string =>
  sse(JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] }));

const DONE = event({}, 'stop') + sse('[DONE]');

async function read(...pieces: readonly string[]): Promise<LLMStreamPart[]> {
  const parts: LLMStreamPart[] = [];
  for await (const part of decodeChatCompletionStream(bodyOf(...pieces))) parts.push(part);
  return parts;
}

const typesOf = (parts: readonly LLMStreamPart[]): string[] => parts.map(({ type }) => type);

describe('a chat-completions stream', () => {
  it('opens a block for each run of one kind', async () => {
    const parts = await read(
      event({ reasoning_content: 'hm' }),
      event({ content: 'a' }),
      event({ content: 'b' }),
      event({ refusal: 'no' }),
      DONE,
    );
    expect(parts).toMatchObject([
      { type: 'start', warnings: [] },
      { type: 'reasoning-start', id: 'reasoning-0' },
      { type: 'reasoning-delta', delta: 'hm' },
      { type: 'reasoning-end' },
      { type: 'text-start', id: 'text-1' },
      { type: 'text-delta', delta: 'a' },
      { type: 'text-delta', delta: 'b' },
      { type: 'text-end' },
      { type: 'refusal-start', id: 'refusal-2' },
      { type: 'refusal-delta', delta: 'no' },
      { type: 'refusal-end' },
      { type: 'finish', finishReason: 'stop', rawFinishReason: 'stop' },
    ]);
  });

  it('tells calls apart whose arguments come interleaved', async () => {
    const fragment = (index: number, rest: object): object => ({ tool_calls: [{ index, ...rest }] });
    const parts = await read(
      event(fragment(0, { id: 'a', function: { name: 't', arguments: '{"x"' } })),
      event(fragment(1, { id: 'b', function: { name: 'u', arguments: '{' } })),
      event(fragment(0, { function: { arguments: ':1}' } })),
      event(fragment(1, { function: { arguments: '}' } })),
      DONE,
    );
    expect(parts.filter(({ type }) => type === 'tool-call')).toEqual([
      { type: 'tool-call', id: 'a', name: 't', arguments: '{"x":1}' },
      { type: 'tool-call', id: 'b', name: 'u', arguments: '{}' },
    ]);
  });

  it('tells calls apart by id where the vendor sends no index', async () => {
    const parts = await read(
      event({ tool_calls: [{ id: 'a', function: { name: 't', arguments: '{}' } }] }),
      event({ tool_calls: [{ id: 'b', function: { name: 't', arguments: '{"y":' } }] }),
      event({ tool_calls: [{ function: { arguments: '2}' } }] }),
      DONE,
    );
    expect(parts.filter(({ type }) => type === 'tool-call')).toMatchObject([
      { id: 'a', arguments: '{}' },
      { id: 'b', arguments: '{"y":2}' },
    ]);
  });

  it('gives a call without arguments an empty object, in the deltas as well', async () => {
    const parts = await read(
      event({ tool_calls: [{ index: 0, id: 'a', function: { name: 't', arguments: '' } }] }),
      DONE,
    );
    expect(parts.slice(1, -1)).toEqual([
      { type: 'tool-input-start', id: 'a', name: 't' },
      { type: 'tool-input-delta', id: 'a', delta: '{}' },
      { type: 'tool-input-end', id: 'a' },
      { type: 'tool-call', id: 'a', name: 't', arguments: '{}' },
    ]);
  });

  it('does not present a call that the token limit cut off as one to be run', async () => {
    const call = { tool_calls: [{ index: 0, id: 'a', function: { name: 't', arguments: '{"x":' } }] };
    const parts = await read(event(call), event({}, 'length'), sse('[DONE]'));
    expect(typesOf(parts)).toEqual(['start', 'tool-input-start', 'tool-input-delta', 'tool-input-end', 'finish']);
    expect(parts.at(-1)).toMatchObject({ finishReason: 'length', warnings: [{ type: 'truncated', field: 'tools' }] });
  });

  it('reads the usage that comes after the last choice, and one that comes with it', async () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2 };
    const after = await read(event({}, 'stop'), sse(JSON.stringify({ choices: [], usage })), sse('[DONE]'));
    const within = await read(
      sse(JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage })),
      sse('[DONE]'),
    );
    for (const parts of [after, within]) expect(parts.at(-1)).toMatchObject({ usage: { totalTokens: 3 } });
  });

  it('ends well without [DONE] once the answer has ended', async () => {
    expect(typesOf(await read(event({ content: 'a' }), event({}, 'stop'))).at(-1)).toBe('finish');
  });

  it('ignores comments, other fields, line ends of every kind and a byte order mark', async () => {
    const noisy = `\uFEFF: ping\r\nid: 7\r\nretry: 10\r\ndata: {"choices":[{"index":0,\r\ndata: "delta":{"content":"a"}}]}\r\n\r\n`;
    expect(typesOf(await read(noisy, DONE))).toEqual(['start', 'text-start', 'text-delta', 'text-end', 'finish']);
  });

  it.each<[string, string[], object]>([
    ['a stream that just ends', [event({ content: 'a' })], { code: 'unavailable', retry: 'transient' }],
    ['a stream that ends inside an event', [event({ content: 'a' }), 'data: {"choi'], { code: 'unavailable' }],
    ['an event that is no JSON', [sse('<html>')], { code: 'provider_error' }],
    ['an event that is no object', [sse('7')], { code: 'provider_error' }],
    ['a second choice', [sse('{"choices":[{"index":1,"delta":{}}]}')], { code: 'unsupported' }],
    [
      'an error of OpenAI',
      [sse('{"error":{"code":"server_error"}}')],
      { code: 'provider_error', providerCode: 'server_error' },
    ],
    ['an error of Mistral', [sse('{"object":"error","code":429}')], { code: 'rate_limited', retry: 'throttled' }],
    ['an error event', ['event: error\ndata: {"code":"503"}\n\n'], { code: 'unavailable', retry: 'transient' }],
    ['a call without a name', [event({ tool_calls: [{ index: 0 }] }), DONE], { code: 'provider_error' }],
  ])('fails on %s', async (_what, pieces, error) => {
    await expect(read(...pieces)).rejects.toMatchObject(error);
  });

  it('keeps what was told before a failure', async () => {
    const seen: string[] = [];
    const parts = decodeChatCompletionStream(bodyOf(event({ content: 'a' }), sse('{"error":{}}')));
    await expect(
      (async () => {
        for await (const { type } of parts) seen.push(type);
      })(),
    ).rejects.toMatchObject({ code: 'provider_error' });
    expect(seen).toEqual(['start', 'text-start', 'text-delta']);
  });

  it('cancels the body when it is left early, and cannot be gone through again', async () => {
    let isCanceled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(encoder.encode(event({ content: 'a' }))),
      cancel: () => {
        isCanceled = true;
      },
    });
    const parts = decodeChatCompletionStream(body);
    for await (const part of parts) if (part.type === 'text-delta') break;
    expect(isCanceled).toBe(true);
    expect(() => parts[Symbol.asyncIterator]()).toThrow(/iterated already/);
  });

  it('reports a broken connection as one that is worth a retry', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new TypeError('terminated')),
    });
    await expect(collectResponse(decodeChatCompletionStream(body))).rejects.toMatchObject({
      code: 'unavailable',
      retry: 'transient',
    });
  });

  it('gives the same answer whatever the text, and however its bytes are split', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
        async (deltas, cuts) => {
          const bytes = encodeStream({ steps: [{ type: 'text', deltas }] });
          const at = cuts.map((cut) => Math.floor(cut * bytes.length)).sort((a, b) => a - b);
          const pieces = [0, ...at].map((start, index) => bytes.subarray(start, at[index] ?? bytes.length));
          const { message } = await collectResponse(decodeChatCompletionStream(bodyOf(...pieces)));
          expect(message.content).toEqual([{ type: 'text', text: deltas.join('') }]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
