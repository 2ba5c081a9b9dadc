import { IntegrationError } from '@mortise/core';
import { FakeClock } from '@mortise/testing';
import type { LLMProvider } from '../../llm-provider.ts';
import type { LLMChatOptions } from '../../model/chat-options.ts';
import type { LLMContentPart } from '../../model/content-part.ts';
import type { LLMMessage } from '../../model/message.ts';
import { chunksFromParts } from '../../stream/chunks-from-parts.ts';
import { collectResponse } from '../../stream/collect-response.ts';
import { iterateOnce } from '../../stream/iterate-once.ts';
import type { LLMStreamPart } from '../../stream/stream-part.ts';
import type { LLMConformanceTarget } from '../conformance-target.ts';
import { InMemoryLLMProvider } from '../in-memory-llm-provider.ts';

type Messages = readonly LLMMessage[];
type Parts = AsyncIterable<LLMStreamPart>;

/** A provider that does one thing wrong. */
export interface BrokenProvider {
  /** The only check that it may fail. */
  readonly fails: string;
  readonly mistake: string;
  readonly target: LLMConformanceTarget;
}

function broken(
  fails: string,
  mistake: string,
  build: (honest: InMemoryLLMProvider, credential: string) => LLMProvider,
): BrokenProvider {
  return {
    fails,
    mistake,
    target: {
      open: async ({ model, credential }) => {
        const clock = new FakeClock();
        const honest = new InMemoryLLMProvider({ model, credential, sleep: clock.sleep });
        return {
          provider: build(honest, credential),
          requests: () => honest.requests,
          openRequests: () => honest.openRequests,
          advance: (ms) => clock.advance(ms),
          close: () => honest.close(),
        };
      },
    },
  };
}

/** The honest provider with some methods replaced; what is not replaced works on the honest one. */
function replacing(honest: InMemoryLLMProvider, methods: Partial<LLMProvider>): LLMProvider {
  return {
    capabilities: honest.capabilities,
    chat: (messages, options) => honest.chat(messages, options),
    stream: (messages, options) => honest.stream(messages, options),
    streamParts: (messages, options) => honest.streamParts(messages, options),
    countTokens: (messages, options) => honest.countTokens(messages, options),
    listModels: (options) => honest.listModels(options),
    close: () => honest.close(),
    ...methods,
  };
}

/** The honest provider with a mistake in its stream of parts, from which `stream` is derived. */
function inStreams(
  honest: InMemoryLLMProvider,
  spoil: (parts: Parts) => AsyncGenerator<LLMStreamPart, void>,
): LLMProvider {
  const streamParts = (messages: Messages, options?: LLMChatOptions): Parts =>
    iterateOnce(() => spoil(honest.streamParts(messages, options)));
  return replacing(honest, {
    streamParts,
    stream: (messages, options) => chunksFromParts(streamParts(messages, options)),
  });
}

/** The honest provider with a mistake in what it sends. */
function inInputs(
  honest: InMemoryLLMProvider,
  spoil: (messages: Messages, options: LLMChatOptions) => { messages: Messages; options: LLMChatOptions },
): LLMProvider {
  const streamParts = (messages: Messages, options: LLMChatOptions = {}): Parts => {
    const spoiled = spoil(messages, options);
    return honest.streamParts(spoiled.messages, spoiled.options);
  };
  return replacing(honest, {
    streamParts,
    stream: (messages, options) => chunksFromParts(streamParts(messages, options)),
    chat: (messages, options) => collectResponse(streamParts(messages, options)),
  });
}

/** The messages with some parts changed or left out. */
function mapParts(messages: Messages, map: (part: LLMContentPart) => LLMContentPart[]): Messages {
  return messages.map((message) => ({ ...message, content: message.content.flatMap(map) }));
}

function without(options: LLMChatOptions, key: keyof LLMChatOptions): LLMChatOptions {
  const { [key]: _, ...rest } = options;
  return rest;
}

const lostTextDelta = broken('llm.1', 'loses all but the first two deltas of each text block in streams', (honest) =>
  inStreams(honest, async function* spoil(parts) {
    let deltas = 0;
    for await (const part of parts) {
      if (part.type === 'text-start') deltas = 0;
      if (part.type === 'text-delta') deltas += 1;
      if (part.type !== 'text-delta' || deltas <= 2) yield part;
    }
  }),
);

const reusedBlockIds = broken('llm.2', 'gives every text block the same id', (honest) =>
  inStreams(honest, async function* spoil(parts) {
    for await (const part of parts) {
      if (part.type === 'text-start' || part.type === 'text-delta' || part.type === 'text-end')
        yield { ...part, id: '0' };
      else yield part;
    }
  }),
);

const lostArgumentDelta = broken('llm.3', 'repeats a piece of the tool arguments', (honest) =>
  inStreams(honest, async function* spoil(parts) {
    for await (const part of parts) {
      yield part;
      if (part.type === 'tool-input-delta') yield part;
    }
  }),
);

const streamWithoutCalls = broken('llm.4', 'tells no tool calls in stream()', (honest) =>
  replacing(honest, {
    stream: (messages, options) =>
      iterateOnce(async function* spoil() {
        for await (const chunk of honest.stream(messages, options)) if (chunk.type !== 'tool_call') yield chunk;
      }),
  }),
);

const callsBeforeText = broken('llm.5', 'moves tool calls before text in the final message', (honest) =>
  replacing(honest, {
    chat: async (messages, options) => {
      const answer = await honest.chat(messages, options);
      const isCall = (part: LLMContentPart): boolean => part.type === 'tool-call';
      const { content } = answer.message;
      const reordered = [...content.filter(isCall), ...content.filter((part) => !isCall(part))];
      return { ...answer, message: { ...answer.message, content: reordered } };
    },
  }),
);

const finishAfterAbort = broken('llm.6', 'ends an aborted stream as if it were whole', (honest) =>
  inStreams(honest, async function* spoil(parts) {
    let hasSpoken = false;
    try {
      for await (const part of parts) {
        hasSpoken ||= part.type === 'text-delta';
        yield part;
      }
    } catch (error) {
      if (!hasSpoken || !IntegrationError.is(error) || error.code !== 'aborted') throw error;
      yield { type: 'finish', finishReason: 'stop' };
    }
  }),
);

const swallowedFailure = broken('llm.7', 'ends a broken stream as if it were whole', (honest) =>
  inStreams(honest, async function* spoil(parts) {
    let hasSpoken = false;
    try {
      for await (const part of parts) {
        hasSpoken ||= part.type === 'text-delta';
        yield part;
      }
    } catch (error) {
      if (!hasSpoken || !IntegrationError.is(error) || error.code !== 'unavailable') throw error;
      yield { type: 'finish', finishReason: 'stop' };
    }
  }),
);

const uncheckedObject = broken('llm.8', 'parses a JSON answer without checking it', (honest) =>
  replacing(honest, {
    chat: async (messages, options) => {
      const { warnings: _, ...answer } = await honest.chat(messages, options);
      if (typeof options?.responseFormat !== 'object') return _ === undefined ? answer : { ...answer, warnings: _ };
      const [part] = answer.message.content;
      try {
        return { ...answer, object: JSON.parse(part?.type === 'text' ? part.text : '') };
      } catch {
        return _ === undefined ? answer : { ...answer, warnings: _ };
      }
    },
  }),
);

const ignoredToolChoice = broken('llm.9', 'does not send toolChoice', (honest) =>
  inInputs(honest, (messages, options) => ({ messages, options: without(options, 'toolChoice') })),
);

const lostErrorResult = broken('llm.10', 'does not send tool results that are errors', (honest) =>
  inInputs(honest, (messages, options) => ({
    messages: mapParts(messages, (part) => (part.type === 'tool-result' && part.isError === true ? [] : [part])),
    options,
  })),
);

const doubleCountedReasoning = broken('llm.11', 'counts reasoning tokens on top of the completion', (honest) =>
  inStreams(honest, async function* spoil(parts) {
    for await (const part of parts) {
      if (part.type !== 'finish' || part.usage === undefined) {
        yield part;
        continue;
      }
      const reasoning = part.usage.outputDetails?.reasoningTokens ?? 0;
      yield { ...part, usage: { ...part.usage, completionTokens: part.usage.completionTokens + reasoning } };
    }
  }),
);

const unknownEndingIsStop = broken('llm.12', 'reports an ending that it does not know as stop', (honest) =>
  replacing(honest, {
    chat: async (messages, options) => {
      const answer = await honest.chat(messages, options);
      return answer.finishReason === 'other' ? { ...answer, finishReason: 'stop' } : answer;
    },
  }),
);

const trimmedReasoning = broken('llm.13', 'trims reasoning before it sends it back', (honest) =>
  inInputs(honest, (messages, options) => ({
    messages: mapParts(messages, (part) => [part.type === 'reasoning' ? { ...part, text: part.text.trim() } : part]),
    options,
  })),
);

const lostReference = broken('llm.14', 'leaves out files that are given by reference', (honest) =>
  inInputs(honest, (messages, options) => ({
    messages: mapParts(messages, (part) => (part.type === 'file' && 'reference' in part.file ? [] : [part])),
    options,
  })),
);

const sentBeforeLooking = broken('X1', 'sends first and looks at the signal afterwards', (honest) => {
  const chat: LLMProvider['chat'] = async (messages, options) => {
    if (options?.signal?.aborted !== true) return honest.chat(messages, options);
    await honest.chat(messages, without(options, 'signal'));
    return honest.chat(messages, options);
  };
  return replacing(honest, { chat });
});

const deafChat = broken('X2', 'does not notice an abort while chat() waits', (honest) =>
  replacing(honest, {
    chat: (messages, options = {}) =>
      honest.chat(messages, options.signal?.aborted === true ? options : without(options, 'signal')),
  }),
);

const ignoredTimeout = broken('X3', 'has no time limit', (honest) =>
  replacing(honest, { chat: (messages, options = {}) => honest.chat(messages, without(options, 'timeoutMs')) }),
);

const keptOpen = broken('X4', 'keeps the request open when a stream is left early', (honest) =>
  replacing(honest, {
    stream: (messages, options) => {
      const inner = honest.stream(messages, options)[Symbol.asyncIterator]();
      return iterateOnce(async function* spoil() {
        for (let next = await inner.next(); next.done !== true; next = await inner.next()) yield next.value;
      });
    },
  }),
);

const droppedTopK = broken('X5', 'drops topK without a word', (honest) =>
  inInputs(honest, (messages, options) => ({ messages, options: without(options, 'topK') })),
);

const inventedUsage = broken('X6', 'reports zero tokens where nothing was reported', (honest) =>
  replacing(honest, {
    chat: async (messages, options) => ({
      usage: { promptTokens: 0, completionTokens: 0, totalTokens: 0 },
      ...(await honest.chat(messages, options)),
    }),
  }),
);

const changedInput = broken('X8', 'adds its instructions to the messages it was given', (honest) =>
  inInputs(honest, (messages, options) => {
    const [first] = messages;
    if (first?.role === 'system') first.content.push({ type: 'text', text: 'Answer in English.' });
    return { messages, options };
  }),
);

const shownCredential = broken('X13', 'puts the credential into the error of a refused call', (honest, credential) =>
  replacing(honest, {
    chat: async (messages, options) => {
      try {
        return await honest.chat(messages, options);
      } catch (error) {
        if (!IntegrationError.is(error) || error.code !== 'unauthenticated') throw error;
        const message = `The key ${btoa(credential)} was refused`;
        throw new IntegrationError({ code: 'unauthenticated', message });
      }
    },
  }),
);

const mixedUp = broken('X15', 'keeps the last question in a field that all calls share', (honest) => {
  let last: Messages = [];
  return replacing(honest, {
    chat: async (messages, options) => {
      last = messages;
      await Promise.resolve();
      return honest.chat(last, options);
    },
  });
});

const immortal = broken('X16', 'answers after it was closed', (honest) => replacing(honest, { close: async () => {} }));

const normalised = broken('X18', 'normalises text before it sends it', (honest) =>
  inInputs(honest, (messages, options) => ({
    messages: mapParts(messages, (part) => [
      part.type === 'text' ? { ...part, text: part.text.normalize('NFC') } : part,
    ]),
    options,
  })),
);

const boastful = broken('X20', 'declares a model list that it does not have', (honest) =>
  replacing(honest, {
    listModels: () => Promise.reject(new IntegrationError({ code: 'unsupported', message: 'No model list' })),
  }),
);

/** One for each check that the in-memory provider takes. */
export const brokenProviders: readonly BrokenProvider[] = [
  lostTextDelta,
  reusedBlockIds,
  lostArgumentDelta,
  streamWithoutCalls,
  callsBeforeText,
  finishAfterAbort,
  swallowedFailure,
  uncheckedObject,
  ignoredToolChoice,
  lostErrorResult,
  doubleCountedReasoning,
  unknownEndingIsStop,
  trimmedReasoning,
  lostReference,
  sentBeforeLooking,
  deafChat,
  ignoredTimeout,
  keptOpen,
  droppedTopK,
  inventedUsage,
  changedInput,
  shownCredential,
  mixedUp,
  immortal,
  normalised,
  boastful,
];
