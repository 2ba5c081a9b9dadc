import { describe, expect, it } from 'vitest';
import { type Files, makeWorkspace, packageFiles } from './__fixtures__/make-workspace.ts';
import { formatFinding } from './finding.ts';
import { publishedManifest } from './package-preset.ts';
import { checkUniversal } from './universal.ts';

const DIR = 'packages/core';

function findingsOf(changes: Files): string[] {
  return checkUniversal(makeWorkspace(packageFiles(DIR, changes))).map(formatFinding);
}

describe('a built universal package', () => {
  it('may import other packages', () => {
    expect(findingsOf({ 'dist/index.js': "import { a } from '@mortise/other';\nexport { a };" })).toEqual([]);
  });

  it.each(['node:fs', 'fs', 'fs/promises', 'node:sqlite'])('may not reach %s through any chunk', (specifier) => {
    const dist = {
      'dist/index.js': "export { a } from './chunk-1.js';",
      'dist/chunk-1.js': `export const a = import('${specifier}');`,
    };
    expect(findingsOf(dist)).toEqual([
      `packages/core/dist/chunk-1.js:1 imports ${specifier}, but @mortise/core is universal`,
    ]);
  });

  it('has to be built', () => {
    expect(findingsOf({})).toEqual(['packages/core/dist/index.js is not built']);
  });

  it('may import Node where the manifest says that an entry is for Node', () => {
    const identity = { dir: DIR, name: '@mortise/core', description: 'x', floor: 0, platform: 'neutral' } as const;
    const manifest = publishedManifest({ ...identity, entries: ['.', './server'] });
    const dist = { 'dist/index.js': 'export const a = 1;', 'dist/server/index.js': "import 'node:http';" };
    const marked = { ...manifest, mortise: { ...manifest.mortise, nodeEntries: ['./server'] } };
    expect(findingsOf({ ...dist, 'package.json': marked })).toEqual([]);
    expect(findingsOf({ ...dist, 'package.json': manifest })).toHaveLength(1);
  });
});
