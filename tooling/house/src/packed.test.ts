import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Files, linkTools, makeWorkspace, packageFiles, REPOSITORY } from './__fixtures__/make-workspace.ts';
import type { Finding } from './finding.ts';
import { publishedManifest } from './package-preset.ts';
import { checkPacked } from './packed.ts';

const BUILT: Files = {
  'dist/index.js': 'export const one = 1;\n',
  'dist/index.d.ts': 'export declare const one: 1;\n',
};

function findingsOf(packages: Readonly<Record<string, Files>>): Promise<Finding[]> {
  const files = Object.entries(packages).map(([name, changes]) =>
    packageFiles(`packages/${name}`, { ...BUILT, ...changes }),
  );
  const settings = 'packages:\n  - packages/*\nverifyDepsBeforeRun: false\n';
  const workspace = makeWorkspace(Object.assign({ 'pnpm-workspace.yaml': settings }, ...files));
  linkTools(workspace);
  cpSync(path.join(REPOSITORY, 'LICENSE'), path.join(workspace.root, 'LICENSE'));
  mkdirSync(path.join(workspace.root, 'tooling/house'));
  symlinkSync(
    path.join(REPOSITORY, 'tooling/house/node_modules'),
    path.join(workspace.root, 'tooling/house/node_modules'),
  );
  return checkPacked(workspace);
}

function withEntry(name: string, target: object): object {
  const manifest = publishedManifest({
    dir: `packages/${name}`,
    name: `@mortise/${name}`,
    description: 'x',
    floor: 0,
    platform: 'neutral',
  });
  return { ...manifest, exports: { '.': target, './package.json': './package.json' } };
}

/** Packages that are each broken in one way, by what the check has to say of them. */
const BROKEN: readonly (readonly [name: string, message: RegExp, files: Files])[] = [
  [
    'unloadable',
    /^does not load cleanly when installed: .*not-installed/s,
    { 'dist/index.js': "export { a } from 'not-installed';\n" },
  ],
  [
    'noisy',
    /^does not load cleanly when installed: hello$/,
    { 'dist/index.js': "console.log('hello');\nexport const one = 1;\n" },
  ],
  ['empty', /@mortise\/empty exports nothing/, { 'dist/index.js': 'export {};\n' }],
  ['untyped', /^are-the-types-wrong: /, { 'dist/index.d.ts': "export declare const one: import('./gone.js').Gone;\n" }],
  [
    'lost',
    /^publint: /,
    { 'package.json': withEntry('lost', { types: './dist/gone.d.ts', default: './dist/index.js' }) },
  ],
  [
    'stuffed',
    /^packs dist\/index\.test\.js, which no user needs$/,
    { 'dist/index.test.js': '', 'src/one.test.ts': '' },
  ],
];

describe('packed tarballs', { timeout: 120_000 }, () => {
  it('have nothing to mend when they load, resolve and type-check', async () => {
    expect(await findingsOf({ core: {} })).toEqual([]);
  });

  it('may have an entry that is there for the compiler alone', async () => {
    const types = {
      'src/index.ts': "export type { One } from './one.ts';\n",
      'src/one.ts': 'export type One = 1;\n',
      'dist/index.js': 'export {};\n',
      'dist/index.d.ts': 'export type One = 1;\n',
    };
    expect(await findingsOf({ core: types })).toEqual([]);
  });

  it('have to be built first', async () => {
    expect(await findingsOf({ core: { 'dist/index.js': undefined } })).toEqual([
      { file: 'packages/core/dist/index.js', message: 'is not built' },
    ]);
  });

  it('are told apart by what is wrong with them', async () => {
    const bufferTypes = { 'dist/index.d.ts': 'export declare const one: Buffer;\n' };
    const packages = Object.fromEntries(BROKEN.map(([name, , files]) => [name, files]));
    const findings = await findingsOf({ ...packages, sound: {}, nodeish: bufferTypes });
    const messagesFor = (name: string): string[] => {
      return findings.filter(({ file }) => file === `packages/${name}`).map(({ message }) => message);
    };
    for (const [name, message] of BROKEN) expect(messagesFor(name)).toContainEqual(expect.stringMatching(message));
    expect(messagesFor('sound')).toEqual([]);
    expect(messagesFor('stuffed')).toHaveLength(1);
    const consumers = findings.filter(({ file }) => file === undefined).map(({ message }) => message);
    expect(consumers).toEqual([
      expect.stringMatching(/^a TypeScript user \(node\) gets: .*untyped.*TS2307/s),
      expect.stringMatching(/^a TypeScript user \(browser\) gets: .*nodeish.*'Buffer'/s),
    ]);
    expect(consumers[0]).not.toContain('nodeish');
  });
});
