import type { ConformanceCase } from '@mortise/testing';
import { within } from './case-tools.ts';
import { batchCases } from './cases/batch-cases.ts';
import { endingCases } from './cases/ending-cases.ts';
import { inputCases } from './cases/input-cases.ts';
import { isolationCases } from './cases/isolation-cases.ts';
import { vectorCases } from './cases/vector-cases.ts';
import type { EmbeddingConformanceTarget } from './conformance-target.ts';

/** A check that takes longer hangs: its provider waits for something that never comes. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit: those of embeddings, and those of all domains that apply to them. */
export const embeddingConformanceCases: readonly ConformanceCase<EmbeddingConformanceTarget>[] = Object.freeze(
  [...batchCases, ...vectorCases, ...inputCases, ...endingCases, ...isolationCases].map((check) => ({
    ...check,
    run: (target: EmbeddingConformanceTarget) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
  })),
);
