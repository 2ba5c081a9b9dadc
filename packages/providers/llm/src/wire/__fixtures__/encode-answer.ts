import type { JsonObject, JsonValue } from '@mortise/core';
import type { ScriptedAnswer, ScriptedStep } from '../../testing/scripted-answer.ts';

type Defined = Record<string, JsonValue>;

/** One moment of a streamed answer: an event, or what happens instead of one. */
export type WireMoment = JsonObject | 'hang' | 'break';

/** The answer as the events of a chat-completions stream, without the framing. */
export function* streamMoments(answer: ScriptedAnswer): Generator<WireMoment, void> {
  const event = (delta: JsonObject, finishReason: string | null = null): JsonObject => ({
    ...identity(answer, 'chat.completion.chunk'),
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  });
  yield event({ role: 'assistant', content: '' });
  let calls = 0;
  for (const step of answer.steps) {
    if (step.type === 'hang') yield 'hang';
    else if (step.type === 'break' || step.type === 'fail') yield 'break';
    else {
      for (const delta of deltas(step, calls)) yield event(delta);
      if (step.type === 'tool-call') calls += 1;
    }
  }
  yield event({}, finishWord(answer));
  if (answer.usage !== undefined)
    yield { ...identity(answer, 'chat.completion.chunk'), choices: [], usage: usage(answer) };
}

/** The answer as the bytes of a whole stream. */
export function encodeStream(answer: ScriptedAnswer): Uint8Array {
  const events = [...streamMoments(answer)].map((moment) => sse(JSON.stringify(moment)));
  return new TextEncoder().encode([': keep-alive\n\n', ...events, sse('[DONE]')].join(''));
}

export function sse(data: string): string {
  return `data: ${data}\n\n`;
}

/** The answer as the body of a chat completion. */
export function completionBody(answer: ScriptedAnswer): JsonObject {
  const message: Defined = { role: 'assistant', content: null };
  const calls: JsonValue[] = [];
  const annotations: JsonValue[] = [];
  let text = '';
  for (const step of answer.steps) {
    if (step.type === 'text') text += step.deltas.join('');
    if (step.type === 'reasoning') message['reasoning_content'] = step.deltas.join('');
    if (step.type === 'refusal') message['refusal'] = step.deltas.join('');
    if (step.type === 'source') annotations.push(annotation(step));
    if (step.type === 'tool-call') {
      calls.push({ id: step.id, type: 'function', function: { name: step.name, arguments: step.deltas.join('') } });
    }
  }
  if (text !== '') message['content'] = text;
  if (calls.length > 0) message['tool_calls'] = calls;
  if (annotations.length > 0) message['annotations'] = annotations;
  return {
    ...identity(answer, 'chat.completion'),
    choices: [{ index: 0, message, finish_reason: finishWord(answer) }],
    ...(answer.usage === undefined ? {} : { usage: usage(answer) }),
  };
}

function* deltas(step: ScriptedStep, calls: number): Generator<JsonObject, void> {
  switch (step.type) {
    case 'text':
      for (const content of step.deltas) yield { content };
      return;
    case 'reasoning':
      for (const text of step.deltas) yield { reasoning_content: text };
      return;
    case 'refusal':
      for (const refusal of step.deltas) yield { refusal };
      return;
    case 'source':
      yield { annotations: [annotation(step)] };
      return;
    case 'tool-call':
      yield {
        tool_calls: [{ index: calls, id: step.id, type: 'function', function: { name: step.name, arguments: '' } }],
      };
      for (const piece of step.deltas) yield { tool_calls: [{ index: calls, function: { arguments: piece } }] };
      return;
    default:
  }
}

function annotation({ url, title }: Extract<ScriptedStep, { type: 'source' }>): JsonObject {
  return { type: 'url_citation', url_citation: { url, ...(title === undefined ? {} : { title }) } };
}

function identity({ id, modelId, createdAt }: ScriptedAnswer, object: string): JsonObject {
  return {
    ...(id === undefined ? {} : { id }),
    object,
    ...(createdAt === undefined ? {} : { created: createdAt }),
    ...(modelId === undefined ? {} : { model: modelId }),
  };
}

function finishWord({ finish = 'stop' }: ScriptedAnswer): string {
  if (typeof finish === 'object') return finish.unknown;
  return finish === 'tool_call' ? 'tool_calls' : finish;
}

function usage({ usage: counts }: ScriptedAnswer): JsonObject {
  if (counts === undefined) return {};
  const { promptTokens, completionTokens, cacheReadTokens, reasoningTokens } = counts;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    ...(cacheReadTokens === undefined ? {} : { prompt_tokens_details: { cached_tokens: cacheReadTokens } }),
    ...(reasoningTokens === undefined ? {} : { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
  };
}
