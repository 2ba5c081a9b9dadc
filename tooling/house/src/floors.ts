import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import type { Finding } from './finding.ts';
import { listImports, type SourceImport } from './source-imports.ts';
import type { Manifest, Workspace, WorkspacePackage } from './workspace.ts';

/**
 * Packages stand on floors and import only from floors below. What a package imports it also declares.
 *
 * Tests may use a package of their own floor as a development dependency, as long as the packages stay free of cycles.
 */
export function checkFloors(workspace: Workspace): Finding[] {
  return [
    ...workspace.packages.flatMap((pkg) => checkManifest(workspace, pkg)),
    ...workspace.packages.flatMap((pkg) => checkSources(workspace, pkg)),
    ...checkCycles(workspace),
  ];
}

type Role = 'source' | 'test';

function checkManifest(workspace: Workspace, pkg: WorkspacePackage): Finding[] {
  const file = `${pkg.dir}/package.json`;
  if (pkg.manifest.mortise?.floor === undefined)
    return [{ file, message: 'needs `mortise.floor`, the floor it stands on' }];
  const shipped = {
    ...pkg.manifest.dependencies,
    ...pkg.manifest.peerDependencies,
    ...pkg.manifest.optionalDependencies,
  };
  return [
    ...Object.keys(shipped).map((name) => climbs(workspace, pkg, name, 'source')),
    ...Object.keys(pkg.manifest.devDependencies ?? {}).map((name) => climbs(workspace, pkg, name, 'test')),
  ].flatMap((message) => (message === undefined ? [] : [{ file, message }]));
}

function checkSources(workspace: Workspace, pkg: WorkspacePackage): Finding[] {
  const files = globSync(['src/**/*.{ts,js}', 'bench/**/*.{ts,js}', 'test/**/*.{ts,js}'], {
    cwd: path.join(workspace.root, pkg.dir),
  });
  return files.flatMap((name) => {
    const file = `${pkg.dir}/${name.replaceAll('\\', '/')}`;
    const role = isTestFile(name) ? 'test' : 'source';
    const imports = listImports(name, readFileSync(path.join(workspace.root, file), 'utf8'));
    return imports.flatMap((item) => {
      const message = judgeImport({ workspace, pkg, name, role }, item);
      return message === undefined ? [] : [{ file, line: item.line, message }];
    });
  });
}

interface Importer {
  readonly workspace: Workspace;
  readonly pkg: WorkspacePackage;
  /** Path inside the package. */
  readonly name: string;
  readonly role: Role;
}

function judgeImport(importer: Importer, { specifier }: SourceImport): string | undefined {
  const { workspace, pkg, name, role } = importer;
  if (specifier.startsWith('.')) return leavesPackage(name, specifier);
  if (isBuiltin(specifier)) return judgeBuiltin(importer, specifier);
  const target = packageNameOf(specifier);
  if (target === pkg.name) return undefined;
  return climbs(workspace, pkg, target, role) ?? undeclared(importer, target);
}

function leavesPackage(name: string, specifier: string): string | undefined {
  const target = path.posix.join(path.posix.dirname(name.replaceAll('\\', '/')), specifier);
  return target.startsWith('..') ? `imports ${specifier}, which lies outside the package` : undefined;
}

function judgeBuiltin({ pkg, name, role }: Importer, specifier: string): string | undefined {
  if (!specifier.startsWith('node:')) return `imports the built-in ${specifier} without its node: prefix`;
  if (role === 'test' || pkg.manifest.mortise?.platform !== 'neutral' || isInNodeEntry(pkg.manifest, name))
    return undefined;
  return `imports ${specifier}, but ${pkg.name} is universal: Web APIs only`;
}

/** Whether a file belongs to an entry that the manifest marks as Node's. */
function isInNodeEntry(manifest: Manifest, name: string): boolean {
  const folders = (manifest.mortise?.nodeEntries ?? []).map((entry) => `src/${entry.slice(2)}/`);
  return folders.some((folder) => name.replaceAll('\\', '/').startsWith(folder));
}

function climbs(workspace: Workspace, pkg: WorkspacePackage, target: string, role: Role): string | undefined {
  const other = workspace.packages.find((candidate) => candidate.name === target);
  if (other === undefined)
    return target.startsWith('@mortise/') ? `names ${target}, which is no package here` : undefined;
  const from = pkg.manifest.mortise?.floor ?? 0;
  const to = other.manifest.mortise?.floor ?? 0;
  if (to < from || (to === from && role === 'test')) return undefined;
  return `${pkg.name} (floor ${from}) may not use ${target} (floor ${to}): imports go downward only`;
}

function undeclared({ workspace, pkg, role }: Importer, target: string): string | undefined {
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = pkg.manifest;
  const shipped = { ...dependencies, ...peerDependencies, ...optionalDependencies };
  if (Object.hasOwn(shipped, target)) return undefined;
  const forTests = { ...devDependencies, ...workspace.manifest.devDependencies };
  const isTool = role === 'test' || !pkg.isPublished;
  if (isTool && Object.hasOwn(forTests, target)) return undefined;
  return `imports ${target}, which ${pkg.dir}/package.json does not declare${isTool ? '' : ' as a dependency'}`;
}

function isTestFile(name: string): boolean {
  return /\.test\.ts$|\.test-d\.ts$|\.bench\.ts$|__fixtures__\/|^(bench|test)\//.test(name.replaceAll('\\', '/'));
}

function packageNameOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Development dependencies count: a package's tests must not need a package that is built on it. */
function checkCycles(workspace: Workspace): Finding[] {
  const done = new Set<string>();
  const findings: Finding[] = [];
  const visit = (name: string, trail: readonly string[]): void => {
    const at = trail.indexOf(name);
    if (at !== -1) {
      findings.push({ message: `packages in a circle: ${[...trail.slice(at), name].join(' → ')}` });
      return;
    }
    if (done.has(name)) return;
    const manifest = workspace.packages.find((pkg) => pkg.name === name)?.manifest;
    const next = { ...manifest?.dependencies, ...manifest?.devDependencies, ...manifest?.peerDependencies };
    for (const dependency of Object.keys(next)) visit(dependency, [...trail, name]);
    done.add(name);
  };
  for (const pkg of workspace.packages) visit(pkg.name, []);
  return findings;
}
