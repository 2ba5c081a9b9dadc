import { defineConfig } from 'vitest/config';

/** Tests resolve every `@mortise/*` import to its source, so that no build is needed to run them. */
export default defineConfig({
  resolve: { conditions: ['@mortise/source'] },
  ssr: { resolve: { conditions: ['@mortise/source', 'node'] } },
  test: {
    include: ['src/**/*.test.ts'],
    passWithNoTests: false,
    allowOnly: false,
    // Tests keep no state in modules, so one worker may run several files: four times as fast on two cores.
    isolate: false,
    // A limit for what hangs, not a measure: machines that build everything at once are slow.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // The report is what .ci/run counts; turbo keeps it with the result of the task.
    reporters: ['default', ['json', { outputFile: '.reports/vitest.json' }]],
  },
});
