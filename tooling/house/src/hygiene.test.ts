import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { makeWorkspace } from './__fixtures__/make-workspace.ts';
import { formatFinding } from './finding.ts';
import { checkHygiene, findAbsentDocuments, findForbidden } from './hygiene.ts';

/** Keeps this file itself free of what it looks for. */
const path = (...parts: string[]): string => `/${parts.join('/')}`;

describe('text', () => {
  it.each([
    ['a path of one machine', `cd ${path('work', 'main')}`],
    ['a path of one machine', `"${path('home', 'someone', 'x')}"`],
    ['a path outside the repository', `see ..${path('shared', 'notes')}`],
    ['a package registry', ['https://registry', 'npmjs', 'org/x'].join('.')],
    ['a tool', ['Co', 'Authored', 'By: somebody'].join('-')],
    ['an unresolved merge', '<'.repeat(7) + ' ours'],
  ])('may not name %s', (reason, text) => {
    expect(findForbidden(`first\n${text}`)).toEqual([{ line: 2, message: `names ${reason}: ${text}` }]);
  });

  it.each(['https://example.com/home/a', 'a/work/b', '/run/secrets/token', './shared/x', 'worktree'])(
    'may say %s',
    (text) => {
      expect(findForbidden(text)).toEqual([]);
    },
  );

  it('sends nobody to a document that is not here', () => {
    const documents = new Set(['README.md']);
    const absent = ['plan', 'md'].join('.');
    expect(findAbsentDocuments(`see README.md\nand docs/${absent}`, documents)).toEqual([
      { line: 2, message: `names ${absent}, which is not in the repository` },
    ]);
    expect(findAbsentDocuments('`.changeset/<name>.md`, **/*.md, CHANGELOG.md', documents)).toEqual([]);
  });
});

describe('the files of the repository', () => {
  it('are read whether tracked or about to be, and not when ignored', () => {
    const bad = path('root', 'x');
    const workspace = makeWorkspace({
      '.gitignore': 'dist\n',
      'new.txt': bad,
      'dist/ignored.txt': bad,
      'binary.bin': `\0${bad}`,
    });
    execFileSync('git', ['init', '-q'], { cwd: workspace.root });
    expect(checkHygiene(workspace).map(formatFinding)).toEqual([`new.txt:1 names a path of one machine: ${bad}`]);
  });
});
