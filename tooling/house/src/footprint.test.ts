import { cpSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkspace, packageFiles, REPOSITORY } from './__fixtures__/make-workspace.ts';
import { checkFootprint } from './footprint.ts';
import { publishedManifest } from './package-preset.ts';

const BUILT = { 'dist/index.js': 'export const one = 1;\n', 'dist/index.d.ts': 'export declare const one: 1;\n' };

function manifestOf(name: string, dependencies: Readonly<Record<string, string>>): object {
  const fields = { dir: `packages/${name}`, name: `@mortise/${name}`, description: 'x', floor: 1 } as const;
  return { ...publishedManifest({ ...fields, platform: 'neutral' }), dependencies };
}

async function footprintOf(budgets: object): Promise<{ messages: string[]; printed: string[] }> {
  const workspace = makeWorkspace({
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\nverifyDepsBeforeRun: false\n',
    'tooling/house/footprint-budgets.json': budgets,
    ...packageFiles('packages/core', BUILT),
    ...packageFiles('packages/rival', BUILT),
    ...packageFiles('packages/heavy', {
      ...BUILT,
      'package.json': manifestOf('heavy', { '@mortise/core': 'workspace:^', '@mortise/rival': 'workspace:^' }),
      'dist/large.js': `// ${'x'.repeat(1_000_000)}\n`,
    }),
  });
  cpSync(path.join(REPOSITORY, 'LICENSE'), path.join(workspace.root, 'LICENSE'));
  const printed: string[] = [];
  const findings = await checkFootprint(workspace, (line) => printed.push(line.trim()));
  return { messages: findings.map(({ file, message }) => `${file}: ${message}`), printed };
}

describe('the footprint of an installed package', { timeout: 120_000 }, () => {
  it('counts what the tarball brings with it, dependencies of this workspace included', async () => {
    const within = { packages: 3, megabytes: 1.2, without: ['@other/'] };
    const { messages, printed } = await footprintOf({ '@mortise/heavy': within, '@mortise/core': within });
    expect(messages).toEqual([]);
    expect(printed).toEqual(['3 packages    1.0 MB  @mortise/heavy', '1 packages    0.0 MB  @mortise/core']);
  });

  it('must keep to its budget, and to its own vendor', async () => {
    const { messages } = await footprintOf({
      '@mortise/heavy': { packages: 2, megabytes: 0.5, without: ['@mortise/riv'] },
      '@mortise/gone': { packages: 1, megabytes: 1, without: [] },
    });
    expect(messages).toEqual([
      'packages/heavy: installs 3 packages; its budget is 2',
      'packages/heavy: installs 1.0 MB; its budget is 0.5 MB',
      'packages/heavy: installs @mortise/rival, which belongs to another package',
      'tooling/house/footprint-budgets.json: has a budget for @mortise/gone, which is no package of ours',
    ]);
  });
});
