export { LLMContentPartSchema, type PortableLLMContentPart } from './content-part-schema.ts';
export { LLMMessageSchema, type PortableLLMMessage } from './message-schema.ts';
export { LLMModelInfoSchema } from './model-listing-schema.ts';
export { LLMResponseSchema, LLMTokenUsageSchema, type PortableLLMResponse } from './response-schema.ts';
export { LLMToolDefinitionSchema } from './tool-schema.ts';
