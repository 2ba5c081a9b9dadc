import type { LLMFinishReason } from '../model/response.ts';

const FINISH_REASONS: ReadonlyMap<string, LLMFinishReason> = new Map<string, LLMFinishReason>([
  ['stop', 'stop'],
  ['length', 'length'],
  // Mistral: the model's context is full, whatever the limit asked for.
  ['model_length', 'length'],
  ['tool_calls', 'tool_call'],
  ['function_call', 'tool_call'],
  ['content_filter', 'content_filter'],
  ['error', 'error'],
]);

/** The reason in our words, and in the vendor's; a word that is not known is `other`. */
export function finishReasonFromWire(reason: string): { finishReason: LLMFinishReason; rawFinishReason: string } {
  return { finishReason: FINISH_REASONS.get(reason) ?? 'other', rawFinishReason: reason };
}
