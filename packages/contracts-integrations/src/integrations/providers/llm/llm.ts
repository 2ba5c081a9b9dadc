export type {
  LLMChatOptions,
  LLMContentPart,
  LLMMessage,
  LLMProvider,
  LLMResponse,
  LLMRole,
  LLMStreamChunk,
  LLMTextPart,
  LLMTokenUsage,
  LLMToolCallPart,
  LLMToolDefinition,
  LLMToolResultPart,
  TokenCountResult,
} from '@mortise/provider-llm';
export type {
  SeedLLMContentPart,
  SeedLLMMessage,
  SeedLLMProvider,
  SeedLLMResponse,
  SeedLLMStreamChunk,
} from '@mortise/provider-llm';
export { seedCompat } from '@mortise/provider-llm';
