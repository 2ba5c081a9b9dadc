import { type Static, Type } from '@mortise/core/schema';
import { LLMContentPartSchema } from './content-part-schema.ts';

/** A message as it crosses a process. */
export const LLMMessageSchema = Type.Object({
  role: Type.Union([Type.Literal('system'), Type.Literal('user'), Type.Literal('assistant'), Type.Literal('tool')]),
  content: Type.Array(LLMContentPartSchema),
  name: Type.Optional(Type.String()),
  toolCallId: Type.Optional(Type.String()),
  metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
});

/** `LLMMessage` without files that only live in a process. */
export type PortableLLMMessage = Static<typeof LLMMessageSchema>;
