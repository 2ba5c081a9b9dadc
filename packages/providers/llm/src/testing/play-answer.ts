import { classifyHttpStatus, IntegrationError, type IntegrationWarning } from '@mortise/core';
import type { CallScope } from '../call/call-scope.ts';
import type { LLMChatOptions } from '../model/chat-options.ts';
import type { LLMFinishReason } from '../model/response.ts';
import type { LLMTokenUsage } from '../model/usage.ts';
import type { LLMFinishPart, LLMStreamPart } from '../stream/stream-part.ts';
import { parseObject } from '../structured/parse-object.ts';
import type { ScriptedAnswer, ScriptedStep, ScriptedUsage } from './scripted-answer.ts';

interface Stage {
  readonly options: LLMChatOptions;
  readonly warnings: readonly IntegrationWarning[];
  readonly scope: CallScope;
}

/** Plays an answer as the parts of a stream. */
export async function* playAnswer(answer: ScriptedAnswer, stage: Stage): AsyncGenerator<LLMStreamPart, void> {
  yield { type: 'start', warnings: stage.warnings };
  yield* identity(answer);
  for (const [index, step] of answer.steps.entries()) {
    if (step.type === 'hang') await untilEnded(stage.scope);
    if (stage.options.includeRaw === true) yield { type: 'raw', value: step };
    yield* play(step, index);
  }
  yield await finish(answer, stage);
}

function* identity({ id, modelId, createdAt }: ScriptedAnswer): Generator<LLMStreamPart, void> {
  if (id === undefined && modelId === undefined && createdAt === undefined) return;
  yield {
    type: 'metadata',
    ...(id === undefined ? {} : { id }),
    ...(modelId === undefined ? {} : { modelId }),
    ...(createdAt === undefined ? {} : { createdAt: new Date(createdAt * 1000).toISOString() }),
  };
}

function* play(step: ScriptedStep, index: number): Generator<LLMStreamPart, void> {
  switch (step.type) {
    case 'text':
    case 'reasoning':
    case 'refusal': {
      const id = `${step.type}-${index}`;
      yield { type: `${step.type}-start`, id };
      for (const delta of step.deltas) yield { type: `${step.type}-delta`, id, delta };
      yield { type: `${step.type}-end`, id };
      return;
    }
    case 'tool-call': {
      const { id, name, deltas } = step;
      yield { type: 'tool-input-start', id, name };
      for (const delta of deltas) yield { type: 'tool-input-delta', id, delta };
      yield { type: 'tool-input-end', id };
      yield { type: 'tool-call', id, name, arguments: deltas.join('') };
      return;
    }
    case 'source':
      yield {
        type: 'source',
        id: `source-${index}`,
        url: step.url,
        ...(step.title === undefined ? {} : { title: step.title }),
      };
      return;
    case 'fail': {
      const { status, headers } = step;
      const failure = classifyHttpStatus(status, headers) ?? { code: 'provider_error', retry: 'never' };
      throw new IntegrationError({ ...failure, httpStatus: status, message: `The model failed with status ${status}` });
    }
    case 'break':
      throw new IntegrationError({ code: 'unavailable', retry: 'transient', message: 'The connection broke' });
    default:
  }
}

/** Never resolves: a model that hangs is left only by ending the call. */
function untilEnded({ signal, throwIfEnded }: CallScope): Promise<never> {
  return new Promise((_resolve, reject) => {
    const onAbort = (): void => {
      try {
        throwIfEnded();
      } catch (error) {
        reject(error);
      }
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

async function finish(answer: ScriptedAnswer, { options }: Stage): Promise<LLMFinishPart> {
  const text = answer.steps.flatMap((step) => (step.type === 'text' ? step.deltas : [])).join('');
  const parsed = await parseObject(text, options.responseFormat);
  return {
    type: 'finish',
    ...finishReasonOf(answer),
    ...(answer.usage === undefined ? {} : { usage: usageOf(answer.usage) }),
    ...(parsed === undefined ? {} : 'object' in parsed ? { object: parsed.object } : { warnings: [parsed.warning] }),
  };
}

function finishReasonOf({ finish: reason = 'stop' }: ScriptedAnswer): {
  finishReason: LLMFinishReason;
  rawFinishReason: string;
} {
  return typeof reason === 'object'
    ? { finishReason: 'other', rawFinishReason: reason.unknown }
    : { finishReason: reason, rawFinishReason: reason };
}

function usageOf({ promptTokens, completionTokens, cacheReadTokens, reasoningTokens }: ScriptedUsage): LLMTokenUsage {
  return {
    promptTokens,
    completionTokens,
    totalTokens: promptTokens + completionTokens,
    ...(cacheReadTokens === undefined ? {} : { inputDetails: { cacheReadTokens } }),
    ...(reasoningTokens === undefined ? {} : { outputDetails: { reasoningTokens } }),
  };
}
