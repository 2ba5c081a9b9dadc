import { type CallOptions, IntegrationError } from '@mortise/core';
import type { VideoGenerationInput, VideoGenerationResult } from '../../generation/video-generation.ts';
import type { VideoGenerationProvider } from '../../generation/video-generation-provider.ts';
import type { VideoGenerationSubject, VideoGenerationTarget, VideoSubjectSetup } from '../conformance-target.ts';
import { inMemoryVideoGenerationTarget } from '../memory/in-memory-targets.ts';
import { InMemoryVideoGenerationProvider } from '../memory/in-memory-video-generation-provider.ts';
import { without } from './without.ts';

/** A provider of films that does one thing wrong. */
export interface BrokenGenerator {
  readonly fails: string;
  readonly mistake: string;
  readonly target: VideoGenerationTarget;
}

type Build = (honest: VideoGenerationProvider, setup: VideoSubjectSetup) => Partial<VideoGenerationProvider>;

function broken(
  fails: string,
  mistake: string,
  build: Build,
  change: Partial<VideoGenerationSubject> = {},
): BrokenGenerator {
  const honestTarget = inMemoryVideoGenerationTarget();
  return {
    fails,
    mistake,
    target: {
      ...honestTarget,
      open: async (setup) => {
        const subject = await honestTarget.open(setup);
        const { provider } = subject;
        return { ...subject, ...change, provider: { ...bound(provider), ...build(provider, setup) } };
      },
    },
  };
}

function bound(honest: VideoGenerationProvider): VideoGenerationProvider {
  return {
    ...(honest.capabilities && { capabilities: honest.capabilities }),
    ...(honest.webhooks && { webhooks: honest.webhooks }),
    start: (input, options) => honest.start(input, options),
    get: (token, options) => honest.get(token, options),
    cancel: (token, options) =>
      honest.cancel?.(token, options) ??
      Promise.reject(new IntegrationError({ code: 'unsupported', message: 'The method is not there' })),
    generate: (input, options) => honest.generate(input, options),
    close: () => honest.close?.() ?? Promise.resolve(),
  };
}

function inResults(spoil: (result: VideoGenerationResult) => VideoGenerationResult): Build {
  return (honest) => ({ generate: async (input, options) => spoil(await honest.generate(input, options)) });
}

function inStarts(
  spoil: (input: VideoGenerationInput, options: CallOptions) => readonly [VideoGenerationInput, CallOptions],
): Build {
  return (honest) => ({ start: (input, options = {}) => honest.start(...spoil(input, options)) });
}

/** What the provider that shares its client holds on to. */
let shared: VideoGenerationProvider | undefined;

export const brokenGenerators: readonly BrokenGenerator[] = [
  broken(
    'film.1',
    'states lengths in seconds',
    inResults((result) => ({
      ...result,
      videos: result.videos.map((film) => ({ ...film, durationMs: (film.durationMs ?? 0) / 1000 })),
    })),
  ),
  broken('film.cancel', 'reports a film as canceled that went on', () => ({
    cancel: async (token) => ({ id: 'film', resumeToken: token, status: 'canceled' }),
  })),
  broken('video.9', 'keeps its films in its own process', () => ({}), {
    another: () => new InMemoryVideoGenerationProvider(),
  }),
  broken(
    'video.10',
    'starts a film for each call',
    inStarts((input, options) => [input, without(options, 'idempotencyKey')]),
  ),
  broken('video.11', 'believes every delivery', ({ webhooks }) => ({
    ...(webhooks && {
      webhooks: {
        verifyWebhook: () => Promise.resolve(true),
        parseWebhook: (request) => webhooks.parseWebhook(request),
      },
    }),
  })),
  broken(
    'video.12',
    'changes the length without a word',
    inResults(({ warnings = [], ...result }) => ({
      ...result,
      warnings: warnings.filter(({ field }) => field !== 'durationSeconds'),
    })),
  ),
  broken('X5', 'drops the model without a word', (honest) => ({
    generate: (input, options) => honest.generate(without(input, 'model'), options),
  })),
  broken('X8', 'fills the default number into its input', (honest) => ({
    generate: async (input, options) => {
      input.n ??= 1;
      return honest.generate(input, options);
    },
  })),
  broken(
    'X1',
    'sends before it looks at the signal',
    inStarts((input, options) => [input, options.signal?.aborted === true ? without(options, 'signal') : options]),
  ),
  broken(
    'X2',
    'goes on after an abort in flight',
    inStarts((input, options) => [input, options.signal?.aborted === false ? without(options, 'signal') : options]),
  ),
  broken(
    'X3',
    'ignores the time limit',
    inStarts((input, options) => [input, without(options, 'timeoutMs')]),
  ),
  broken('X11', 'reports a missing film as a failure of the service', (honest) => ({
    start: (input, options) =>
      honest.start(input, options).catch((error: unknown) => {
        if (!IntegrationError.is(error) || error.httpStatus !== 404) throw error;
        throw new IntegrationError({ code: 'provider_error', message: 'It failed' });
      }),
  })),
  broken('X13', 'names the credential in its errors', (honest, { credential }) => ({
    start: (input, options) =>
      honest.start(input, options).catch((error: unknown) => {
        if (!IntegrationError.is(error) || error.httpStatus !== 401) throw error;
        throw new IntegrationError({ code: 'unauthenticated', message: `The key ${btoa(credential)} was refused` });
      }),
  })),
  broken('X15', 'shares one client between instances', (honest, setup) => {
    shared = setup.credential === 'second' ? (shared ?? honest) : honest;
    const client = shared;
    return { start: (input, options) => client.start(input, options) };
  }),
  broken('X16', 'works on after close()', () => ({ close: () => Promise.resolve() })),
];
