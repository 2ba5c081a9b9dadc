import { IntegrationError } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import { textOf } from '../../model/message.ts';
import type { LLMResponse } from '../../model/response.ts';
import { chunksFromParts } from '../../stream/chunks-from-parts.ts';
import type { LLMStreamChunk } from '../../stream/stream-chunk.ts';
import type { LLMStreamPart } from '../../stream/stream-part.ts';
import { ask, describeError, drain, partsOf, streamParts, withSubject } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { LLMConformanceTarget } from '../conformance-target.ts';
import { RICH_ANSWER, TOOL_ANSWER, WEATHER_TOOL } from '../sample-answers.ts';

const TOOLS = { tools: [WEATHER_TOOL] };

/** The rules of streams: `llm.1` to `llm.7`. */
export const streamCases: readonly ConformanceCase<LLMConformanceTarget>[] = [
  {
    id: 'llm.1',
    title: 'joined text deltas equal the final text, block by block',
    requires: 'streamParts',
    run: (target) =>
      withSubject(target, RICH_ANSWER, async ({ provider }) => {
        const blocks = textBlocks(await partsOf(provider, ask('go'), TOOLS));
        // Whether the source between them parts the text in two is the wire's to say.
        checkEqual(blocks.join(''), 'First block.Second block. Done.', 'text blocks of the stream');
        const { message } = endOf((await drain(provider.stream(ask('go'), TOOLS))).items);
        const texts = message.content.flatMap((part) => (part.type === 'text' ? part.text : []));
        checkEqual(texts, blocks, 'texts of the final message, beside the blocks');
        const answer = await provider.chat(ask('go'), TOOLS);
        checkEqual(textOf(answer.message), blocks.join(''), 'text of chat()');
      }),
  },
  {
    id: 'llm.2',
    title: 'each block starts, grows and ends under an id of its own; one start comes first, one finish last',
    requires: 'streamParts',
    run: (target) =>
      withSubject(target, RICH_ANSWER, async ({ provider }) => {
        const parts = await partsOf(provider, ask('go'), TOOLS);
        checkEqual(parts[0]?.type, 'start', 'first part');
        checkEqual(parts.at(-1)?.type, 'finish', 'last part');
        checkEqual(parts.filter(({ type }) => type === 'start' || type === 'finish').length, 2, 'starts and finishes');
        checkBlocks(parts);
      }),
  },
  {
    id: 'llm.3',
    title: "tool argument deltas joined are the call's arguments, which are JSON",
    requires: 'streamParts',
    run: (target) =>
      withSubject(target, TOOL_ANSWER, async ({ provider }) => {
        const parts = await partsOf(provider, ask('go'), TOOLS);
        const calls = parts.filter((part) => part.type === 'tool-call');
        checkEqual(
          calls.map((call) => call.name),
          ['get_weather', 'get_weather'],
          'tool calls',
        );
        for (const call of calls) {
          const deltas = parts.flatMap((part) =>
            part.type === 'tool-input-delta' && part.id === call.id ? part.delta : [],
          );
          checkEqual(deltas.join(''), call.arguments, `deltas of ${call.id}`);
          checkParses(call.arguments, call.id);
        }
      }),
  },
  {
    id: 'llm.4',
    title: 'stream() tells what streamParts() tells, in chunks',
    requires: 'streamParts',
    run: (target) =>
      withSubject(target, TOOL_ANSWER, async ({ provider }) => {
        const derived = await drain(chunksFromParts(streamParts(provider, ask('go'), TOOLS)));
        const native = await drain(provider.stream(ask('go'), TOOLS));
        checkEqual(summary(native.items), summary(derived.items), 'stream() beside chunks derived from streamParts()');
        checkEqual(native.items.at(-1)?.type, 'end', 'last chunk');
      }),
  },
  {
    id: 'llm.5',
    title: 'the final message holds its content in the order in which it was streamed',
    run: (target) =>
      withSubject(target, TOOL_ANSWER, async ({ provider }) => {
        const order = ['text', 'call-a', 'call-b'];
        checkEqual(contentOrder(endOf((await drain(provider.stream(ask('go'), TOOLS))).items)), order, 'stream()');
        checkEqual(contentOrder(await provider.chat(ask('go'), TOOLS)), order, 'chat()');
      }),
  },
  {
    id: 'llm.6',
    title: 'aborting in the middle of a stream ends it with "aborted", without end or finish',
    run: (target) =>
      withSubject(target, { steps: [{ type: 'text', deltas: ['one '] }, { type: 'hang' }] }, async ({ provider }) => {
        const stop = new AbortController();
        const seen: string[] = [];
        let error: unknown;
        try {
          for await (const chunk of provider.stream(ask('go'), { signal: stop.signal })) {
            seen.push(chunk.type);
            if (chunk.type === 'message_delta') stop.abort();
          }
        } catch (reason) {
          error = reason;
        }
        checkEqual(seen, ['message_delta'], 'chunks');
        check(
          IntegrationError.is(error) && error.code === 'aborted',
          `expected the iteration to throw "aborted", got ${error === undefined ? 'a normal end' : describeError(error)}`,
        );
      }),
  },
  {
    id: 'llm.7',
    title: 'a failure after the first tokens surfaces as an error and keeps what was told before',
    run: (target) =>
      withSubject(
        target,
        { steps: [{ type: 'text', deltas: ['one ', 'two '] }, { type: 'break' }] },
        async (subject) => {
          const { items, error } = await drain(subject.provider.stream(ask('go')));
          checkEqual(textOfChunks(items), 'one two ', 'text before the failure');
          check(!items.some((chunk) => chunk.type === 'end'), 'the broken stream has an "end" chunk');
          check(
            IntegrationError.is(error) && error.retryable,
            `expected a retryable IntegrationError, got ${error === undefined ? 'a normal end' : describeError(error)}`,
          );
        },
      ),
  },
];

function textBlocks(parts: readonly LLMStreamPart[]): string[] {
  const blocks = new Map<string, string>();
  for (const part of parts) {
    if (part.type === 'text-start') blocks.set(`${part.id} ${blocks.size}`, '');
    if (part.type !== 'text-delta') continue;
    const key = [...blocks.keys()].findLast((candidate) => candidate.startsWith(`${part.id} `));
    if (key === undefined) fail(`a text delta names block "${part.id}", which has not started`);
    blocks.set(key, (blocks.get(key) ?? '') + part.delta);
  }
  return [...blocks.values()];
}

function checkBlocks(parts: readonly LLMStreamPart[]): void {
  const open = new Set<string>();
  const used = new Set<string>();
  for (const part of parts) {
    const step = /^(text|reasoning|refusal|tool-input)-(start|delta|end)$/.exec(part.type)?.[2];
    if (step === undefined || !('id' in part) || part.id === undefined) continue;
    const { id } = part;
    if (step === 'start') {
      check(!used.has(id), `block id "${id}" is used twice`);
      used.add(id);
      open.add(id);
    } else check(open.has(id), `${part.type} names block "${id}", which is not open`);
    if (step === 'end') open.delete(id);
  }
  check(open.size === 0, `blocks were never ended: ${[...open].join(', ')}`);
  check(used.size > 0, 'the stream has no blocks');
}

function checkParses(text: string, id: string): void {
  try {
    JSON.parse(text);
  } catch {
    fail(`the arguments of ${id} are no JSON`);
  }
}

/** What two streams of one answer must agree on, however their text is cut. */
function summary(chunks: readonly LLMStreamChunk[]): unknown {
  const { usage, finishReason } = endOf(chunks);
  return {
    text: textOfChunks(chunks),
    calls: chunks.flatMap((chunk) => (chunk.type === 'tool_call' ? chunk.call : [])),
    usage: chunks.flatMap((chunk) => (chunk.type === 'usage' ? chunk.usage : [])),
    end: { usage, finishReason },
  };
}

function textOfChunks(chunks: readonly LLMStreamChunk[]): string {
  return chunks
    .flatMap((chunk) => (chunk.type === 'message_delta' && chunk.delta.type === 'text' ? chunk.delta.text : []))
    .join('');
}

function endOf(chunks: readonly LLMStreamChunk[]): LLMResponse {
  const last = chunks.at(-1);
  return last?.type === 'end' ? last.response : fail(`expected a last chunk "end", got "${last?.type ?? 'nothing'}"`);
}

function contentOrder(response: LLMResponse): string[] {
  return response.message.content.map((part) => (part.type === 'tool-call' ? part.id : part.type));
}
