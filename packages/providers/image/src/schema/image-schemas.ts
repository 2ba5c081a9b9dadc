import { Type } from '@mortise/core/schema';

const Pixels = Type.Integer({ minimum: 1 });

const Format = Type.Union([
  Type.Literal('png'),
  Type.Literal('jpg'),
  Type.Literal('webp'),
  Type.Literal('svg'),
  Type.Literal('avif'),
  Type.Literal('gif'),
]);

/** `ImageDimensions` as they cross a process. */
export const ImageDimensionsSchema = Type.Object({ width: Pixels, height: Pixels });

/** `ImageModelInfo` as it crosses a process. */
export const ImageModelInfoSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  name: Type.String(),
  maxDimensions: ImageDimensionsSchema,
  supportedFormats: Type.Array(Format),
  supportsNegativePrompt: Type.Boolean(),
  supportsImg2Img: Type.Boolean(),
  maxImages: Type.Optional(Type.Integer({ minimum: 1 })),
  maxReferenceImages: Type.Optional(Type.Integer({ minimum: 0 })),
  operations: Type.Optional(
    Type.Array(
      Type.Union([
        Type.Literal('generate'),
        Type.Literal('edit'),
        Type.Literal('upscale'),
        Type.Literal('remove-background'),
        Type.Literal('describe'),
      ]),
    ),
  ),
  priceHint: Type.Optional(Type.String()),
});

/** A picture as it crosses a process: by link, without its bytes. */
export const LinkedImageSchema = Type.Object({
  url: Type.String({ format: 'uri' }),
  format: Format,
  dimensions: ImageDimensionsSchema,
  revisedPrompt: Type.Optional(Type.String()),
  mediaType: Type.Optional(Type.String()),
  seed: Type.Optional(Type.Number()),
  urlExpiresAt: Type.Optional(Type.String({ format: 'date-time' })),
  provenance: Type.Optional(Type.String()),
});
