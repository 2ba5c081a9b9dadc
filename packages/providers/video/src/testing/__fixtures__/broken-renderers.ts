import { IntegrationError } from '@mortise/core';
import type { VideoProject } from '../../model/video-project.ts';
import { countFrames } from '../../validate-project.ts';
import type { RenderConfig } from '../../render/render-config.ts';
import type { RenderResult } from '../../render/render-result.ts';
import type { VideoProvider } from '../../video-provider.ts';
import type { VideoRenderSubject, VideoRenderTarget } from '../conformance-target.ts';
import { inMemoryVideoTarget } from '../memory/in-memory-targets.ts';
import { InMemoryVideoProvider } from '../memory/in-memory-video-provider.ts';
import { without } from './without.ts';

/** A renderer that does one thing wrong. */
export interface BrokenRenderer {
  readonly fails: string;
  readonly mistake: string;
  readonly target: VideoRenderTarget;
}

type Build = (honest: VideoProvider, subject: VideoRenderSubject) => Partial<VideoProvider>;

function broken(
  fails: string,
  mistake: string,
  build: Build,
  change: Partial<VideoRenderSubject> = {},
): BrokenRenderer {
  const honestTarget = inMemoryVideoTarget();
  return {
    fails,
    mistake,
    target: {
      ...honestTarget,
      open: async (compositions) => {
        const subject = await honestTarget.open(compositions);
        const { provider } = subject;
        return { ...subject, ...change, provider: { ...bound(provider), ...build(provider, subject) } };
      },
    },
  };
}

function bound(honest: VideoProvider): VideoProvider {
  return {
    ...(honest.capabilities && { capabilities: honest.capabilities }),
    render: (project, config, options) => honest.render(project, config, options),
    submitRender: (project, config, options) => honest.submitRender?.(project, config, options) ?? missing(),
    getRender: (token, options) => honest.getRender?.(token, options) ?? missing(),
    cancelRender: (token, options) => honest.cancelRender?.(token, options) ?? missing(),
    validateProject: async (project, config) => honest.validateProject?.(project, config) ?? [],
    close: () => honest.close?.() ?? Promise.resolve(),
  };
}

function missing(): Promise<never> {
  return Promise.reject(new IntegrationError({ code: 'unsupported', message: 'The method is not there' }));
}

function inResults(spoil: (result: RenderResult) => RenderResult): Build {
  return (honest) => ({ render: async (...call) => spoil(await honest.render(...call)) });
}

function inInputs(
  spoil: (project: VideoProject, config: RenderConfig) => readonly [VideoProject, RenderConfig],
): Build {
  return (honest) => ({ render: (project, config, options) => honest.render(...spoil(project, config), options) });
}

export const brokenRenderers: readonly BrokenRenderer[] = [
  broken(
    'video.1',
    'states another size of its file',
    inResults((result) => ({ ...result, fileSizeBytes: result.fileSizeBytes + 1 })),
  ),
  broken(
    'video.2',
    'renders what comes, whatever the total says',
    inInputs((project, config) => [{ ...project, totalDurationInFrames: countFrames(project) }, config]),
  ),
  broken('video.3', 'validates no props', (honest) => ({
    validateProject: async (project, config) =>
      ((await honest.validateProject?.(project, config)) ?? []).filter(({ code }) => code !== 'bad_props'),
  })),
  broken(
    'video.codec',
    'makes MP4 whatever is asked for',
    inInputs((project, config) =>
      config.outputFormat === undefined
        ? [project, config]
        : [project, without(without(config, 'outputFormat'), 'codec')],
    ),
  ),
  broken('video.4', 'goes on after an abort', (honest) => ({
    render: async (project, config, options = {}) => {
      if (options.signal === undefined || options.signal.aborted) return honest.render(project, config, options);
      const { signal } = options;
      void honest.render(project, config).catch(() => undefined);
      return new Promise((_resolve, reject) => {
        const error = new IntegrationError({ code: 'aborted', message: 'Aborted' });
        signal.addEventListener('abort', () => reject(error), { once: true });
      });
    },
  })),
  broken(
    'video.5',
    'forgets the last step',
    inInputs((project, config) => {
      const { onProgress } = config;
      return [
        project,
        onProgress === undefined
          ? config
          : { ...config, onProgress: (step) => step.renderedFrames < step.totalFrames && onProgress(step) },
      ];
    }),
  ),
  broken(
    'video.8',
    'renders one variant too few',
    inResults((result) => (result.variants === undefined ? result : { ...result, variants: result.variants.slice(1) })),
  ),
  broken('video.9', 'keeps its renderings in its own process', () => ({}), {
    another: () => new InMemoryVideoProvider(),
  }),
  broken(
    'video.bytes',
    'keeps the bytes to itself',
    inResults((result) => without(result, 'data')),
  ),
  broken('X1', 'renders before it looks at the signal', (honest) => ({
    render: async (project, config, options = {}) => {
      if (options.signal?.aborted !== true) return honest.render(project, config, options);
      void honest.render(project, config).catch(() => undefined);
      throw new IntegrationError({ code: 'aborted', message: 'Aborted' });
    },
  })),
  broken('X8', 'rounds the rate in place', (honest) => ({
    render: async (project, config, options) => {
      project.fps = Math.round(project.fps);
      return honest.render(project, config, options);
    },
  })),
  broken('X16', 'works on after close()', () => ({ close: () => Promise.resolve() })),
];
