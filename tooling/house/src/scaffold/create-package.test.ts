import { copyFileSync, globSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { linkTools, makeWorkspace, REPOSITORY } from '../__fixtures__/make-workspace.ts';
import { checkDocs } from '../docs.ts';
import { type Finding, formatFinding } from '../finding.ts';
import { checkFloors } from '../floors.ts';
import { checkLayout } from '../layout.ts';
import { runCommand } from '../run-command.ts';
import { readWorkspace, type Workspace } from '../workspace.ts';
import { createPackage } from './create-package.ts';
import { KINDS } from './kinds.ts';

/** Where a package of each kind goes, in a workspace that has the real packages it is built on. */
const NEW: Readonly<Record<string, string>> = {
  package: 'packages/new-thing',
  provider: 'packages/providers/new-thing',
  'secret-backend': 'packages/secrets/new-thing',
  adapter: 'packages/adapters/new-thing',
};
const REAL: Readonly<Record<string, string>> = {
  core: 'packages/core',
  testing: 'packages/testing',
  secrets: 'packages/secrets/manager',
};

function scaffold(): Workspace {
  const { root } = makeWorkspace({
    'package.json': readFileSync(path.join(REPOSITORY, 'package.json'), 'utf8'),
    '.gitignore': 'node_modules\n',
    'tooling/house/size-budgets.json': { entries: {}, together: [] },
    'pnpm-workspace.yaml': '',
  });
  linkTools({ root });
  for (const file of ['.oxlintrc.json', '.oxfmtrc.json'])
    copyFileSync(path.join(REPOSITORY, file), path.join(root, file));
  for (const entry of ['lint', 'vitest.config.ts', 'tsup.config.ts']) {
    symlinkSync(path.join(REPOSITORY, 'tooling', entry), path.join(root, 'tooling', entry));
  }
  for (const [kind, dir] of Object.entries(NEW)) {
    createPackage(root, kindOf(kind), 'new-thing');
    const scope = path.join(root, dir, 'node_modules/@mortise');
    mkdirSync(scope, { recursive: true });
    for (const [name, real] of Object.entries(REAL))
      symlinkSync(path.join(REPOSITORY, real), path.join(scope, name), 'junction');
  }
  for (const dir of Object.values(REAL)) {
    mkdirSync(path.join(root, dir), { recursive: true });
    copyFileSync(path.join(REPOSITORY, dir, 'package.json'), path.join(root, dir, 'package.json'));
    for (const part of ['src', 'node_modules'])
      symlinkSync(path.join(REPOSITORY, dir, part), path.join(root, dir, part), 'junction');
  }
  return readWorkspace(root);
}

function kindOf(name: string): (typeof KINDS)[string] {
  const kind = KINDS[name];
  if (kind === undefined) throw new RangeError(`there is no kind ${name}`);
  return kind;
}

/** What the checks say of the new packages, whatever they say of the real ones. */
function ofNewPackages(findings: readonly Finding[]): string[] {
  return findings.filter(({ file }) => file === undefined || file.includes('new-thing')).map(formatFinding);
}

const tool = (name: string): string => path.join(REPOSITORY, 'node_modules/.bin', name);

describe('a new package of each kind', { timeout: 240_000 }, () => {
  it('keeps to layout and floors', () => {
    const workspace = scaffold();
    expect(workspace.packages.filter(({ name }) => name.includes('new-thing'))).toHaveLength(4);
    expect(ofNewPackages(checkLayout(workspace))).toEqual([]);
    expect(ofNewPackages(checkFloors(workspace))).toEqual([]);
  });

  it('type-checks and passes its tests', async () => {
    const { root } = scaffold();
    for (const dir of Object.values(NEW)) {
      const cwd = path.join(root, dir);
      for (const config of ['tsconfig.json', 'tsconfig.test.json']) {
        expect(await runCommand(tool('tsc'), ['-p', config], { cwd })).toMatchObject({ code: 0, output: '' });
      }
      const vitest = ['run', '--config', path.join(root, 'tooling/vitest.config.ts'), '--root', '.'];
      expect(await runCommand(tool('vitest'), vitest, { cwd })).toMatchObject({ code: 0 });
    }
  });

  it('has an example that runs', async () => {
    expect(ofNewPackages(await checkDocs(scaffold()))).toEqual([]);
  });

  it('passes lint and, once the formatter ran, stays formatted', async () => {
    const { root } = scaffold();
    const dirs = Object.values(NEW);
    const lint = await runCommand(tool('oxlint'), ['--type-aware', ...dirs], { cwd: root });
    expect(lint.output).toContain('0 warnings and 0 errors');
    await runCommand(tool('oxfmt'), dirs, { cwd: root });
    expect(await runCommand(tool('oxfmt'), ['--check', ...dirs], { cwd: root })).toMatchObject({ code: 0 });
  });

  it('brings a changeset and a budget for each entry', () => {
    const { root } = scaffold();
    const budgets: { entries: object } = JSON.parse(
      readFileSync(path.join(root, 'tooling/house/size-budgets.json'), 'utf8'),
    );
    expect(Object.keys(budgets.entries)).toEqual([
      '@mortise/new-thing',
      '@mortise/provider-new-thing',
      '@mortise/provider-new-thing/specs',
      '@mortise/provider-new-thing/testing',
      '@mortise/secrets-new-thing',
      '@mortise/adapter-new-thing',
    ]);
    const changesets = globSync('.changeset/*provider*', { cwd: root });
    expect(changesets).toHaveLength(1);
    expect(readFileSync(path.join(root, changesets[0] ?? ''), 'utf8')).toContain(
      "'@mortise/provider-new-thing': minor",
    );
  });

  it('never overwrites a package and takes no name out of style', () => {
    const { root } = scaffold();
    expect(() => createPackage(root, kindOf('package'), 'new-thing')).toThrow('packages/new-thing exists already');
    expect(() => createPackage(root, kindOf('package'), 'NewThing')).toThrow('not in kebab-case');
    expect(() => createPackage(root, kindOf('package'), '../escape')).toThrow('not in kebab-case');
  });
});
