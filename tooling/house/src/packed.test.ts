import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Files, linkTools, makeWorkspace, packageFiles, REPOSITORY } from './__fixtures__/make-workspace.ts';
import { formatFinding } from './finding.ts';
import { publishedManifest } from './package-preset.ts';
import { checkPacked } from './packed.ts';

const DIR = 'packages/core';
const manifest = publishedManifest({
  dir: DIR,
  name: '@mortise/core',
  description: 'x',
  floor: 0,
  platform: 'neutral',
});
const BUILT: Files = {
  'dist/index.js': 'export const one = 1;\n',
  'dist/index.d.ts': 'export declare const one: 1;\n',
};

async function findingsOf(changes: Files): Promise<string> {
  const workspace = makeWorkspace({
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\nverifyDepsBeforeRun: false\n',
    ...packageFiles(DIR, { ...BUILT, ...changes }),
  });
  linkTools(workspace);
  cpSync(path.join(REPOSITORY, 'LICENSE'), path.join(workspace.root, 'LICENSE'));
  mkdirSync(path.join(workspace.root, 'tooling/house'));
  symlinkSync(
    path.join(REPOSITORY, 'tooling/house/node_modules'),
    path.join(workspace.root, 'tooling/house/node_modules'),
  );
  return (await checkPacked(workspace)).map(formatFinding).join('\n');
}

describe('packed tarballs', { timeout: 60_000 }, () => {
  it('have nothing to mend when they load, resolve and type-check', async () => {
    expect(await findingsOf({})).toBe('');
  });

  it('have to be built first', async () => {
    expect(await findingsOf({ 'dist/index.js': undefined })).toBe('packages/core/dist/index.js is not built');
  });

  it('have to load', async () => {
    const findings = await findingsOf({ 'dist/index.js': "export { a } from 'not-installed';\n" });
    expect(findings).toContain('packages/core does not load cleanly when installed');
  });

  it('have to load in silence and with something to offer', async () => {
    expect(await findingsOf({ 'dist/index.js': "console.log('hello');\nexport const one = 1;\n" })).toContain('hello');
    expect(await findingsOf({ 'dist/index.js': 'export {};\n' })).toContain('@mortise/core exports nothing');
  });

  it('have to type-check for those who check libraries', async () => {
    const findings = await findingsOf({ 'dist/index.d.ts': "export declare const one: import('./gone.js').Gone;\n" });
    expect(findings).toMatch(/a TypeScript user \(node\) gets: .*TS2307/);
    expect(findings).toContain('are-the-types-wrong:');
    const buffer = await findingsOf({ 'dist/index.d.ts': 'export declare const one: Buffer;\n' });
    expect(buffer).toMatch(/a TypeScript user \(browser\) gets: .*Buffer/);
    expect(buffer).not.toContain('(node)');
  });

  it('have to satisfy publint and are-the-types-wrong', async () => {
    const types = {
      ...manifest,
      exports: { '.': { types: './dist/gone.d.ts', default: './dist/index.js' }, './package.json': './package.json' },
    };
    const findings = await findingsOf({ 'package.json': types });
    expect(findings).toContain('publint:');
  });

  it('carry no tests', async () => {
    const findings = await findingsOf({ 'dist/index.test.js': '', 'src/one.test.ts': '' });
    expect(findings).toContain('packs dist/index.test.js');
    expect(findings).not.toContain('one.test.ts');
  });
});
