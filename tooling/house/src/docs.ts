import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { linkModule, linkThirdParty } from './consumer-folder.ts';
import type { Finding } from './finding.ts';
import { type CodeBlock, listCodeBlocks } from './markdown-blocks.ts';
import { runCommand, runTsc } from './run-command.ts';
import type { Workspace } from './workspace.ts';

const NO_RUN = 'no-run';
const EXAMPLE_TIMEOUT_MS = 30_000;

/** Names under which TypeScript or JavaScript could hide from the check. */
const OTHER_NAMES = new Set([
  'typescript',
  'tsx',
  'mts',
  'cts',
  'js',
  'javascript',
  'jsx',
  'mjs',
  'cjs',
  'node',
  'es6',
]);

interface Example {
  /** The Markdown file, from the repository root. */
  readonly document: string;
  readonly block: CodeBlock;
  /** The extracted file, from the folder of the check. */
  readonly file: string;
  readonly isRun: boolean;
}

/**
 * Every `ts` block of every README and of CONTRIBUTING type-checks against the packages under the rules of the house, and
 * runs to its end, save those marked `ts no-run`. Each published package shows at least one example that runs.
 */
export async function checkDocs(workspace: Workspace): Promise<Finding[]> {
  const documents = listDocuments(workspace);
  const examples = documents.flatMap((document) => listExamples(workspace, document));
  const findings = [
    ...documents.flatMap((document) => findMislabelled(workspace, document)),
    ...findPackagesWithoutExample(workspace, examples),
  ];
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'mortise-docs-')));
  try {
    prepareFolder(workspace, folder, examples);
    findings.push(...(await typecheckExamples(workspace, folder, examples)));
    for (const example of examples.filter(({ isRun }) => isRun)) findings.push(...(await runExample(folder, example)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return findings;
}

function listDocuments(workspace: Workspace): string[] {
  const candidates = ['README.md', 'CONTRIBUTING.md', ...workspace.packages.map((pkg) => `${pkg.dir}/README.md`)];
  return candidates.filter((document) => existsSync(path.join(workspace.root, document)));
}

function readBlocks(workspace: Workspace, document: string): CodeBlock[] {
  return listCodeBlocks(readFileSync(path.join(workspace.root, document), 'utf8'));
}

function listExamples(workspace: Workspace, document: string): Example[] {
  const blocks = readBlocks(workspace, document).filter(({ language }) => language === 'ts');
  return blocks.map((block) => {
    const file = `${document.slice(0, -'.md'.length)}.${block.line}.ts`;
    return { document, block, file, isRun: !block.flags.includes(NO_RUN) };
  });
}

function findMislabelled(workspace: Workspace, document: string): Finding[] {
  return readBlocks(workspace, document).flatMap(({ language, flags, line, code }) => {
    const place = { file: document, line: line - 1 };
    const unknown = language === 'ts' ? flags.filter((flag) => flag !== NO_RUN) : [];
    if (unknown.length > 0) return [{ ...place, message: `has unknown words after ts: ${unknown.join(' ')}` }];
    const isCode =
      OTHER_NAMES.has(language) || (language === '' && /^\s*(import|export|const|await) .*[;{]$/m.test(code));
    return isCode ? [{ ...place, message: `shows code as "${language}"; only a \`ts\` block is checked` }] : [];
  });
}

function findPackagesWithoutExample(workspace: Workspace, examples: readonly Example[]): Finding[] {
  const shown = new Set(examples.filter(({ isRun }) => isRun).map(({ document }) => document));
  return workspace.packages
    .filter((pkg) => pkg.isPublished && !shown.has(`${pkg.dir}/README.md`))
    .map((pkg) => ({ file: `${pkg.dir}/README.md`, message: 'shows no example that runs' }));
}

/** A folder that looks like a user's project: the packages of the workspace by name, and what they depend on. */
function prepareFolder(workspace: Workspace, folder: string, examples: readonly Example[]): void {
  for (const pkg of workspace.packages) {
    if (pkg.isPublished) linkModule(folder, pkg.name, path.join(workspace.root, pkg.dir));
  }
  linkThirdParty(workspace, folder);
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module", "private": true }\n');
  const config = {
    extends: path.join(workspace.root, 'tooling/tsconfig/base.json'),
    compilerOptions: { lib: ['ESNext', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'], types: ['node'] },
    include: ['**/*.ts'],
  };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  for (const { file, block } of examples) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    // Empty lines before the code give it the line numbers of the document, in type errors as in stack traces.
    writeFileSync(target, `${'\n'.repeat(block.line - 1)}${block.code}\n`);
  }
}

async function typecheckExamples(
  workspace: Workspace,
  folder: string,
  examples: readonly Example[],
): Promise<Finding[]> {
  if (examples.length === 0) return [];
  const { code, output } = await runTsc(workspace.root, folder);
  if (code === 0) return [];
  const documents = new Map(examples.map(({ file, document }) => [file, document]));
  return output
    .split('\n')
    .filter((line) => /error TS\d+/.test(line))
    .map((message) => {
      const [, file = '', line = '', rest = message] = /^(.+?)\((\d+),\d+\): (.*)$/.exec(message) ?? [];
      const document = documents.get(file);
      return document === undefined ? { message } : { file: document, line: Number(line), message: rest };
    });
}

async function runExample(folder: string, { file, document, block }: Example): Promise<Finding[]> {
  const { code, output, timedOut } = await runCommand(process.execPath, ['--conditions=@mortise/source', file], {
    cwd: folder,
    timeoutMs: EXAMPLE_TIMEOUT_MS,
  });
  if (code === 0) return [];
  const line = new RegExp(`${RegExp.escape(file)}:(\\d+)`).exec(output)?.[1];
  const ending = timedOut ? `does not end within ${EXAMPLE_TIMEOUT_MS} ms` : `ends with code ${code}`;
  const tail = output.trim().split('\n').slice(0, 12).join('\n    ').replaceAll(`${folder}/`, '');
  return [{ file: document, line: Number(line ?? block.line), message: `the example ${ending}\n    ${tail}` }];
}
