import type { ConformanceCase } from '@mortise/testing';
import { commitCases } from './commit-cases.ts';
import type { DeltaStoreSubject } from './delta-store-subject.ts';
import { leaseCases } from './lease-cases.ts';
import { stateCases } from './state-cases.ts';

/** What every `DeltaStore` keeps. Run them with `runConformance` of `@mortise/testing`, or loop over them. */
export const deltaStoreCases: readonly ConformanceCase<DeltaStoreSubject>[] = [
  ...leaseCases,
  ...commitCases,
  ...stateCases,
];
