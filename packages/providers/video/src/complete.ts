import { IntegrationError } from '@mortise/core';
import { validateProject } from './validate-project.ts';
import type { VideoProvider } from './video-provider.ts';

/** A provider with every optional method in place. */
export type CompleteVideoProvider = VideoProvider & Required<Omit<VideoProvider, 'capabilities'>>;

/**
 * Fills in what a provider lacks: `validateProject` by what holds for every renderer, `close` as nothing to do, and the
 * others as methods that reject with `unsupported`.
 */
export function complete(provider: VideoProvider): CompleteVideoProvider {
  const { capabilities } = provider;
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    render: (project, config, options) => provider.render(project, config, options),
    renderStill: (...call) => provider.renderStill?.(...call) ?? refuse('renders no stills'),
    submitRender: (project, config, options) =>
      provider.submitRender?.(project, config, options) ?? refuse('renders within the call only'),
    getRender: (token, options) => provider.getRender?.(token, options) ?? refuse('renders within the call only'),
    cancelRender: (token, options) => provider.cancelRender?.(token, options) ?? refuse('cancels no renderings'),
    validateProject: async (project, config) =>
      provider.validateProject?.(project, config) ?? validateProject(project, config === undefined ? {} : { config }),
    close: () => provider.close?.() ?? Promise.resolve(),
  };
}

function refuse(what: string): Promise<never> {
  return Promise.reject(new IntegrationError({ code: 'unsupported', message: `This video provider ${what}` }));
}
