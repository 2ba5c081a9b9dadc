import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from './finding.ts';
import type { Workspace } from './workspace.ts';

/** What must not stand in any tracked file, and why. A mirror in a lockfile, a home folder in a script: they work here only. */
const FORBIDDEN: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/(^|[\s'"`(=:])\/(work|tmp|root|home|Users|mnt|opt)\/[\w.-]/, 'a path of one machine'],
  [/\b[A-Z]:\\Users\\/, 'a path of one machine'],
  [/(\.\.\/)+shared\//, 'a path outside the repository'],
  [
    /registry\.npmjs\.org|registry\.yarnpkg\.com|registry\.npmmirror\.com|\/\/npm\.pkg\.github\.com/,
    'a package registry',
  ],
  [/^co-authored-by:|generated (with|by) (an? )?(ai|llm|assistant)\b/i, 'a tool'],
  [/^(<{7} |>{7} |={7}$)/, 'an unresolved merge'],
];

const MAX_BYTES = 1_000_000;

/** Nothing in the repository depends on, or speaks of, the machine and the tools it was written with. */
export function checkHygiene(workspace: Workspace): Finding[] {
  const files = listRepositoryFiles(workspace.root);
  const documents = new Set(files.map((file) => path.basename(file)));
  return files.flatMap((file) => {
    const text = readText(path.join(workspace.root, file));
    if (text === undefined) return [];
    return [...findForbidden(text), ...findAbsentDocuments(text, documents)].map((finding) => ({ ...finding, file }));
  });
}

/** A reader sent to a document has to find it: every Markdown file named anywhere exists here. */
export function findAbsentDocuments(text: string, documents: ReadonlySet<string>): Finding[] {
  return text.split('\n').flatMap((content, index) => {
    const names = [...content.matchAll(/(?<![\w.:>*<-])[A-Za-z][\w-]*\.md\b/g)].map(([name]) => name);
    const absent = names.filter((name) => name !== 'CHANGELOG.md' && !documents.has(name));
    return absent.map((name) => ({ line: index + 1, message: `names ${name}, which is not in the repository` }));
  });
}

export function findForbidden(text: string): Finding[] {
  return text.split('\n').flatMap((content, index) => {
    const hits = FORBIDDEN.filter(([pattern]) => pattern.test(content));
    return hits.map(([, reason]) => ({ line: index + 1, message: `names ${reason}: ${content.trim().slice(0, 80)}` }));
  });
}

/** Tracked files and those that are about to be: everything that .gitignore lets through. */
function listRepositoryFiles(root: string): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed
    .split('\0')
    .filter((file) => file !== '' && statSync(path.join(root, file), { throwIfNoEntry: false })?.isFile());
}

function readText(file: string): string | undefined {
  if (statSync(file).size > MAX_BYTES) return undefined;
  const bytes = readFileSync(file);
  return bytes.includes(0) ? undefined : bytes.toString('utf8');
}
