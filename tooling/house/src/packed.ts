import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { linkThirdParty } from './consumer-folder.ts';
import type { Finding } from './finding.ts';
import { packTarball } from './pack-tarball.ts';
import { runCommand, runTsc } from './run-command.ts';
import {
  listEntries,
  type Manifest,
  readManifest,
  toSpecifier,
  type Workspace,
  type WorkspacePackage,
} from './workspace.ts';

/** A package as it is published: the tarball, and the same unpacked where a user would have it. */
interface Packed {
  readonly pkg: WorkspacePackage;
  readonly tarball: string;
  /** `<consumer>/node_modules/@mortise/<name>`. */
  readonly installed: string;
  readonly manifest: Manifest;
}

/**
 * What is published works for those who install it: publint and are-the-types-wrong are content with the tarballs, each
 * entry loads in a clean project, and TypeScript accepts its declarations with every check on.
 */
export async function checkPacked(workspace: Workspace): Promise<Finding[]> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'mortise-packed-')));
  try {
    const unbuilt = workspace.packages
      .filter((pkg) => pkg.isPublished)
      .flatMap((pkg) => findUnbuilt(workspace.root, pkg));
    if (unbuilt.length > 0) return unbuilt;
    const packed = await packAll(workspace, folder);
    const findings = packed.flatMap(checkContents);
    findings.push(...(await mapInPairs(packed, (item) => lintTarball(workspace.root, item))).flat());
    linkThirdParty(workspace, folder);
    return [
      ...findings,
      ...(await importAll(folder, packed)),
      ...(await typecheckConsumers(workspace, folder, packed)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function findUnbuilt(root: string, pkg: WorkspacePackage): Finding[] {
  const built = listEntries(pkg.manifest).map((entry) => path.posix.join(pkg.dir, entry.built));
  return built.filter((file) => !existsSync(path.join(root, file))).map((file) => ({ file, message: 'is not built' }));
}

async function packAll(workspace: Workspace, folder: string): Promise<Packed[]> {
  const published = workspace.packages.filter(({ isPublished }) => isPublished);
  return mapInPairs(published, (pkg) => packOne(workspace.root, folder, pkg));
}

async function packOne(root: string, folder: string, pkg: WorkspacePackage): Promise<Packed> {
  const tarball = await packTarball(root, pkg, path.join(folder, 'tarballs', pkg.name));
  const installed = path.join(folder, 'node_modules', pkg.name);
  mkdirSync(installed, { recursive: true });
  const unpacked = await runCommand('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'], { cwd: folder });
  if (unpacked.code !== 0) throw new Error(`tar could not unpack ${tarball}: ${unpacked.output}`);
  return { pkg, tarball, installed, manifest: readManifest(path.join(installed, 'package.json')) };
}

/** Two at a time: most of the work is other programs starting. */
async function mapInPairs<T, R>(items: readonly T[], map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let index = 0; index < items.length; index += 2) {
    results.push(...(await Promise.all(items.slice(index, index + 2).map(map))));
  }
  return results;
}

function checkContents({ pkg, installed, manifest }: Packed): Finding[] {
  const file = pkg.dir;
  const { dependencies, peerDependencies, optionalDependencies } = manifest;
  const ranges = Object.entries({ ...dependencies, ...peerDependencies, ...optionalDependencies });
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
  const strays = files.filter((name) =>
    /\.test(-d)?\.(ts|js|d\.ts)$|__fixtures__|\.tsbuildinfo$|(^|\/)\.reports/.test(name),
  );
  return [
    ...['LICENSE', 'README.md', 'package.json']
      .filter((name) => !files.includes(name))
      .map((name) => ({ file, message: `packs no ${name}` })),
    ...ranges
      .filter(([, range]) => /^(workspace|catalog|link|file):/.test(range))
      .map(([name, range]) => ({ file, message: `packs ${name} as ${range}, which nobody else can install` })),
    ...strays.map((name) => ({ file, message: `packs ${name}, which no user needs` })),
  ];
}

async function lintTarball(root: string, { pkg, tarball }: Packed): Promise<Finding[]> {
  const bin = path.join(root, 'tooling/house/node_modules/.bin');
  const cwd = path.dirname(tarball);
  const publint = await runCommand(path.join(bin, 'publint'), ['run', tarball, '--strict'], { cwd });
  // This is an ESM-only house: the profile leaves out what only CommonJS and old resolution would see.
  const args = [tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji', '--no-color'];
  const types = await runCommand(path.join(bin, 'attw'), args, { cwd });
  return [
    ...(publint.code === 0 ? [] : [{ file: pkg.dir, message: `publint: ${publint.output.trim()}` }]),
    ...(types.code === 0 ? [] : [{ file: pkg.dir, message: `are-the-types-wrong: ${types.output.trim()}` }]),
  ];
}

function listSpecifiers({ manifest }: Packed): string[] {
  return listEntries(manifest).map(({ entry }) => toSpecifier(manifest.name, entry));
}

/** Data that a package exports beside its code: JSON files. */
function listDataSpecifiers({ manifest }: Packed): string[] {
  const entries = Object.entries(manifest.exports ?? {}).filter(([, target]) => {
    return typeof target === 'string' && target.endsWith('.json');
  });
  return entries.map(([entry]) => toSpecifier(manifest.name, entry));
}

async function importAll(folder: string, packed: readonly Packed[]): Promise<Finding[]> {
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module", "private": true }\n');
  const findings: Finding[] = [];
  for (const item of packed) {
    const code = listEntries(item.manifest).map(({ entry, source }) => {
      const name = toSpecifier(item.manifest.name, entry);
      if (exportsTypesAlone(path.join(item.installed, source))) return `await import('${name}');`;
      return `if (Object.keys(await import('${name}')).length === 0) empty('${name}');`;
    });
    const data = listDataSpecifiers(item).map((name) => `await import('${name}', { with: { type: 'json' } });`);
    const empty = `function empty(name) { console.error(name + ' exports nothing'); process.exitCode = 1; }`;
    const script = path.join(folder, 'import.mjs');
    writeFileSync(script, [...code, ...data, empty].join('\n'));
    const result = await runCommand(process.execPath, [script], { cwd: folder, timeoutMs: 30_000 });
    if (result.code !== 0 || result.output !== '') {
      findings.push({ file: item.pkg.dir, message: `does not load cleanly when installed: ${result.output.trim()}` });
    }
  }
  return findings;
}

/** Whether an entry is there for the compiler alone, so that nothing is left of it at run time. */
function exportsTypesAlone(source: string): boolean {
  if (!existsSync(source)) return false;
  const exported = readFileSync(source, 'utf8').match(/^export\b.*/gm) ?? [];
  return exported.length > 0 && exported.every((line) => line.startsWith('export type '));
}

/** The environments in which users compile: a server with Node's types, and a browser or worker with none. */
const CONSUMERS = [
  { name: 'node', lib: ['ES2023'], types: ['node'], isFor: () => true },
  { name: 'browser', lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'], types: [], isFor: isUniversalEntry },
];

async function typecheckConsumers(workspace: Workspace, folder: string, packed: readonly Packed[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, lib, types, isFor } of CONSUMERS) {
    const cwd = path.join(folder, name);
    mkdirSync(cwd);
    const specifiers = packed.flatMap((item) => listSpecifiers(item).filter((specifier) => isFor(item, specifier)));
    const lines = specifiers.map((specifier, index) => `import * as entry${index} from '${specifier}';`);
    const uses = specifiers.map((_, index) => `void entry${index};`);
    writeFileSync(path.join(cwd, 'index.ts'), [...lines, ...uses].join('\n'));
    const compilerOptions = {
      target: 'ES2023',
      module: 'NodeNext',
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
      lib,
      types,
    };
    writeFileSync(path.join(cwd, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['index.ts'] }));
    const { output } = await runTsc(workspace.root, cwd);
    const errors = output.split('\n').filter((line) => line.includes('error TS') && !isThirdParty(folder, cwd, line));
    if (errors.length > 0) findings.push({ message: `a TypeScript user (${name}) gets: ${errors.join('\n')}` });
  }
  return findings;
}

/** An error within the declarations of a dependency, which only that dependency can mend. */
function isThirdParty(folder: string, cwd: string, line: string): boolean {
  const file = /^(.+?)\(\d+,\d+\): error/.exec(line)?.[1];
  return file !== undefined && path.relative(folder, path.resolve(cwd, file)).startsWith('..');
}

function isUniversalEntry({ manifest }: Packed, specifier: string): boolean {
  const nodeEntries = (manifest.mortise?.nodeEntries ?? []).map((entry) => toSpecifier(manifest.name, entry));
  return manifest.mortise?.platform === 'neutral' && !nodeEntries.includes(specifier);
}
