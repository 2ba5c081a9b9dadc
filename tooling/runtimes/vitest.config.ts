import { configDefaults, defineConfig } from 'vitest/config';
import house from '../vitest.config.ts';

/** The tests as they are, with a proof of where they run and a report of their own. */
export default defineConfig({
  ...house,
  test: {
    ...house.test,
    // A million inputs are no better on a second runtime.
    exclude: [...configDefaults.exclude, '**/*.long.test.ts'],
    setupFiles: [`${import.meta.dirname}/src/expect-runtime.ts`],
    reporters: ['dot', ['json', { outputFile: process.env['MORTISE_REPORT'] ?? 'report.json' }]],
  },
});
