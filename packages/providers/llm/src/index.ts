export type {
  LLMContentPart,
  LLMFilePart,
  LLMPartExtras,
  LLMReasoningPart,
  LLMRefusalPart,
  LLMSourcePart,
  LLMTextPart,
  LLMToolCallPart,
  LLMToolExecution,
  LLMToolResultPart,
} from './model/content-part.ts';
export type { LLMMessage, LLMRole } from './model/message.ts';
export { textOf } from './model/message.ts';
export type { LLMToolChoice, LLMToolDefinition, LLMToolHints } from './model/tool.ts';
export type { LLMChatOptions, LLMJsonFormat, LLMReasoningEffort } from './model/chat-options.ts';
export type { LLMInputTokenDetails, LLMOutputTokenDetails, LLMTokenUsage } from './model/usage.ts';
export type { LLMFinishReason, LLMResponse } from './model/response.ts';
export type { LLMModelInfo } from './model/model-listing.ts';
export type { LLMCapabilities, LLMFeature, LLMMethod } from './model/capabilities.ts';

export type { StandardSchemaLike, StandardSchemaResult } from './structured/standard-schema.ts';
export { jsonSchemaOf } from './structured/json-schema-of.ts';
export type { ParsedObject } from './structured/parse-object.ts';
export { parseObject } from './structured/parse-object.ts';

export type { LLMStreamChunk } from './stream/stream-chunk.ts';
export type {
  LLMFinishPart,
  LLMMetadataPart,
  LLMStartPart,
  LLMStreamPart,
  LLMTextBlockPart,
  LLMToolApprovalRequestPart,
  LLMToolInputPart,
} from './stream/stream-part.ts';
export { chunksFromParts } from './stream/chunks-from-parts.ts';
export { collectResponse } from './stream/collect-response.ts';
export { iterateOnce } from './stream/iterate-once.ts';
export { partsFromChunks } from './stream/parts-from-chunks.ts';
export { partsFromResponse } from './stream/parts-from-response.ts';

export type { LLMCountTokensOptions, LLMListModelsOptions, LLMProvider, TokenCountResult } from './llm-provider.ts';
export type { LLMBatchItem, LLMBatchProvider, LLMBatchRequest, LLMBatchSummary } from './llm-batch-provider.ts';
export type { BatchFromChatOptions } from './batch-from-chat.ts';
export { createBatchFromChat } from './batch-from-chat.ts';
export type { CallScope } from './call/call-scope.ts';
export { openCallScope } from './call/call-scope.ts';
export type { CompleteLLMProvider } from './complete.ts';
export { complete } from './complete.ts';
export type {
  SeedLLMContentPart,
  SeedLLMMessage,
  SeedLLMProvider,
  SeedLLMResponse,
  SeedLLMStreamChunk,
} from './seed-compat.ts';
export { seedCompat } from './seed-compat.ts';

export {
  LLMContentPartSchema,
  LLMMessageSchema,
  LLMModelInfoSchema,
  LLMResponseSchema,
  LLMTokenUsageSchema,
  LLMToolDefinitionSchema,
} from './schema/index.ts';
export type { PortableLLMContentPart, PortableLLMMessage, PortableLLMResponse } from './schema/index.ts';
