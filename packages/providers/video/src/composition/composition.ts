import type { VideoFormat } from '../model/video-format.ts';

/** What a renderer knows of a composition. */
export interface CompositionMeta {
  id: string;
  displayName: string;
  description: string;
  defaultDurationInFrames: number;
  fps: number;
  defaultFormat: VideoFormat;
  /** JSON Schema of its inputs. Absent: anything goes. */
  propsSchema?: Record<string, unknown>;
  tags?: string[];
}

/** The compositions that a renderer has. */
export interface CompositionRegistry {
  /** @throws {IntegrationError} `conflict` for an id that is there. */
  register(meta: CompositionMeta): void;
  get(id: string): CompositionMeta | undefined;
  list(): CompositionMeta[];
  listByTag(tag: string): CompositionMeta[];
}
