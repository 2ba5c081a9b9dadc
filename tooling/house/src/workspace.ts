import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface ExportTarget {
  readonly '@mortise/source'?: string;
  readonly types?: string;
  readonly default?: string;
}

/** The parts of a package.json that the checks read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly license?: string;
  readonly type?: string;
  readonly sideEffects?: boolean;
  readonly files?: readonly string[];
  readonly exports?: Readonly<Record<string, string | ExportTarget>>;
  readonly bin?: Readonly<Record<string, string>> | string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly publishConfig?: Readonly<Record<string, unknown>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly mortise?: {
    /** Where the package stands: it may import only from packages with a lower number. */
    readonly floor?: number;
    /** `neutral` runs wherever there are Web APIs; `node` needs Node. */
    readonly platform?: 'neutral' | 'node';
    /** Dependencies that the build copies into the bundle. */
    readonly bundle?: readonly string[];
    /** Entries of a neutral package that need Node all the same, each with a folder of its own: `./server` is `src/server`. */
    readonly nodeEntries?: readonly string[];
  };
}

export interface WorkspacePackage {
  readonly name: string;
  /** Path from the repository root, with forward slashes. */
  readonly dir: string;
  readonly manifest: Manifest;
  /** Published packages carry the full set of rules; private ones are examples and tools. */
  readonly isPublished: boolean;
}

export interface Workspace {
  readonly root: string;
  readonly manifest: Manifest;
  readonly packages: readonly WorkspacePackage[];
}

const MANIFESTS = ['packages/*/package.json', 'packages/*/*/package.json', 'tooling/*/package.json'];

/** A folder with an own pnpm-workspace.yaml is an island: it installs apart and is not one of our packages. */
const ISLANDS = 'tooling/*/pnpm-workspace.yaml';

export function readWorkspace(root: string): Workspace {
  const islands = new Set(globSync(ISLANDS, { cwd: root }).map((file) => path.dirname(file)));
  const packages = globSync(MANIFESTS, { cwd: root, exclude: (name) => name === 'node_modules' })
    .map((file) => path.dirname(file))
    .filter((dir) => !islands.has(dir))
    .map((dir) => readPackage(root, dir))
    .toSorted((a, b) => a.dir.localeCompare(b.dir));
  return { root, manifest: readManifest(path.join(root, 'package.json')), packages };
}

export function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The entries that a consumer imports as code, with the source and the built file of each. */
export function listEntries(manifest: Manifest): { entry: string; source: string; built: string }[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([entry, target]) => {
    if (typeof target === 'string') return [];
    const source = target['@mortise/source'];
    const built = target.default;
    return source?.endsWith('.ts') && built !== undefined ? [{ entry, source, built }] : [];
  });
}

/** `@mortise/core` + `./schema` is `@mortise/core/schema`. */
export function toSpecifier(name: string, entry: string): string {
  return entry === '.' ? name : name + entry.slice(1);
}

function readPackage(root: string, dir: string): WorkspacePackage {
  const manifest = readManifest(path.join(root, dir, 'package.json'));
  return { name: manifest.name, dir: dir.replaceAll('\\', '/'), manifest, isPublished: manifest.private !== true };
}
