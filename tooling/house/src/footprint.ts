import {
  existsSync,
  lstatSync,
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
import type { Finding } from './finding.ts';
import { packTarball } from './pack-tarball.ts';
import { runPnpm } from './pnpm.ts';
import type { Workspace, WorkspacePackage } from './workspace.ts';

const BUDGETS = 'tooling/house/footprint-budgets.json';

/** What a user who installs one package may get. */
interface FootprintBudget {
  /** Packages in all, this one included. */
  readonly packages: number;
  /** Megabytes of 1,000,000 bytes on disk. */
  readonly megabytes: number;
  /** Beginnings of names that must not be among them. */
  readonly without: readonly string[];
}

interface Footprint {
  readonly names: readonly string[];
  readonly megabytes: number;
}

/**
 * Installing one package brings no more than its budget allows, and nothing of another vendor. Measured by installing the
 * packed tarball, with its dependencies of this workspace packed too, into an empty project.
 */
export async function checkFootprint(
  workspace: Workspace,
  print: (line: string) => void = console.log,
): Promise<Finding[]> {
  const budgets: Readonly<Record<string, FootprintBudget>> = JSON.parse(
    readFileSync(path.join(workspace.root, BUDGETS), 'utf8'),
  );
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'mortise-footprint-')));
  const findings: Finding[] = [];
  try {
    for (const [name, budget] of Object.entries(budgets)) {
      const pkg = workspace.packages.find((candidate) => candidate.name === name);
      if (pkg === undefined) {
        findings.push({ file: BUDGETS, message: `has a budget for ${name}, which is no package of ours` });
        continue;
      }
      const footprint = await install(workspace, pkg, path.join(folder, path.basename(pkg.dir)));
      const { names, megabytes } = footprint;
      print(`  ${String(names.length).padStart(4)} packages ${megabytes.toFixed(1).padStart(6)} MB  ${name}`);
      findings.push(...judge(pkg, footprint, budget));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return findings;
}

function judge({ dir: file }: WorkspacePackage, { names, megabytes }: Footprint, budget: FootprintBudget): Finding[] {
  const strangers = names.filter((name) => budget.without.some((start) => name.startsWith(start)));
  return [
    ...(names.length <= budget.packages
      ? []
      : [{ file, message: `installs ${names.length} packages; its budget is ${budget.packages}` }]),
    ...(megabytes <= budget.megabytes
      ? []
      : [{ file, message: `installs ${megabytes.toFixed(1)} MB; its budget is ${budget.megabytes} MB` }]),
    ...strangers.map((name) => ({ file, message: `installs ${name}, which belongs to another package` })),
  ];
}

async function install(workspace: Workspace, pkg: WorkspacePackage, folder: string): Promise<Footprint> {
  const tarballs: Record<string, string> = {};
  for (const needed of listOwn(workspace.packages, pkg)) {
    const tarball = await packTarball(workspace.root, needed, path.join(folder, 'tarballs', path.basename(needed.dir)));
    tarballs[needed.name] = `file:${tarball}`;
  }
  const project = path.join(folder, 'project');
  mkdirSync(project);
  writeFileSync(
    path.join(project, 'package.json'),
    JSON.stringify({ private: true, dependencies: { [pkg.name]: tarballs[pkg.name] } }),
  );
  // A user gets these from the registry; here every one of ours is the tarball.
  writeFileSync(path.join(project, 'pnpm-workspace.yaml'), JSON.stringify({ overrides: tarballs }));
  const { code, output } = await runPnpm(['install', '--prod', '--prefer-offline', '--ignore-scripts'], {
    cwd: project,
    env: { CI: '' },
  });
  if (code !== 0) throw new Error(`pnpm install of ${pkg.name} ended with ${code}: ${output}`);
  return measure(path.join(project, 'node_modules/.pnpm'));
}

/** The package and what it needs of this workspace, peers left out. */
function listOwn(
  packages: readonly WorkspacePackage[],
  pkg: WorkspacePackage,
  found = new Set<WorkspacePackage>(),
): WorkspacePackage[] {
  found.add(pkg);
  for (const name of Object.keys(pkg.manifest.dependencies ?? {})) {
    const needed = packages.find((candidate) => candidate.name === name);
    if (needed !== undefined && !found.has(needed)) listOwn(packages, needed, found);
  }
  return [...found];
}

/** `.pnpm/<id>/node_modules/<name>`: the entry that is a folder and no link is the package itself. */
function measure(store: string): Footprint {
  const names: string[] = [];
  let bytes = 0;
  for (const id of readdirSync(store)) {
    const modules = path.join(store, id, 'node_modules');
    if (id === 'node_modules' || !existsSync(modules)) continue;
    for (const name of listFolders(modules)) {
      names.push(name);
      bytes += sizeOf(path.join(modules, name));
    }
  }
  return { names: names.toSorted(), megabytes: bytes / 1e6 };
}

function listFolders(modules: string): string[] {
  const folders = readdirSync(modules, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) => {
    if (!name.startsWith('@')) return name.startsWith('.') ? [] : [name];
    const inner = readdirSync(path.join(modules, name), { withFileTypes: true });
    return inner.filter((entry) => entry.isDirectory()).map((entry) => `${name}/${entry.name}`);
  });
}

function sizeOf(folder: string): number {
  let bytes = 0;
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const stats = lstatSync(path.join(folder, file));
    if (stats.isFile()) bytes += stats.size;
  }
  return bytes;
}
