import { describe, expect, it } from 'vitest';
import { brokenProviders, createOnlyTarget } from './__fixtures__/broken-providers.ts';
import {
  checkProjectManagementProvider,
  describeProjectManagementProvider,
} from './check-project-management-provider.ts';
import { inMemoryTarget } from './in-memory-target.ts';
import { projectManagementConformanceCases } from './project-management-conformance-cases.ts';

describeProjectManagementProvider('the in-memory provider', inMemoryTarget(), { describe, it });

describe('the conformance kit', () => {
  it('holds each check once', () => {
    const ids = projectManagementConformanceCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining(Array.from({ length: 14 }, (_, index) => `project-management.${index + 1}`)),
    );
  });

  it('skips nothing for a tracker that has everything', async () => {
    const outcomes = await checkProjectManagementProvider(inMemoryTarget());
    expect(outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('lets an honest provider of the first interface pass, and says what it skips', async () => {
    const outcomes = await checkProjectManagementProvider(createOnlyTarget);
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
      'project-management.2',
      'project-management.3',
      'project-management.8',
      'project-management.12',
      'project-management.14',
      'project-management.6',
      'project-management.7',
      'project-management.10',
      'project-management.11',
      'project-management.13',
      'X9',
      'X17',
      'X19',
      'X10',
      'X12',
      'X16',
    ]);
  });

  it.each(brokenProviders.map((broken) => [broken.fails, broken.mistake, broken.target] as const))(
    '%s alone finds a provider that %s',
    async (fails, _mistake, target) => {
      const outcomes = await checkProjectManagementProvider(target);
      expect(outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual([fails]);
    },
  );
});
