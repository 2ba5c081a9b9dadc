import type { LLMTelemetryOperation, LLMTelemetryRecord } from './llm-telemetry-record.ts';

/** Which form of the conventions: `current`, or `legacy` with `gen_ai.system` in place of `gen_ai.provider.name`. */
export type OtelGenAiConventions = 'current' | 'legacy';

const OPERATIONS: Readonly<Record<LLMTelemetryOperation, string>> = {
  chat: 'chat',
  embeddings: 'embeddings',
  rerank: 'rerank',
  execute_tool: 'execute_tool',
  retrieval: 'retrieval',
  invoke_agent: 'invoke_agent',
  image: 'generate_content',
  speech: 'generate_content',
  transcription: 'generate_content',
};

/**
 * A record as span attributes of OpenTelemetry's conventions for generative AI. They are in development: pass the form that your
 * backend knows.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai (status Development, read 2026-11-25)
 */
export function toOtelAttributes(
  record: LLMTelemetryRecord,
  conventions: OtelGenAiConventions = 'current',
): Record<string, string | number | boolean | string[]> {
  const { usage = {}, error, finishReasons } = record;
  const attributes = {
    'gen_ai.operation.name': OPERATIONS[record.operation],
    [conventions === 'legacy' ? 'gen_ai.system' : 'gen_ai.provider.name']: record.provider,
    'gen_ai.request.model': record.requestModel,
    'gen_ai.response.model': record.responseModel,
    'gen_ai.response.id': record.responseId,
    'gen_ai.response.finish_reasons': finishReasons === undefined ? undefined : [...finishReasons],
    'gen_ai.conversation.id': record.sessionId,
    'gen_ai.request.temperature': record.temperature,
    'gen_ai.request.max_tokens': record.maxOutputTokens,
    'gen_ai.usage.input_tokens': usage.inputTokens,
    'gen_ai.usage.output_tokens': usage.outputTokens,
    'gen_ai.usage.cache_read.input_tokens': usage.cacheReadTokens,
    'gen_ai.usage.cache_creation.input_tokens': usage.cacheWriteTokens,
    'gen_ai.tool.name': record.toolName,
    'error.type': error?.type,
    'http.response.status_code': error?.httpStatus,
  };
  const known: Record<string, string | number | boolean | string[]> = {};
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) known[name] = value;
  return known;
}
