import { describe, expect, it } from 'vitest';
import { type Files, makeWorkspace, packageFiles } from './__fixtures__/make-workspace.ts';
import { formatFinding } from './finding.ts';
import { checkLayout } from './layout.ts';
import { publishedManifest } from './package-preset.ts';

const DIR = 'packages/core';
const manifest = publishedManifest({
  dir: DIR,
  name: '@mortise/core',
  description: 'x',
  floor: 0,
  platform: 'neutral',
});

function findingsOf(changes: Files): string[] {
  return checkLayout(makeWorkspace(packageFiles(DIR, changes))).map(formatFinding);
}

describe('the layout of a package', () => {
  it('has nothing to mend when it follows the preset', () => {
    expect(findingsOf({})).toEqual([]);
  });

  it.each([
    ['license', 'ISC'],
    ['type', 'commonjs'],
    ['sideEffects', true],
    ['engines', { node: '>=18' }],
    ['files', ['dist']],
    ['publishConfig', undefined],
    ['description', ''],
    ['scripts', { ...manifest.scripts, test: 'true' }],
    ['mortise', { floor: 0 }],
  ])('fixes the field %s', (field, value) => {
    expect(findingsOf({ 'package.json': { ...manifest, [field]: value } })).toEqual([
      expect.stringMatching(/^packages\/core\/package\.json /),
    ]);
  });

  it('ships documents beside its README where it has some, and nothing else', () => {
    const withFile = (file: string) => ({ 'package.json': { ...manifest, files: [...(manifest.files ?? []), file] } });
    expect(findingsOf(withFile('MIGRATION.md'))).toEqual([]);
    expect(findingsOf(withFile('notes.txt'))).toHaveLength(1);
  });

  it('follows from its folder by name', () => {
    expect(findingsOf({ 'package.json': { ...manifest, name: '@mortise/kernel' } })[0]).toBe(
      'packages/core/package.json is called @mortise/kernel; a package in packages/core is called @mortise/core',
    );
  });

  it.each([
    [
      'its types after its default',
      { '@mortise/source': './src/index.ts', default: './dist/index.js', types: './dist/index.d.ts' },
    ],
    ['no source', { types: './dist/index.d.ts', default: './dist/index.js' }],
    [
      'a build of another source',
      { '@mortise/source': './src/index.ts', types: './dist/a.d.ts', default: './dist/a.js' },
    ],
    [
      'a source that does not exist',
      { '@mortise/source': './src/b.ts', types: './dist/b.d.ts', default: './dist/b.js' },
    ],
  ])('rejects an entry with %s', (_, entry) => {
    const exports = { ...manifest.exports, '.': entry };
    expect(findingsOf({ 'package.json': { ...manifest, exports } })).toHaveLength(1);
  });

  it.each(['README.md', 'tsconfig.json', 'tsconfig.test.json', 'tsconfig.build.json'])('needs %s', (file) => {
    expect(findingsOf({ [file]: undefined })).toEqual([`packages/core/${file} is missing`]);
  });

  it('keeps the README to its length', () => {
    expect(findingsOf({ 'README.md': '# Short\n' })).toEqual([expect.stringContaining('has 1 lines')]);
    expect(findingsOf({ 'README.md': 'line\n'.repeat(151) })).toEqual([expect.stringContaining('has 151 lines')]);
  });

  it.each([
    ['code', 'export const a = 1;\n'],
    ['an import', "import './one.ts';\n"],
    ['a star', "export * from './one.ts';\n"],
    ['a local export', "import { one } from './one.ts';\nexport { one };\n"],
  ])('lets no entry hold %s', (_, code) => {
    expect(findingsOf({ 'src/index.ts': code })).toEqual([expect.stringContaining('src/index.ts is an entry')]);
  });

  it('names files in kebab-case after a subject', () => {
    expect(findingsOf({ 'src/someThing.ts': '' })).toEqual([expect.stringContaining('kebab-case')]);
    expect(findingsOf({ 'src/string-utils.ts': '' })).toEqual([expect.stringContaining('says nothing')]);
    expect(findingsOf({ 'src/helpers/a.ts': '' })).toEqual([expect.stringContaining('says nothing')]);
  });

  it('keeps folders small', () => {
    const many = Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`src/deep/part-${index}.ts`, '']));
    expect(findingsOf(many)).toEqual([expect.stringContaining('holds 26 files')]);
  });

  it('lets no universal package weaken the config that proves it', () => {
    const config = { extends: '../../tooling/tsconfig/universal.json' };
    expect(findingsOf({ 'tsconfig.json': { ...config, compilerOptions: { types: ['node'] } } })).toHaveLength(1);
    expect(findingsOf({ 'tsconfig.json': { ...config, exclude: ['src/one.ts'] } })).toHaveLength(1);
    expect(findingsOf({ 'tsconfig.json': { extends: '../../tooling/tsconfig/node.json' } })).toHaveLength(1);
  });

  it('announces a new package by a changeset', () => {
    const files = packageFiles(DIR);
    const [changeset = ''] = Object.keys(files);
    expect(checkLayout(makeWorkspace({ ...files, [changeset]: undefined })).map(formatFinding)).toEqual([
      'packages/core/package.json is new and no file in .changeset names @mortise/core',
    ]);
  });
});
