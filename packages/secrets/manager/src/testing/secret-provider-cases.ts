import type { ConformanceCase } from '@mortise/testing';
import { lifecycleCases } from './lifecycle-cases.ts';
import { readCases } from './read-cases.ts';
import type { SecretProviderSubject } from './secret-provider-subject.ts';
import { writeCases } from './write-cases.ts';

/** What every backend has to keep to. Run them with `runConformance` of `@mortise/testing`, or loop over them. */
export const secretProviderCases: readonly ConformanceCase<SecretProviderSubject>[] = [
  ...readCases,
  ...writeCases,
  ...lifecycleCases,
];
