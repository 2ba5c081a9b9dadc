import type { ConformanceCase } from '@mortise/testing';
import { callCases } from './cases/call-cases.ts';
import { documentCases } from './cases/document-cases.ts';
import { searchCases } from './cases/search-cases.ts';
import type { VectorStoreConformanceTarget } from './conformance-target.ts';
import { within } from './expectations.ts';

/** A check that takes longer hangs: its provider waits for something that never comes. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit: `vector-store.1` to `.18`, and those of the checks for all domains that apply to vector stores. */
export const vectorStoreConformanceCases: readonly ConformanceCase<VectorStoreConformanceTarget>[] = Object.freeze(
  [...searchCases, ...documentCases, ...callCases].map((check) => ({
    ...check,
    run: (target: VectorStoreConformanceTarget) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
  })),
);
