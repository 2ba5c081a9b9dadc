import type { Static } from '@mortise/core/schema';
import { describe, expectTypeOf, it } from 'vitest';
import type { GeneratedImageData, ImageModelInfo, ImageModelInfoSchema, ImageProvider } from './index.ts';
import { IMAGE_PRESETS, seedCompat } from './index.ts';

/** The first interface, as its implementers and consumers know it. */
type SeedFormat = 'png' | 'jpg' | 'webp' | 'svg';
interface SeedSize {
  width: number;
  height: number;
}
interface SeedImage {
  data: Uint8Array;
  format: SeedFormat;
  dimensions: SeedSize;
  url?: string;
  revisedPrompt?: string;
}
interface SeedInput {
  prompt: string;
  negativePrompt?: string;
  dimensions: SeedSize;
  format?: SeedFormat;
  style?: 'photorealistic' | 'illustration' | '3d-render' | 'flat-design' | 'abstract';
  numVariants?: number;
  guidanceScale?: number;
  seed?: number;
  referenceImage?: Uint8Array;
  referenceStrength?: number;
  metadata?: Record<string, string>;
}
interface SeedResult {
  images: SeedImage[];
  seed: number;
  model: string;
  generationTimeMs?: number;
}
interface SeedProvider {
  generate(input: SeedInput): Promise<SeedResult>;
  listModels?(): Promise<
    {
      id: string;
      name: string;
      maxDimensions: SeedSize;
      supportedFormats: SeedFormat[];
      supportsNegativePrompt: boolean;
      supportsImg2Img: boolean;
    }[]
  >;
  upscale?(image: Uint8Array, scale: number): Promise<SeedImage>;
  edit?(image: Uint8Array, mask: Uint8Array, prompt: string): Promise<SeedImage>;
}

describe('the first interface', () => {
  it('is implemented by its implementations still', () => {
    expectTypeOf<SeedProvider>().toExtend<ImageProvider>();
  });

  it('is what seedCompat gives', () => {
    expectTypeOf(seedCompat).returns.toExtend<Pick<SeedProvider, 'generate'>>();
  });

  it('is not what ours is: the compiler tells where it got wider', () => {
    expectTypeOf<ImageProvider>().not.toExtend<SeedProvider>();
    expectTypeOf<GeneratedImageData>().not.toExtend<SeedImage>();
  });
});

describe('presets and schemas', () => {
  it('have the types beside them', () => {
    expectTypeOf(IMAGE_PRESETS.ogImage).toExtend<Readonly<SeedSize>>();
    expectTypeOf<Static<typeof ImageModelInfoSchema>>().toExtend<ImageModelInfo>();
  });

  it('cannot be written to', () => {
    // @ts-expect-error presets are shared
    expectTypeOf((IMAGE_PRESETS.ogImage.width = 1)).toBeNumber();
  });
});
