import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseSync } from 'oxc-parser';
import type { Finding } from './finding.ts';
import { packageNameFor } from './package-names.ts';
import {
  ENGINES,
  nodeEntryFolder,
  PUBLISHED_FILES,
  publishedScripts,
  TSCONFIG_FILES,
  tsconfigPreset,
  universalExclude,
} from './package-preset.ts';
import { listEntries, type Manifest, type Workspace, type WorkspacePackage } from './workspace.ts';

/** A README aims at 60 to 120 lines; beyond the hard stop it is a manual, and nobody reads it to the end. */
const README_LINES = { min: 60, max: 150 };
const FILES_IN_A_FOLDER = 25;
const VAGUE_NAMES = /(^|[-/])(utils?|helpers?|misc|common)(\.|\/|-)/;

/** Every package looks like every other: names, manifests, configs, README, entry files, changesets. */
export function checkLayout(workspace: Workspace): Finding[] {
  const changesets = readChangesets(workspace.root);
  return workspace.packages.flatMap((pkg) => {
    const dir = path.join(workspace.root, pkg.dir);
    const findings = [...checkName(pkg), ...checkSourceNames(dir)];
    if (pkg.isPublished) {
      findings.push(...checkManifest(pkg), ...checkExports(dir, pkg.manifest), ...checkConfigs(dir, pkg));
      findings.push(...checkReadme(dir), ...checkEntryFiles(dir, pkg.manifest), ...checkChangeset(pkg, changesets));
    }
    return findings.map((finding) => ({ ...finding, file: `${pkg.dir}/${finding.file ?? 'package.json'}` }));
  });
}

function checkName(pkg: WorkspacePackage): Finding[] {
  const expected = packageNameFor(pkg.dir);
  if (expected === pkg.name) return [];
  return [{ message: `is called ${pkg.name}; a package in ${pkg.dir} is called ${expected ?? 'nothing: move it'}` }];
}

function checkManifest({ dir, manifest }: WorkspacePackage): Finding[] {
  const expected: Partial<Manifest> = {
    license: 'MIT',
    type: 'module',
    sideEffects: false,
    engines: ENGINES,
    publishConfig: { access: 'public' },
  };
  const fields = Object.entries(expected).filter(([key, value]) => {
    return !isDeepStrictEqual(Reflect.get(manifest, key), value);
  });
  const scripts = Object.entries(publishedScripts(dir, manifest.mortise?.nodeEntries)).filter(
    ([name, script]) => manifest.scripts?.[name] !== script,
  );
  const platform = manifest.mortise?.platform;
  return [
    ...fields.map(([key, value]) => ({ message: `\`${key}\` has to be ${JSON.stringify(value)}` })),
    ...scripts.map(([name, script]) => ({ message: `script \`${name}\` has to be "${script}"` })),
    ...checkFiles(manifest),
    ...(manifest.description ? [] : [{ message: 'needs a `description`' }]),
    ...(platform === 'neutral' || platform === 'node' ? [] : [{ message: '`mortise.platform` is neutral or node' }]),
  ];
}

/** Beside the preset a package may leave more of its sources out, and add documents and data that it exports. */
function checkFiles({ files = [], exports = {} }: Manifest): Finding[] {
  const exported = new Set(Object.values(exports));
  const extra = files.slice(PUBLISHED_FILES.length);
  const isPreset = isDeepStrictEqual(files.slice(0, PUBLISHED_FILES.length), PUBLISHED_FILES);
  const isAllowed = (file: string): boolean =>
    file.startsWith('!src/') || /^[A-Z]+\.md$/.test(file) || exported.has(`./${file}`);
  if (isPreset && extra.every(isAllowed)) return [];
  return [
    {
      message: `\`files\` has to begin with ${JSON.stringify(PUBLISHED_FILES)} and may add only documents and data it exports`,
    },
  ];
}

function checkExports(dir: string, manifest: Manifest): Finding[] {
  const exports = manifest.exports ?? {};
  const findings: Finding[] = [];
  if (exports['./package.json'] !== './package.json') findings.push({ message: 'has to export ./package.json' });
  for (const [entry, target] of Object.entries(exports)) {
    if (typeof target === 'string') {
      if (!target.startsWith('./dist/') && !existsSync(path.join(dir, target))) {
        findings.push({ message: `exports ${target} as ${entry}, but there is no such file` });
      }
      continue;
    }
    const source = target['@mortise/source'] ?? '';
    const stem = /^\.\/src\/(.+)\.ts$/.exec(source)?.[1];
    const expected = { '@mortise/source': source, types: `./dist/${stem}.d.ts`, default: `./dist/${stem}.js` };
    // The order counts: the first condition that matches wins.
    if (stem === undefined || JSON.stringify(target) !== JSON.stringify(expected)) {
      findings.push({
        message: `entry ${entry} has to name "@mortise/source": "./src/….ts", its types, then its default`,
      });
    } else if (!existsSync(path.join(dir, source))) {
      findings.push({ message: `entry ${entry} has no source: ${source} does not exist` });
    }
  }
  return findings;
}

function checkConfigs(dir: string, pkg: WorkspacePackage): Finding[] {
  const nodeEntries = pkg.manifest.mortise?.nodeEntries ?? [];
  return [...TSCONFIG_FILES, ...nodeEntries.map((entry) => `${nodeEntryFolder(entry)}/tsconfig.json`)].flatMap(
    (file): Finding[] => {
      const place = path.join(dir, file);
      if (!existsSync(place)) return [{ file, message: 'is missing' }];
      const config: TsConfig = JSON.parse(readFileSync(place, 'utf8'));
      const platform = pkg.manifest.mortise?.platform ?? 'neutral';
      const expected = tsconfigPreset(pkg.dir, file, platform);
      const findings = config.extends === expected ? [] : [{ file, message: `has to extend ${expected}` }];
      // The preset is what proves a universal package to be universal; a local override would unprove it.
      const isProof = file === 'tsconfig.json' && platform === 'neutral';
      return isProof && !keepsProof(config, nodeEntries)
        ? [
            ...findings,
            { file, message: 'of a universal package overrides nothing but the exclusion of its Node entries' },
          ]
        : findings;
    },
  );
}

interface TsConfig {
  readonly extends?: string;
  readonly exclude?: readonly string[];
}

function keepsProof(config: TsConfig, nodeEntries: readonly string[]): boolean {
  const overrides = Object.keys(config).filter((key) => key !== 'extends' && key !== 'exclude');
  const { exclude } = config;
  return overrides.length === 0 && (exclude === undefined || isDeepStrictEqual(exclude, universalExclude(nodeEntries)));
}

function checkReadme(dir: string): Finding[] {
  const file = 'README.md';
  if (!existsSync(path.join(dir, file))) return [{ file, message: 'is missing' }];
  const lines = readFileSync(path.join(dir, file), 'utf8').trimEnd().split('\n').length;
  if (lines >= README_LINES.min && lines <= README_LINES.max) return [];
  return [{ file, message: `has ${lines} lines; a README has ${README_LINES.min} to ${README_LINES.max}` }];
}

function checkEntryFiles(dir: string, manifest: Manifest): Finding[] {
  return listEntries(manifest).flatMap(({ source }): Finding[] => {
    const place = path.join(dir, source);
    if (!existsSync(place)) return [];
    const { program } = parseSync(place, readFileSync(place, 'utf8'));
    const isClean = program.body.every((node) => node.type === 'ExportNamedDeclaration' && node.source !== null);
    return isClean ? [] : [{ file: source.slice(2), message: 'is an entry: it only re-exports, by name' }];
  });
}

function checkSourceNames(dir: string): Finding[] {
  const files = globSync('src/**/*.ts', { cwd: dir }).map((file) => file.replaceAll('\\', '/'));
  const perFolder = Map.groupBy(
    files.filter((file) => !/\.test(-d)?\.ts$/.test(file)),
    (file) => path.posix.dirname(file),
  );
  const crowded = [...perFolder].filter(([, members]) => members.length > FILES_IN_A_FOLDER);
  return [
    ...files
      .filter((file) => !/^src\/([a-z0-9-]+\/|__fixtures__\/)*[a-z0-9.-]+\.ts$/.test(file))
      .map((file) => ({ file, message: 'has to be named in kebab-case' })),
    ...files
      .filter((file) => VAGUE_NAMES.test(file))
      .map((file) => ({ file, message: 'has a name that says nothing about its subject' })),
    ...crowded.map(([file, members]) => ({
      file,
      message: `holds ${members.length} files; ${FILES_IN_A_FOLDER} at most`,
    })),
  ];
}

/** A package that was never released has to be announced by a changeset. */
function checkChangeset(pkg: WorkspacePackage, changesets: string): Finding[] {
  if (
    pkg.manifest.version !== '0.0.0' ||
    changesets.includes(`'${pkg.name}':`) ||
    changesets.includes(`"${pkg.name}":`)
  )
    return [];
  return [{ message: `is new and no file in .changeset names ${pkg.name}` }];
}

function readChangesets(root: string): string {
  const files = globSync('.changeset/*.md', { cwd: root });
  return files.map((file) => readFileSync(path.join(root, file), 'utf8')).join('\n');
}
