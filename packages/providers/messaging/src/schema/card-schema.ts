import { type Static, Type } from '@mortise/core/schema';

const ButtonSchema = Type.Object({
  type: Type.Literal('button'),
  id: Type.String({ minLength: 1 }),
  label: Type.String(),
  value: Type.Optional(Type.String()),
  url: Type.Optional(Type.String({ format: 'uri' })),
  style: Type.Optional(Type.Union([Type.Literal('primary'), Type.Literal('danger')])),
});

const SelectSchema = Type.Object({
  type: Type.Literal('select'),
  id: Type.String({ minLength: 1 }),
  label: Type.String(),
  options: Type.Array(Type.Object({ label: Type.String(), value: Type.String() }), { minItems: 1 }),
});

/** `MessagingCard`. */
export const MessagingCardSchema = Type.Object({
  title: Type.Optional(Type.String()),
  elements: Type.Array(
    Type.Union([
      Type.Object({ type: Type.Literal('text'), text: Type.String() }),
      Type.Object({
        type: Type.Literal('fields'),
        fields: Type.Array(Type.Object({ label: Type.String(), value: Type.String() })),
      }),
      Type.Object({ type: Type.Literal('image'), url: Type.String({ format: 'uri' }), alt: Type.String() }),
      Type.Object({ type: Type.Literal('divider') }),
      Type.Object({ type: Type.Literal('actions'), actions: Type.Array(Type.Union([ButtonSchema, SelectSchema])) }),
      Type.Object({ type: Type.Literal('context'), text: Type.String() }),
    ]),
  ),
});

/** A card as it crosses a process. */
export type PortableMessagingCard = Static<typeof MessagingCardSchema>;
