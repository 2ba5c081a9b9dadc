export type { ConformanceCase, ConformanceOutcome, RunConformanceOptions } from './conformance-case.ts';
export { runConformance } from './conformance-case.ts';
