import type { Static } from '@mortise/core/schema';
import { describe, expectTypeOf, it } from 'vitest';
import type { CompositionMeta, CompositionMetaSchema, RenderResult, VideoFormat, VideoProvider } from './index.ts';
import { seedCompat, VIDEO_FORMATS } from './index.ts';

/** The first interface, as its implementers and consumers know it. */
interface SeedProject {
  id: string;
  scenes: { id: string; compositionId: string; props: Record<string, unknown>; durationInFrames: number }[];
  totalDurationInFrames: number;
  fps: number;
  format: VideoFormat;
}
interface SeedResult {
  outputPath: string;
  format: 'mp4' | 'webm' | 'gif';
  codec: 'h264' | 'h265' | 'vp8' | 'vp9';
  durationSeconds: number;
  fileSizeBytes: number;
  dimensions: { width: number; height: number };
  variants?: SeedResult[];
}
interface SeedProvider {
  render(project: SeedProject, config: { outputPath: string; crf?: number }): Promise<SeedResult>;
  renderStill?(
    compositionId: string,
    props: Record<string, unknown>,
    frame: number,
    format: VideoFormat,
  ): Promise<Uint8Array>;
}

describe('the first interface', () => {
  it('is implemented by its implementations still', () => {
    expectTypeOf<SeedProvider>().toExtend<VideoProvider>();
  });

  it('is what seedCompat gives, and not what ours is', () => {
    expectTypeOf(seedCompat).returns.toExtend<Pick<SeedProvider, 'render'>>();
    expectTypeOf<RenderResult>().not.toExtend<SeedResult>();
  });
});

describe('shapes and schemas', () => {
  it('have the types beside them', () => {
    expectTypeOf(VIDEO_FORMATS.landscape.width).toEqualTypeOf<1920>();
    expectTypeOf<Static<typeof CompositionMetaSchema>>().toExtend<CompositionMeta>();
  });
});
