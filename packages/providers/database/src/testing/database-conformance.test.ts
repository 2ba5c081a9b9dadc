import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROKEN_VARIANTS } from './__fixtures__/broken-variants.ts';
import { createInMemoryDatabase, type InMemoryDatabase } from './in-memory-database.ts';
import {
  checkDatabaseProvider,
  databaseConformanceCases,
  describeDatabaseProvider,
} from './describe-database-provider.ts';
import type { DatabaseConformanceTarget } from './describe-database-provider.ts';
import type { CompleteDatabaseProvider } from '../database-provider.ts';

/** Enough for many chunks; the adapter of a real server reads a million. */
const STREAMED_ROWS = 20_000;

let engine: InMemoryDatabase;

beforeAll(async () => {
  engine = await createInMemoryDatabase();
}, 120_000);

afterAll(() => engine.close());

function targetOf(
  breakProvider: (provider: CompleteDatabaseProvider) => CompleteDatabaseProvider,
  streamedRows = 1_000,
): DatabaseConformanceTarget {
  const createProvider: Awaited<ReturnType<DatabaseConformanceTarget['createContext']>>['createProvider'] = (options) =>
    breakProvider(
      engine.createProvider(
        options?.acquireTimeoutMs === undefined ? {} : { acquireTimeoutMs: options.acquireTimeoutMs },
      ),
    );
  return {
    get capabilities() {
      return createProvider().capabilities;
    },
    offers: ['breakConnection'],
    createContext: async () => ({
      database: createProvider(),
      createProvider,
      breakConnection: async () => engine.breakConnection(),
      streamedRows,
    }),
  };
}

describe('the in-memory database', () => {
  const checks = databaseConformanceCases.map(({ id, title }) => [id, title] as const);

  it.each(checks)(
    '%s: %s',
    async (id) => {
      const check = describeDatabaseProvider(targetOf((provider) => provider, STREAMED_ROWS)).find(
        (candidate) => candidate.id === id,
      );
      if (check?.skipReason === undefined) await check?.run();
      else expect(check.skipReason).toMatch(/capability "(cancel|concurrent|failToConnect)" is not declared/);
    },
    30_000,
  );

  it('leaves out only what one connection in the same thread cannot do', async () => {
    const skipped = describeDatabaseProvider(targetOf((provider) => provider)).filter(
      ({ skipReason }) => skipReason !== undefined,
    );
    expect(skipped.map(({ id }) => id)).toEqual(['database.6', 'database.8', 'X2', 'X3', 'X13']);
  });
});

describe('a broken implementation', () => {
  it.each(BROKEN_VARIANTS.map((variant) => [variant.fault, variant] as const))(
    'that %s fails exactly the check meant for it',
    async (_fault, { failing, breakProvider }) => {
      const report = await checkDatabaseProvider(targetOf(breakProvider));
      const failed = report.filter(({ status }) => status === 'failed');
      // The reasons are there for whoever reads the difference.
      expect(Object.fromEntries(failed.map(({ id, reason }) => [id, reason]))).toEqual({
        [failing]: expect.any(String),
      });
    },
    60_000,
  );
});
