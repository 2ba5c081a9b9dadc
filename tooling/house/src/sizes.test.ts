import { describe, expect, it } from 'vitest';
import { type Files, makeWorkspace, packageFiles } from './__fixtures__/make-workspace.ts';
import { formatFinding } from './finding.ts';
import { checkSizes } from './sizes.ts';

const noise = Array.from({ length: 3000 }, (_, index) => (index * 2_654_435_761) % 4_294_967_296).join(',');

async function findingsOf(
  budgets: unknown,
  files: Files = { 'dist/index.js': `export const all = [${noise}];` },
): Promise<string[]> {
  const workspace = makeWorkspace({
    ...packageFiles('packages/core', files),
    'tooling/house/size-budgets.json': budgets,
  });
  return (await checkSizes(workspace, () => undefined)).map(formatFinding);
}

describe('size budgets', () => {
  it('are kept by what is small', async () => {
    expect(await findingsOf({ entries: { '@mortise/core': 100 }, together: [] })).toEqual([]);
  });

  it('are broken by what is large, alone and together', async () => {
    const together = [{ name: 'all', specifiers: ['@mortise/core'], limitKb: 1 }];
    expect(await findingsOf({ entries: { '@mortise/core': 1 }, together })).toEqual([
      expect.stringMatching(/^@mortise\/core is \d+\.\d+ kB; its budget is 1 kB$/),
      expect.stringMatching(/^all is /),
    ]);
  });

  it('count every export as used', async () => {
    const files = {
      'dist/index.js': "export { all } from './chunk.js';",
      'dist/chunk.js': `export const all = [${noise}];`,
    };
    expect(await findingsOf({ entries: { '@mortise/core': 1 }, together: [] }, files)).toHaveLength(1);
  });

  it('leave out the SDK that an entry exists for, also where it is loaded late', async () => {
    const files = { 'dist/index.js': "export const load = () => import('vendor-sdk/part');" };
    const entries = { '@mortise/core': { limitKb: 1, external: ['vendor-sdk'] } };
    expect(await findingsOf({ entries, together: [] }, files)).toEqual([]);
  });

  it('exist for every entry and for nothing else', async () => {
    expect(await findingsOf({ entries: {}, together: [] })).toEqual([
      expect.stringContaining('has no budget for @mortise/core'),
    ]);
    const entries = { '@mortise/core': 100, '@mortise/ghost': 1 };
    expect(await findingsOf({ entries, together: [] })).toEqual([
      expect.stringContaining('@mortise/ghost, which no package'),
    ]);
  });

  it('may be one for all entries of a package that have none of their own', async () => {
    const exports = Object.fromEntries(
      ['one', 'two', 'three'].map((name) => [
        `./${name}`,
        { '@mortise/source': `./src/${name}.ts`, types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` },
      ]),
    );
    const files: Files = {
      'package.json': { name: '@mortise/core', version: '0.0.0', exports },
      'dist/one.js': 'export const one = 1;',
      'dist/two.js': `export const all = [${noise}];`,
      'dist/three.js': `export const all = [${noise}];`,
    };
    const entries = { '@mortise/core/*': 1, '@mortise/core/three': 100 };
    expect(await findingsOf({ entries, together: [] }, files)).toEqual([
      expect.stringMatching(/^@mortise\/core\/two is \d+\.\d+ kB; its budget is 1 kB$/),
    ]);
    expect(
      await findingsOf({ entries: { '@mortise/core': 1, '@mortise/ghost/*': 1 }, together: [] }, {}),
    ).toContainEqual(expect.stringContaining('@mortise/ghost/*, which no package'));
  });

  it('are broken by an entry that is not built', async () => {
    expect(await findingsOf({ entries: { '@mortise/core': 100 }, together: [] }, {})).toHaveLength(1);
  });
});
