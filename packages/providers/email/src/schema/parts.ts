import { Type } from '@mortise/core/schema';

export const Instant = Type.String({ format: 'date-time' });
export const Texts = Type.Array(Type.String());
export const Labels = Type.Record(Type.String(), Type.String());

export const EmailAddressSchema = Type.Object({
  email: Type.String({ minLength: 3, pattern: '^[^\\s@]+@[^\\s@]+$' }),
  name: Type.Optional(Type.String()),
});

/** An attachment as it crosses a process: its content stays behind, to be fetched by id or address. */
export const EmailAttachmentSchema = Type.Object({
  id: Type.String(),
  filename: Type.String(),
  contentType: Type.String(),
  sizeBytes: Type.Optional(Type.Integer({ minimum: 0 })),
  downloadUrl: Type.Optional(Type.String({ format: 'uri' })),
  contentId: Type.Optional(Type.String()),
  disposition: Type.Optional(Type.Union([Type.Literal('inline'), Type.Literal('attachment')])),
});

export const Warnings = Type.Array(
  Type.Object({
    type: Type.Union([
      Type.Literal('unsupported'),
      Type.Literal('compatibility'),
      Type.Literal('deprecated'),
      Type.Literal('truncated'),
      Type.Literal('other'),
    ]),
    field: Type.Optional(Type.String()),
    message: Type.String(),
  }),
);
