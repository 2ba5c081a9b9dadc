import { type Static, Type } from '@mortise/core/schema';
import { LLMMessageSchema } from './message-schema.ts';

const Tokens = Type.Integer({ minimum: 0 });
const ProviderMetadata = Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()));

/** `LLMTokenUsage` as it crosses a process. */
export const LLMTokenUsageSchema = Type.Object({
  promptTokens: Tokens,
  completionTokens: Tokens,
  totalTokens: Tokens,
  inputDetails: Type.Optional(
    Type.Object({
      cacheReadTokens: Type.Optional(Tokens),
      cacheWriteTokens: Type.Optional(Tokens),
      textTokens: Type.Optional(Tokens),
      audioTokens: Type.Optional(Tokens),
      imageTokens: Type.Optional(Tokens),
      videoTokens: Type.Optional(Tokens),
    }),
  ),
  outputDetails: Type.Optional(
    Type.Object({
      reasoningTokens: Type.Optional(Tokens),
      textTokens: Type.Optional(Tokens),
      audioTokens: Type.Optional(Tokens),
    }),
  ),
  estimated: Type.Optional(Type.Boolean()),
  raw: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

const Warning = Type.Object({
  type: Type.Union([
    Type.Literal('unsupported'),
    Type.Literal('compatibility'),
    Type.Literal('deprecated'),
    Type.Literal('truncated'),
    Type.Literal('other'),
  ]),
  field: Type.Optional(Type.String()),
  message: Type.String(),
});

/** An answer as it crosses a process. `raw` stays behind: it may hold anything. */
export const LLMResponseSchema = Type.Object({
  message: LLMMessageSchema,
  usage: Type.Optional(LLMTokenUsageSchema),
  finishReason: Type.Optional(
    Type.Union([
      Type.Literal('stop'),
      Type.Literal('length'),
      Type.Literal('tool_call'),
      Type.Literal('content_filter'),
      Type.Literal('error'),
      Type.Literal('other'),
    ]),
  ),
  rawFinishReason: Type.Optional(Type.String()),
  id: Type.Optional(Type.String()),
  modelId: Type.Optional(Type.String()),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  object: Type.Optional(Type.Unknown()),
  requestId: Type.Optional(Type.String()),
  providerMetadata: Type.Optional(ProviderMetadata),
  warnings: Type.Optional(Type.Array(Warning)),
});

/** `LLMResponse` without `raw` and without files that only live in a process. */
export type PortableLLMResponse = Static<typeof LLMResponseSchema>;
