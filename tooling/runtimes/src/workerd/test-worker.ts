import { type File, startTests, type Task, type VitestRunner } from '@vitest/runner';
import type { Summary } from '../summary.ts';
import { resetExpectState, restoreEverything, verifyExpectState } from './vitest.ts';

type Loaders = Readonly<Record<string, () => Promise<unknown>>>;

/** A worker that answers any request with the results of these test files. Each file is loaded when its turn comes. */
export function createTestWorker(loaders: Loaders, hasNodeApi: boolean): { fetch(): Promise<Response> } {
  return {
    async fetch() {
      // Proof of where this runs, beside the fact that workerd is what answers.
      if (navigator.userAgent !== 'Cloudflare-Workers' || 'Buffer' in globalThis !== hasNodeApi) {
        return new Response(`not the workerd that was asked for: ${navigator.userAgent}`, { status: 500 });
      }
      const files = await startTests(Object.keys(loaders), createRunner(loaders));
      return Response.json(summarise(files));
    },
  };
}

function createRunner(loaders: Loaders): VitestRunner {
  return {
    config: {
      root: '/',
      name: undefined,
      setupFiles: [],
      passWithNoTests: false,
      allowOnly: false,
      testNamePattern: undefined,
      sequence: { seed: 0, hooks: 'stack', setupFiles: 'list' },
      chaiConfig: undefined,
      maxConcurrency: 5,
      testTimeout: 20_000,
      hookTimeout: 20_000,
      retry: 0,
      includeTaskLocation: false,
      tags: [],
      tagsFilter: undefined,
      strictTags: true,
    },
    importFile: (file, source) => (source === 'collect' ? loaders[file.replace(/^\//, '')]?.() : undefined),
    onBeforeTryTask: resetExpectState,
    onAfterTryTask: verifyExpectState,
    onAfterRunTask: restoreEverything,
  };
}

function summarise(files: readonly File[]): Summary {
  let passed = 0;
  const failures: string[] = [];
  const visit = (task: Task, trail: readonly string[]): void => {
    const names = [...trail, task.name];
    const state = task.result?.state ?? task.mode;
    if (task.type === 'test' && state === 'pass') passed += 1;
    // A suite fails with its tests; it has an error of its own only when a hook or the file itself failed.
    else if (task.type === 'test' || (task.result?.errors ?? []).length > 0) {
      const reasons = task.result?.errors?.map(({ stack, message }) => stack ?? message) ?? [];
      failures.push(`${names.join(' > ')} (${state}) ${reasons.join('\n')}`);
    }
    if (task.type === 'suite') for (const inner of task.tasks) visit(inner, names);
  };
  for (const file of files) visit(file, []);
  return { passed, failed: failures.length, failures };
}
