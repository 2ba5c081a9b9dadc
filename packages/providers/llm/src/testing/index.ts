export type { LLMTestRunner } from './check-llm-provider.ts';
export { checkLLMProvider, describeLLMProvider } from './check-llm-provider.ts';
export { ConformanceFailure } from './conformance-failure.ts';
export type {
  LLMByteStream,
  LLMConformanceTarget,
  LLMLostDetail,
  LLMSubject,
  LLMSubjectSetup,
  LLMToldFact,
} from './conformance-target.ts';
export type { InMemoryLLMProviderOptions } from './in-memory-llm-provider.ts';
export { InMemoryLLMProvider } from './in-memory-llm-provider.ts';
export { inMemoryTarget } from './in-memory-target.ts';
export { llmConformanceCases } from './llm-conformance-cases.ts';
export type { LLMObservedRequest } from './observed-request.ts';
export type { ScriptedAnswer, ScriptedModel, ScriptedStep, ScriptedUsage } from './scripted-answer.ts';
