import type { ConformanceCase } from '@mortise/testing';
import { answerCases } from './cases/answer-cases.ts';
import { endingCases } from './cases/ending-cases.ts';
import { fidelityCases } from './cases/fidelity-cases.ts';
import { httpCases } from './cases/http-cases.ts';
import { inputCases } from './cases/input-cases.ts';
import { isolationCases } from './cases/isolation-cases.ts';
import { streamCases } from './cases/stream-cases.ts';
import { within } from './case-tools.ts';
import type { LLMConformanceTarget } from './conformance-target.ts';

/** A check that takes longer hangs: its provider waits for something that never comes. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit: `llm.1` to `llm.15`, and those of the checks for all domains that apply to language models. */
export const llmConformanceCases: readonly ConformanceCase<LLMConformanceTarget>[] = Object.freeze(
  [
    ...streamCases,
    ...answerCases,
    ...inputCases,
    ...endingCases,
    ...fidelityCases,
    ...httpCases,
    ...isolationCases,
  ].map((check) => ({
    ...check,
    run: (target: LLMConformanceTarget) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
  })),
);
