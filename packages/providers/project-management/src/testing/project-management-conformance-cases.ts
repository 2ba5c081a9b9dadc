import type { ConformanceCase } from '@mortise/testing';
import { callingCases } from './cases/calling-cases.ts';
import { itemCases } from './cases/item-cases.ts';
import { trackerCases } from './cases/tracker-cases.ts';
import { within } from './case-tools.ts';
import type { ProjectManagementConformanceTarget } from './conformance-target.ts';

/** A check that takes longer hangs: its provider waits for something that never comes. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit: `project-management.1` to `.14`, and those of the checks for all domains that apply. */
export const projectManagementConformanceCases: readonly ConformanceCase<ProjectManagementConformanceTarget>[] =
  Object.freeze(
    [...itemCases, ...trackerCases, ...callingCases].map((check) => ({
      ...check,
      run: (target: ProjectManagementConformanceTarget) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
    })),
  );
