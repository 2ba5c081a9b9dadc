import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { publishedManifest, publishedTsconfigs } from '../package-preset.ts';
import { readWorkspace, type Workspace } from '../workspace.ts';

/** Files by path: text as it is, anything else as JSON, undefined for none. */
export type Files = Readonly<Record<string, unknown>>;

/** The root of this repository. */
export const REPOSITORY = path.resolve(import.meta.dirname, '../../../..');

/** Writes the files of a small workspace into a temporary folder that goes away with the test. */
export function makeWorkspace(files: Files): Workspace {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'mortise-house-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [file, content] of Object.entries({ 'package.json': { name: 'root' }, ...files })) {
    if (content === undefined) continue;
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return readWorkspace(root);
}

/** The files of a published package with nothing to mend; `changes` replaces or, with undefined, removes files. */
export function packageFiles(dir: string, changes: Files = {}): Files {
  const manifest = publishedManifest({
    dir,
    name: nameOf(dir),
    description: 'A fixture',
    floor: 0,
    platform: 'neutral',
  });
  const local: Record<string, unknown> = {
    'package.json': manifest,
    'README.md': `# Fixture\n\n\`\`\`ts\nconsole.log(1);\n\`\`\`\n${'text\n'.repeat(60)}`,
    'src/index.ts': "export { one } from './one.ts';\n",
    'src/one.ts': 'export const one = 1;\n',
    ...publishedTsconfigs(dir, 'neutral'),
    ...changes,
  };
  const files = Object.entries(local).map(([file, content]) => [`${dir}/${file}`, content]);
  return {
    [`.changeset/${dir.replaceAll('/', '-')}.md`]: `---\n'${manifest.name}': minor\n---\n`,
    ...Object.fromEntries(files),
  };
}

/** Makes the tools of this repository available in the fixture. */
export function linkTools({ root }: Pick<Workspace, 'root'>): void {
  symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(root, 'node_modules'), 'junction');
  mkdirSync(path.join(root, 'tooling'), { recursive: true });
  symlinkSync(path.join(REPOSITORY, 'tooling/tsconfig'), path.join(root, 'tooling/tsconfig'), 'junction');
}

function nameOf(dir: string): string {
  return `@mortise/${dir.slice(dir.lastIndexOf('/') + 1)}`;
}
