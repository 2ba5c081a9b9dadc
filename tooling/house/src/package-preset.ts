import path from 'node:path';
import type { Manifest } from './workspace.ts';

/** What the package.json and the tsconfig files of every published package have in common. */
export const PUBLISHED_FILES = ['dist', 'src', '!src/**/*.test.ts', '!src/**/*.test-d.ts', '!src/**/__fixtures__'];

export const ENGINES = { node: '>=22.13' };

export const TSCONFIG_FILES = ['tsconfig.json', 'tsconfig.test.json', 'tsconfig.build.json'] as const;

/** The scripts of a published package. A Node entry of a universal package is type-checked by a config of its own. */
export function publishedScripts(dir: string, nodeEntries: readonly string[] = []): Record<string, string> {
  const tooling = `${wayUp(dir)}/tooling`;
  const configs = ['tsconfig.json', ...nodeEntries.map(nodeEntryFolder), 'tsconfig.test.json'];
  return {
    build: `tsup --config ${tooling}/tsup.config.ts && tsc -p tsconfig.build.json`,
    typecheck: configs.map((config) => `tsc -p ${config}`).join(' && '),
    test: `vitest run --config ${tooling}/vitest.config.ts --root .`,
  };
}

/** `./server` lives in `src/server`, with a tsconfig.json of its own, so that editors and lint see Node's types there. */
export function nodeEntryFolder(entry: string): string {
  return `src/${entry.slice(2)}`;
}

/** What a universal package's tsconfig.json may leave out: its Node entries and its tests, nothing else. */
export function universalExclude(nodeEntries: readonly string[]): string[] {
  const folders = nodeEntries.map((entry) => `\${configDir}/src/${entry.slice(2)}/**`);
  return [...folders, '${configDir}/src/**/*.test.ts', '${configDir}/src/**/*.test-d.ts'];
}

/** The preset that each tsconfig of a package extends. */
export function tsconfigPreset(dir: string, file: string, platform: 'neutral' | 'node'): string {
  const own = platform === 'neutral' && file === 'tsconfig.json' ? 'universal' : 'node';
  const preset = { 'tsconfig.test.json': 'tests', 'tsconfig.build.json': 'declarations' }[file] ?? own;
  return `${wayUp(path.posix.dirname(`${dir}/${file}`))}/tooling/tsconfig/${preset}.json`;
}

/** The conditional export of one entry: the source for this workspace, the build for everyone else. */
function exportFor(entry: string): { '@mortise/source': string; types: string; default: string } {
  const stem = entry === '.' ? 'index' : `${entry.slice(2)}/index`;
  return { '@mortise/source': `./src/${stem}.ts`, types: `./dist/${stem}.d.ts`, default: `./dist/${stem}.js` };
}

function wayUp(dir: string): string {
  return dir
    .split('/')
    .map(() => '..')
    .join('/');
}

export interface PackageIdentity {
  readonly dir: string;
  readonly name: string;
  readonly description: string;
  readonly floor: number;
  readonly platform: 'neutral' | 'node';
  /** Default: the main entry alone. */
  readonly entries?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional: true }>>;
}

/** The package.json of a new published package. */
export function publishedManifest(identity: PackageIdentity): Manifest {
  const { dir, name, description, floor, platform, entries = ['.'], ...dependencies } = identity;
  return {
    name,
    version: '0.0.0',
    description,
    license: 'MIT',
    files: PUBLISHED_FILES,
    type: 'module',
    sideEffects: false,
    exports: {
      ...Object.fromEntries(entries.map((entry) => [entry, exportFor(entry)])),
      './package.json': './package.json',
    },
    publishConfig: { access: 'public' },
    scripts: publishedScripts(dir),
    ...dependencies,
    engines: ENGINES,
    mortise: { floor, platform },
  };
}

/** The tsconfig files of a new published package, by name. */
export function publishedTsconfigs(dir: string, platform: 'neutral' | 'node'): Record<string, object> {
  const files = TSCONFIG_FILES.map((file) => {
    const types = platform === 'neutral' ? [] : ['node'];
    const own = file === 'tsconfig.build.json' ? { compilerOptions: { types } } : {};
    return [file, { extends: tsconfigPreset(dir, file, platform), ...own }];
  });
  return Object.fromEntries(files);
}
