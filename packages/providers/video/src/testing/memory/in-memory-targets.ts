import type { Operation } from '@mortise/core';
import { FakeClock } from '@mortise/testing';
import type { RenderResult } from '../../render/render-result.ts';
import type { VideoGenerationTarget, VideoRenderTarget } from '../conformance-target.ts';
import { FilmStore } from './film-store.ts';
import { InMemoryVideoGenerationProvider } from './in-memory-video-generation-provider.ts';
import { InMemoryVideoProvider } from './in-memory-video-provider.ts';

/** The in-memory renderer as a target of the kit, on a clock of its own, so that no check waits. */
export function inMemoryVideoTarget(): VideoRenderTarget {
  return {
    path: '/videos/check.mp4',
    open: async (compositions) => {
      const clock = new FakeClock();
      const files = new Map<string, Uint8Array>();
      const jobs = new Map<string, Operation<RenderResult>>();
      const options = { compositions, files, jobs, sleep: clock.sleep };
      const provider = new InMemoryVideoProvider(options);
      return {
        provider,
        read: (path) => Promise.resolve(files.get(path)),
        active: () => provider.active,
        another: () => new InMemoryVideoProvider(options),
        advance: (ms) => clock.advance(ms),
        close: () => provider.close(),
      };
    },
  };
}

/** The in-memory provider of films as a target of the kit. */
export function inMemoryVideoGenerationTarget(): VideoGenerationTarget {
  return {
    speaksHttp: true,
    open: async ({ credential, server }) => {
      const films = new FilmStore();
      const clock = new FakeClock();
      // Looks at films are made in real time, a millisecond apart; only hanging calls need the clock.
      const options = { credential, server, films, ...(server === 'hangs' ? { sleep: clock.sleep } : {}) };
      const provider = new InMemoryVideoGenerationProvider(options);
      return {
        provider,
        requests: () => provider.requests,
        openRequests: () => provider.openRequests,
        started: () => films.count,
        another: () => new InMemoryVideoGenerationProvider(options),
        delivery: (operationId) => films.delivery(operationId),
        ...(server === 'hangs' ? { advance: (ms: number) => clock.advance(ms) } : {}),
        close: () => provider.close(),
      };
    },
  };
}
