import { type CallOptions, IntegrationError } from '@mortise/core';
import type { VideoProject } from './model/video-project.ts';
import type { RenderConfig } from './render/render-config.ts';
import type { RenderResult } from './render/render-result.ts';
import type { VideoProvider } from './video-provider.ts';

/** The codecs that consumers of the first interface know. */
export type SeedVideoCodec = 'h264' | 'h265' | 'vp8' | 'vp9';

export interface SeedRenderResult extends Omit<RenderResult, 'codec' | 'variants'> {
  codec: SeedVideoCodec;
  variants?: SeedRenderResult[];
}

export interface SeedVideoProvider {
  render(project: VideoProject, config: RenderConfig, options?: CallOptions): Promise<SeedRenderResult>;
}

/**
 * For code written against the first interface: a result in `av1` or `prores`, which had no name, rejects with
 * `unsupported`. Ask for another `codec`.
 */
export function seedCompat(provider: VideoProvider): SeedVideoProvider {
  return { render: async (project, config, options) => fold(await provider.render(project, config, options)) };
}

function fold({ codec, variants, ...rest }: RenderResult): SeedRenderResult {
  if (codec === 'av1' || codec === 'prores') {
    throw new IntegrationError({
      code: 'unsupported',
      field: 'codec',
      message: `codec: the provider gave ${codec}, which the first interface has no name for; ask for another codec`,
    });
  }
  return { ...rest, codec, ...(variants === undefined ? {} : { variants: variants.map(fold) }) };
}
