export { DeltaConformanceError } from './assertions.ts';
export { deltaStoreCases } from './delta-store-cases.ts';
export type { DeltaStoreSubject } from './delta-store-subject.ts';
