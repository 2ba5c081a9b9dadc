import { type ConformanceCase, type ConformanceOutcome, runConformance } from '@mortise/testing';
import { supports } from '@mortise/core';
import { callCases } from './cases/call-cases.ts';
import { linkCases } from './cases/link-cases.ts';
import { listingCases } from './cases/listing-cases.ts';
import { objectCases } from './cases/object-cases.ts';
import { within } from './case-tools.ts';
import type { StorageConformanceTarget, StorageSubject } from './storage-target.ts';

/** A check that takes longer hangs. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit for object stores: `storage.1` to `storage.19`, and those of the checks for all domains that apply. */
export const storageConformanceCases: readonly ConformanceCase<StorageConformanceTarget>[] = Object.freeze(
  [...objectCases, ...listingCases, ...linkCases, ...callCases].map((check) => ({
    ...check,
    run: (target: StorageConformanceTarget) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
  })),
);

/**
 * Runs every check against a provider and reports all of them. A check that needs what the provider does not declare is
 * reported as skipped, never left out.
 */
export async function checkStorageProvider(target: StorageConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: storageConformanceCases,
    createContext: () => Promise.resolve(target),
    capabilities: await declaredBy(target),
  });
}

/** A test runner, as far as the kits need one: `vitest`, `node:test` and `bun:test` all fit. */
export interface StorageTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since what
 * applies is only known once a provider was opened; `checkStorageProvider` reports those.
 */
export function describeStorageProvider(
  name: string,
  target: StorageConformanceTarget,
  { describe, it }: StorageTestRunner,
): void {
  describe(`${name} as an object store`, () => {
    for (const check of storageConformanceCases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { requires } = check;
        if (requires === undefined || (await declaredBy(target)).includes(requires)) await check.run(target);
      });
    }
  });
}

/** What the checks may ask for, as declared by the provider itself and by its target. */
async function declaredBy({ open }: StorageConformanceTarget): Promise<string[]> {
  const subject = await open({ credential: 'conformance-credential' });
  try {
    return listDeclared(subject);
  } finally {
    await subject.close();
  }
}

function listDeclared({ storage, fetch }: StorageSubject): string[] {
  const { features = [], checksumAlgorithms = [] } = storage.capabilities ?? {};
  const methods = ['copyObject', 'deleteObjects', 'startUpload'] as const;
  const linked = ['presignUpload', 'getPublicUrl'] as const;
  return [
    ...features,
    ...methods.filter((method) => supports(storage, method)),
    ...(fetch === undefined ? [] : ['signed-links', ...linked.filter((method) => supports(storage, method))]),
    ...(checksumAlgorithms.length === 0 ? [] : ['checksums']),
  ];
}
