import { type Static, Type } from '@mortise/core/schema';

const Extras = {
  providerMetadata: Type.Optional(Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()))),
  cache: Type.Optional(Type.Object({ ttlMs: Type.Optional(Type.Number({ minimum: 0 })) })),
};

const TextPart = Type.Object({ type: Type.Literal('text'), text: Type.String(), ...Extras });

/** A file that JSON can hold: by URL, as base64, or by the provider's reference; bytes and streams stay in a process. */
const PortableFile = Type.Intersect([
  Type.Object({ mediaType: Type.String({ minLength: 1 }), filename: Type.Optional(Type.String()) }),
  Type.Union([
    Type.Object({ url: Type.String({ format: 'uri' }) }),
    Type.Object({ base64: Type.String() }),
    Type.Object({ reference: Type.Record(Type.String(), Type.String()) }),
  ]),
]);

const FilePart = Type.Object({ type: Type.Literal('file'), file: PortableFile, ...Extras });

/** A content part as it crosses a process. */
export const LLMContentPartSchema = Type.Union([
  TextPart,
  FilePart,
  Type.Object({
    type: Type.Literal('tool-call'),
    id: Type.String(),
    name: Type.String(),
    arguments: Type.String(),
    execution: Type.Optional(Type.Union([Type.Literal('client'), Type.Literal('provider')])),
    ...Extras,
  }),
  Type.Object({
    type: Type.Literal('tool-result'),
    toolCallId: Type.String(),
    output: Type.String(),
    isError: Type.Optional(Type.Boolean()),
    content: Type.Optional(Type.Array(Type.Union([TextPart, FilePart]))),
    denied: Type.Optional(Type.Object({ reason: Type.Optional(Type.String()) })),
    ...Extras,
  }),
  Type.Object({
    type: Type.Literal('reasoning'),
    text: Type.String(),
    redacted: Type.Optional(Type.Boolean()),
    ...Extras,
  }),
  Type.Object({
    type: Type.Literal('source'),
    id: Type.String(),
    url: Type.Optional(Type.String()),
    documentId: Type.Optional(Type.String()),
    title: Type.Optional(Type.String()),
    ...Extras,
  }),
  Type.Object({ type: Type.Literal('refusal'), text: Type.String(), ...Extras }),
]);

/** `LLMContentPart` without files that only live in a process. */
export type PortableLLMContentPart = Static<typeof LLMContentPartSchema>;
