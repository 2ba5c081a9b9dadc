import { Type } from '@mortise/core/schema';

/** `LLMToolDefinition` as it crosses a process: its input schema is JSON Schema. */
export const LLMToolDefinitionSchema = Type.Object({
  name: Type.String({ minLength: 1 }),
  description: Type.Optional(Type.String()),
  inputSchema: Type.Record(Type.String(), Type.Unknown()),
  strict: Type.Optional(Type.Boolean()),
  inputExamples: Type.Optional(Type.Array(Type.Record(Type.String(), Type.Unknown()))),
  execution: Type.Optional(Type.Union([Type.Literal('client'), Type.Literal('provider')])),
  hints: Type.Optional(
    Type.Object({
      readOnly: Type.Optional(Type.Boolean()),
      destructive: Type.Optional(Type.Boolean()),
      idempotent: Type.Optional(Type.Boolean()),
    }),
  ),
});
