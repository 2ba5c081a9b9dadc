import type { FixtureBlock, FixtureResponse } from '@copilotkit/aimock';
import type { ScriptedAnswer } from '@mortise/provider-llm/testing';
import { finishWord, usageOf } from './encode-chat.ts';

/**
 * Whether aimock can say it: it always tells an id, a model, a time and a usage without details, and knows text and tool
 * calls. Refusals it gives no headers of choice.
 */
export function isSayable(answer: ScriptedAnswer): boolean {
  const { steps, id, modelId, createdAt, usage } = answer;
  const isNamed = id !== undefined && modelId !== undefined && createdAt !== undefined;
  const isCounted = usage !== undefined && usage.cacheReadTokens === undefined && usage.reasoningTokens === undefined;
  return isNamed && isCounted && steps.length > 0 && steps.every(({ type }) => type === 'text' || type === 'tool-call');
}

/** The answer as a fixture. */
export function fixtureOf(answer: ScriptedAnswer): FixtureResponse {
  const { id, modelId, createdAt } = answer;
  const envelope = {
    ...(id === undefined ? {} : { id }),
    ...(modelId === undefined ? {} : { model: modelId }),
    ...(createdAt === undefined ? {} : { created: createdAt }),
    ...(answer.usage === undefined ? {} : { usage: usageOf(answer) }),
    finishReason: finishWord(answer),
  };
  const blocks = answer.steps.flatMap((step): FixtureBlock[] => {
    if (step.type === 'text') return [{ type: 'text', text: step.deltas.join('') }];
    if (step.type !== 'tool-call') return [];
    return [{ type: 'toolCall', id: step.id, name: step.name, arguments: step.deltas.join('') }];
  });
  const [first] = blocks;
  if (blocks.length === 1 && first?.type === 'text') return { content: first.text, ...envelope };
  return { blocks, ...envelope };
}
