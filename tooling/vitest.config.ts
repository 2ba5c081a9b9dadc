import { defineConfig } from 'vitest/config';

/** Tests resolve every `@mortise/*` import to its source, so that no build is needed to run them. */
export default defineConfig({
  resolve: { conditions: ['@mortise/source'] },
  ssr: { resolve: { conditions: ['@mortise/source', 'node', 'import', 'default'] } },
  test: {
    include: ['src/**/*.test.ts'],
    passWithNoTests: false,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
  },
});
