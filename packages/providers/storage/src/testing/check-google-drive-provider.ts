import { type ConformanceCase, type ConformanceOutcome, runConformance } from '@mortise/testing';
import { supports } from '@mortise/core';
import { driveCases } from './cases/drive-cases.ts';
import { within } from './case-tools.ts';
import type { StorageTestRunner } from './check-storage-provider.ts';
import type { DriveConformanceTarget, DriveSubject } from './drive-target.ts';

/** A check that takes longer hangs. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit for Drive. */
export const googleDriveConformanceCases: readonly ConformanceCase<DriveConformanceTarget>[] = Object.freeze(
  driveCases.map((check) => ({
    ...check,
    run: (target: DriveConformanceTarget) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
  })),
);

/** Runs every check against a provider and reports all of them, skipped ones included. */
export async function checkGoogleDriveProvider(target: DriveConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: googleDriveConformanceCases,
    createContext: () => Promise.resolve(target),
    capabilities: await declaredBy(target),
  });
}

/** Registers every check as a test of the given runner. A check that does not apply passes with nothing done. */
export function describeGoogleDriveProvider(
  name: string,
  target: DriveConformanceTarget,
  { describe, it }: StorageTestRunner,
): void {
  describe(`${name} as a Drive provider`, () => {
    for (const check of googleDriveConformanceCases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { requires } = check;
        if (requires === undefined || (await declaredBy(target)).includes(requires)) await check.run(target);
      });
    }
  });
}

async function declaredBy({ open }: DriveConformanceTarget): Promise<string[]> {
  const subject = await open({ credential: 'conformance-credential' });
  try {
    return listDeclared(subject);
  } finally {
    await subject.close();
  }
}

function listDeclared({ drive, notices, forgetChanges }: DriveSubject): string[] {
  const methods = ['exportFile', 'listChanges', 'createFile'] as const;
  const canList = supports(drive, 'listChanges');
  return [
    ...methods.filter((method) => supports(drive, method)),
    ...(canList && forgetChanges !== undefined ? ['forget-changes'] : []),
    ...(canList && supports(drive, 'watchChanges') && notices !== undefined ? ['notices'] : []),
  ];
}
