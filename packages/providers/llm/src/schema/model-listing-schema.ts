import { Type } from '@mortise/core/schema';

/** `LLMModelInfo` as it crosses a process. */
export const LLMModelInfoSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  aliases: Type.Optional(Type.Array(Type.String())),
  title: Type.Optional(Type.String()),
  contextTokens: Type.Optional(Type.Integer({ minimum: 1 })),
  maxOutputTokens: Type.Optional(Type.Integer({ minimum: 1 })),
  inputMediaTypes: Type.Optional(Type.Array(Type.String())),
  retiresOn: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
});
