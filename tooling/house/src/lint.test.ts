import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Files, linkTools, makeWorkspace, REPOSITORY } from './__fixtures__/make-workspace.ts';
import { runCommand } from './run-command.ts';

/** The rules that the lint configuration of the house reports for some files, in a folder that has that configuration. */
async function rulesBroken(files: Files): Promise<string[]> {
  const workspace = makeWorkspace({
    'tooling/lint/.keep': '',
    'tsconfig.json': {
      extends: './tooling/tsconfig/base.json',
      include: ['packages'],
      compilerOptions: { types: ['node'] },
    },
    ...files,
  });
  linkTools(workspace);
  for (const file of ['.oxlintrc.json', 'tooling/lint/house.js']) {
    copyFileSync(path.join(REPOSITORY, file), path.join(workspace.root, file));
  }
  const oxlint = path.join(REPOSITORY, 'node_modules/.bin/oxlint');
  const { stdout } = await runCommand(oxlint, ['--type-aware', '--format', 'json', 'packages'], {
    cwd: workspace.root,
  });
  const report: { diagnostics: { code: string }[] } = JSON.parse(stdout);
  return report.diagnostics.map(({ code }) => code);
}

const SOURCE = 'packages/core/src/a.ts';
const long = (lines: number): string =>
  Array.from({ length: lines }, (_, index) => `export const a${index} = ${index};`).join('\n');

describe('lint', { timeout: 30_000 }, () => {
  it('has nothing to say about plain code', async () => {
    expect(await rulesBroken({ [SOURCE]: 'export const one = 1;\n' })).toEqual([]);
  });

  it.each([
    ['house(no-export-star)', "export * from './b.ts';"],
    ['house(no-bare-error)', "export function f(): never {\n  throw new Error('x');\n}"],
    [
      'house(no-bare-error)',
      "export const f = (): Promise<void> => new Promise((_, reject) => reject(new TypeError('x')));",
    ],
    ['typescript(no-floating-promises)', 'export function f(): void {\n  Promise.resolve(1);\n}'],
    ['typescript(no-explicit-any)', 'export const a: any = 1;'],
    ['typescript(no-non-null-assertion)', 'export const f = (a?: string): string => a!;'],
    [
      'typescript(switch-exhaustiveness-check)',
      "export function f(a: 'x' | 'y'): number {\n  switch (a) {\n    case 'x':\n      return 1;\n  }\n  return 2;\n}",
    ],
    ['eslint(no-console)', 'console.log(1);'],
    ['eslint(max-params)', 'export const f = (a: 1, b: 2, c: 3, d: 4, e: 5): number => a + b + c + d + e;'],
    ['eslint(max-lines)', long(501)],
    ['eslint(max-lines-per-function)', `export function f(): void {\n${'  void 0;\n'.repeat(100)}}`],
  ])('reports %s', async (rule, code) => {
    const files = { [SOURCE]: `${code}\n`, 'packages/core/src/b.ts': 'export const b = 1;\n' };
    expect(await rulesBroken(files)).toContain(rule);
  });

  it('reports tests that are skipped or alone', async () => {
    const test = (call: string): string =>
      `import { expect, it } from 'vitest';\n${call}('a', () => expect(1).toBe(1));\n`;
    expect(await rulesBroken({ 'packages/core/src/a.test.ts': test('it.skip') })).toContain(
      'vitest(no-disabled-tests)',
    );
    expect(await rulesBroken({ 'packages/core/src/a.test.ts': test('it.only') })).toContain('vitest(no-focused-tests)');
  });
});
