import { FakeClock } from '@mortise/testing';
import type { ImageConformanceTarget } from '../conformance-target.ts';
import { InMemoryImageProvider } from './in-memory-image-provider.ts';
import { MemoryJobStore } from './memory-job-store.ts';

/** The in-memory provider as a target of the kit, on a clock of its own, so that no check waits. */
export function inMemoryImageTarget(): ImageConformanceTarget {
  return {
    size: { width: 64, height: 64 },
    oddSize: { width: 1001, height: 77 },
    speaksHttp: true,
    hasFilter: true,
    open: async ({ credential, server, refusedWord, heldBack }) => {
      const clock = new FakeClock();
      const jobs = new MemoryJobStore();
      const options = {
        credential,
        server,
        jobs,
        sleep: clock.sleep,
        ...(refusedWord === undefined ? {} : { refusedWords: [refusedWord] }),
        ...(heldBack === undefined ? {} : { heldBack: [heldBack] }),
      };
      const provider = new InMemoryImageProvider(options);
      return {
        provider,
        requests: () => provider.requests,
        openRequests: () => provider.openRequests,
        advance: (ms) => clock.advance(ms),
        another: () => new InMemoryImageProvider(options),
        delivery: (operationId) => jobs.delivery(operationId),
        close: () => provider.close(),
      };
    },
  };
}
