import type { JsonObject, JsonValue } from '@mortise/core';
import type { ScriptedAnswer, ScriptedStep } from '@mortise/provider-llm/testing';

/** One moment of a streamed answer: an event, or what happens instead of one. */
export type Moment = JsonObject | 'hang' | 'break';

/** How a service speaks: reasoning as a text of its own or as a part, usage in an event of its own or in the last. */
export type Speech = 'openai' | 'mistral';

/** The answer as the events of a chat-completions stream, without the framing. */
export function* streamMoments(answer: ScriptedAnswer, speech: Speech): Generator<Moment, void> {
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
      for (const delta of deltas(step, calls, speech)) yield event(delta);
      if (step.type === 'tool-call') calls += 1;
    }
  }
  const last = event({}, finishWord(answer));
  const usage = answer.usage === undefined ? undefined : usageOf(answer);
  if (speech === 'mistral') yield usage === undefined ? last : { ...last, usage };
  else {
    yield last;
    if (usage !== undefined) yield { ...identity(answer, 'chat.completion.chunk'), choices: [], usage };
  }
}

export function serverSentEvent(data: string): string {
  return `data: ${data}\n\n`;
}

/** The answer as the body of a chat completion. */
export function completionBody(answer: ScriptedAnswer, speech: Speech): JsonObject {
  const text = answer.steps.flatMap((step) => (step.type === 'text' ? step.deltas : [])).join('');
  const reasoning = answer.steps.flatMap((step) => (step.type === 'reasoning' ? step.deltas : [])).join('');
  const calls = answer.steps.flatMap((step): JsonValue[] =>
    step.type === 'tool-call'
      ? [{ id: step.id, type: 'function', function: { name: step.name, arguments: step.deltas.join('') } }]
      : [],
  );
  const annotations = answer.steps.flatMap((step) => (step.type === 'source' ? [annotation(step)] : []));
  const message: JsonObject = {
    role: 'assistant',
    ...(speech === 'mistral'
      ? { content: reasoning === '' ? text : [thinking(reasoning), { type: 'text', text }] }
      : { content: text === '' ? null : text, ...(reasoning === '' ? {} : { reasoning_content: reasoning }) }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
    ...(annotations.length === 0 ? {} : { annotations }),
  };
  return {
    ...identity(answer, 'chat.completion'),
    choices: [{ index: 0, message, finish_reason: finishWord(answer) }],
    ...(answer.usage === undefined ? {} : { usage: usageOf(answer) }),
  };
}

export function finishWord({ finish = 'stop' }: ScriptedAnswer): string {
  if (typeof finish === 'object') return finish.unknown;
  return finish === 'tool_call' ? 'tool_calls' : finish;
}

export function usageOf({ usage: counts }: ScriptedAnswer): JsonObject {
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

function thinking(text: string): JsonObject {
  return { type: 'thinking', thinking: [{ type: 'text', text }] };
}

function* deltas(step: ScriptedStep, calls: number, speech: Speech): Generator<JsonObject, void> {
  switch (step.type) {
    case 'text':
      for (const content of step.deltas) yield { content };
      return;
    case 'reasoning':
      for (const text of step.deltas) {
        yield speech === 'mistral' ? { content: [thinking(text)] } : { reasoning_content: text };
      }
      return;
    case 'refusal':
      for (const refusal of step.deltas) yield { refusal };
      return;
    case 'source':
      yield { annotations: [annotation(step)] };
      return;
    case 'tool-call': {
      const { id, name } = step;
      yield { tool_calls: [{ index: calls, id, type: 'function', function: { name, arguments: '' } }] };
      for (const piece of step.deltas) yield { tool_calls: [{ index: calls, function: { arguments: piece } }] };
      return;
    }
    default:
  }
}

function annotation({ url, title = url }: Extract<ScriptedStep, { type: 'source' }>): JsonObject {
  return { type: 'url_citation', url_citation: { url, title, start_index: 0, end_index: 0 } };
}

function identity({ id, modelId, createdAt }: ScriptedAnswer, object: string): JsonObject {
  return {
    ...(id === undefined ? {} : { id }),
    object,
    ...(createdAt === undefined ? {} : { created: createdAt }),
    ...(modelId === undefined ? {} : { model: modelId }),
  };
}
