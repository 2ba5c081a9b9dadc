import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { publishedManifest, publishedTsconfigs } from '../package-preset.ts';
import { toSpecifier } from '../workspace.ts';
import { type Kind, toSubject } from './kinds.ts';
import { readmeFor } from './readme.ts';

const BUDGETS = 'tooling/house/size-budgets.json';
const FIRST_BUDGET_KB = 20;

/**
 * Writes a new package that passes every check of the house, and all that goes with it: changeset and size budgets.
 *
 * @returns The paths that were written, from the root.
 * @throws {RangeError} The name cannot be used, or the folder is taken.
 */
export function createPackage(root: string, kind: Kind, name: string): string[] {
  const subject = toSubject(kind, name);
  const dir = `${kind.folder}/${name}`;
  if (existsSync(path.join(root, dir))) throw new RangeError(`${dir} exists already`);
  const { 'example.ts': example = '', ...sources } = kind.toFiles(subject);
  const manifest = publishedManifest({
    dir,
    name: subject.packageName,
    description: kind.describe(name),
    floor: kind.floor,
    platform: kind.platform,
    entries: kind.entries,
    ...kind.dependencies,
  });
  const files = {
    [`${dir}/package.json`]: toJson(manifest),
    [`${dir}/README.md`]: readmeFor(kind, subject, example),
    ...within(dir, mapValues(publishedTsconfigs(dir, kind.platform), toJson)),
    ...within(dir, sources),
    [`.changeset/new-${subject.packageName.replace('@mortise/', '')}.md`]: `---
'${subject.packageName}': minor
---

New package: ${kind.describe(name)}.
`,
    [BUDGETS]: withBudgets(
      root,
      kind.entries.map((entry) => toSpecifier(subject.packageName, entry)),
    ),
  };
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
  }
  return Object.keys(files);
}

function withBudgets(root: string, specifiers: readonly string[]): string {
  const budgets: { entries: Record<string, number> } = JSON.parse(readFileSync(path.join(root, BUDGETS), 'utf8'));
  for (const specifier of specifiers) budgets.entries[specifier] = FIRST_BUDGET_KB;
  return toJson(budgets);
}

function within(dir: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([file, content]) => [`${dir}/${file}`, content]));
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
