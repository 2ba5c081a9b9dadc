import { Type } from '@mortise/core/schema';

const Ms = Type.Number({ minimum: 0 });

/** `ConversationalSessionSummary` as it crosses a process. */
export const ConversationalSessionSummarySchema = Type.Object({
  sessionId: Type.String(),
  durationMs: Ms,
  turns: Type.Array(
    Type.Object({
      role: Type.Union([Type.Literal('user'), Type.Literal('agent')]),
      text: Type.String(),
      startMs: Ms,
      endMs: Ms,
    }),
  ),
  transcript: Type.String(),
});
