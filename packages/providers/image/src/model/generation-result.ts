import type { JsonObject, ResultMeta } from '@mortise/core';
import type { ImageDimensions, ImageFormat } from './image-format.ts';

/** One picture. */
export interface GeneratedImageData {
  /** Empty where a filter held the picture back; see `filtered`. */
  data: Uint8Array;
  /** How `data` is stored; it agrees with the bytes. */
  format: ImageFormat;
  /** Measured from the bytes where they tell it. */
  dimensions: ImageDimensions;
  /** The vendor's link. */
  url?: string;
  /** The prompt as the vendor rewrote it. */
  revisedPrompt?: string;
  /** Such as `image/png`. Absent: follows from `format`. */
  mediaType?: string;
  /** Seed of this picture, where the provider tells. */
  seed?: number;
  /** Present where a filter held the picture back, in the vendor's words. */
  filtered?: { readonly category: string; readonly reason?: string };
  /** Instant (ISO 8601) after which `url` no longer works. */
  urlExpiresAt?: string;
  providerMetadata?: Readonly<Record<string, JsonObject>>;
  /** How the picture says that a model made it: `c2pa` for signed credentials, or the name of a watermark. */
  provenance?: string;
}

/** What a generation was charged for, as far as the provider tells. A fact that it does not tell is absent, not 0. */
export interface ImageUsage {
  images?: number;
  inputTokens?: number;
  outputTokens?: number;
  megapixels?: number;
}

/** Pictures. There may be fewer than were asked for; a warning then says so. */
export interface ImageGenerationResult extends ResultMeta {
  images: GeneratedImageData[];
  /** Seed of the whole. Absent where the provider does not tell. */
  seed?: number;
  /** Model that answered. */
  model: string;
  /** Milliseconds. */
  generationTimeMs?: number;
  usage?: ImageUsage;
}
