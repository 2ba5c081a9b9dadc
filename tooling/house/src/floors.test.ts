import { describe, expect, it } from 'vitest';
import { type Files, makeWorkspace } from './__fixtures__/make-workspace.ts';
import { formatFinding } from './finding.ts';
import { checkFloors } from './floors.ts';

interface Room {
  readonly floor: number;
  readonly platform?: 'neutral' | 'node';
  readonly nodeEntries?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly files?: Files;
}

function findingsOf(rooms: Readonly<Record<string, Room>>): string[] {
  const files = Object.entries(rooms).flatMap(
    ([name, { floor, platform = 'neutral', nodeEntries, files: own = {}, ...deps }]) => {
      const manifest = { name: `@mortise/${name}`, ...deps, mortise: { floor, platform, nodeEntries } };
      const sources = Object.entries(own).map(([file, content]) => [`packages/${name}/${file}`, content]);
      return [[`packages/${name}/package.json`, manifest], ...sources];
    },
  );
  return checkFloors(makeWorkspace(Object.fromEntries(files))).map(formatFinding);
}

const CORE = { '@mortise/core': 'workspace:^' };
const core: Room = { floor: 0 };

describe('floors', () => {
  it('let a package import from below what it declares', () => {
    const files = {
      'src/a.ts': "import type { A } from '@mortise/core';\nimport './b.ts';\nimport '@mortise/up/own';",
    };
    expect(findingsOf({ core, up: { floor: 1, dependencies: CORE, files } })).toEqual([]);
  });

  it('stop an import from above, in the source and in the manifest', () => {
    const up: Room = { floor: 1 };
    const files = { 'src/a.ts': "\nimport type { A } from '@mortise/up';" };
    expect(findingsOf({ core: { floor: 0, dependencies: { '@mortise/up': 'workspace:^' }, files }, up })).toEqual([
      'packages/core/package.json @mortise/core (floor 0) may not use @mortise/up (floor 1): imports go downward only',
      'packages/core/src/a.ts:2 @mortise/core (floor 0) may not use @mortise/up (floor 1): imports go downward only',
    ]);
  });

  it('stop an import from the same floor', () => {
    const files = { 'src/a.ts': "export { a } from '@mortise/core';" };
    const findings = findingsOf({ core, beside: { floor: 0, dependencies: CORE, files } });
    expect(findings).toHaveLength(2);
    expect(findings[1]).toContain('packages/beside/src/a.ts:1');
  });

  it('let tests use a package of the same floor', () => {
    const files = { 'src/a.test.ts': "import '@mortise/core';" };
    expect(findingsOf({ core, beside: { floor: 0, devDependencies: CORE, files } })).toEqual([]);
  });

  it('stop tests from climbing', () => {
    const files = { 'src/a.test.ts': "import '@mortise/up';" };
    const below: Room = { floor: 0, devDependencies: { '@mortise/up': '*' }, files };
    expect(findingsOf({ below, up: { floor: 1 } })).toHaveLength(2);
  });

  it('stop packages from standing in a circle by their tests', () => {
    const a: Room = { floor: 0, devDependencies: { '@mortise/b': '*' } };
    const b: Room = { floor: 0, devDependencies: { '@mortise/a': '*' } };
    expect(findingsOf({ a, b })).toEqual(['packages in a circle: @mortise/a → @mortise/b → @mortise/a']);
  });

  it('ask for a floor', () => {
    const workspace = makeWorkspace({ 'packages/a/package.json': { name: '@mortise/a' } });
    expect(checkFloors(workspace)).toHaveLength(1);
  });

  it('know the packages of the house', () => {
    const files = { 'src/a.ts': "import '@mortise/ghost';" };
    expect(findingsOf({ core: { floor: 0, files } })).toEqual([
      'packages/core/src/a.ts:1 names @mortise/ghost, which is no package here',
    ]);
  });
});

describe('declarations', () => {
  it('are needed for what the source imports', () => {
    expect(findingsOf({ core, up: { floor: 1, files: { 'src/a.ts': "import '@mortise/core';" } } })).toEqual([
      'packages/up/src/a.ts:1 imports @mortise/core, which packages/up/package.json does not declare as a dependency',
    ]);
    expect(findingsOf({ core: { floor: 0, files: { 'src/a.ts': "import '@scope/lib/deep';" } } })).toEqual([
      'packages/core/src/a.ts:1 imports @scope/lib, which packages/core/package.json does not declare as a dependency',
    ]);
  });

  it('for development do not serve the source of a published package', () => {
    const files = { 'src/a.ts': "import 'lib';", 'src/a.test.ts': "import 'lib';" };
    const findings = findingsOf({ core: { floor: 0, devDependencies: { lib: '*' }, files } });
    expect(findings).toEqual([expect.stringContaining('src/a.ts:1')]);
  });

  it('end at the folder of the package', () => {
    const files = { 'src/a.ts': "import '../../core/src/a.ts';", 'src/deep/b.ts': "import '../../package.json';" };
    expect(findingsOf({ core, up: { floor: 1, files } })).toEqual([
      'packages/up/src/a.ts:1 imports ../../core/src/a.ts, which lies outside the package',
    ]);
  });
});

describe('universal packages', () => {
  const files = { 'src/a.ts': "import fs from 'node:fs';", 'src/a.test.ts': "import 'node:util';" };

  it('import nothing of Node, save in their tests', () => {
    expect(findingsOf({ core: { floor: 0, files } })).toEqual([
      'packages/core/src/a.ts:1 imports node:fs, but @mortise/core is universal: Web APIs only',
    ]);
    expect(findingsOf({ core: { floor: 0, platform: 'node', files } })).toEqual([]);
  });

  it('may have an entry that is for Node, in a folder of its own', () => {
    const own = { 'src/server/a.ts': "import 'node:http';", 'src/server-like.ts': "import 'node:http';" };
    const findings = findingsOf({ core: { floor: 0, nodeEntries: ['./server'], files: own } });
    expect(findings).toEqual([expect.stringContaining('src/server-like.ts:1')]);
  });

  it('do not pass a built-in off as a package', () => {
    const own = { 'src/a.ts': "import 'fs/promises';" };
    expect(findingsOf({ core: { floor: 0, files: own } })).toEqual([
      'packages/core/src/a.ts:1 imports the built-in fs/promises without its node: prefix',
    ]);
  });
});
