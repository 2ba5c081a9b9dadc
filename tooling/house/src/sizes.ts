import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Finding } from './finding.ts';
import { listEntries, toSpecifier, type Workspace } from './workspace.ts';

const BUDGETS = 'tooling/house/size-budgets.json';

/** Kilobytes of 1,000 bytes, minified and compressed with gzip, everything that the entry pulls in included. */
interface Budgets {
  /**
   * By import specifier. Node-only entries are measured too: they are what a function bundle has to carry. `name/*` is the
   * budget of each entry of a package that has none of its own.
   */
  readonly entries: Readonly<Record<string, number | EntryBudget>>;
  readonly together: readonly {
    readonly name: string;
    readonly specifiers: readonly string[];
    readonly limitKb: number;
  }[];
}

/** A budget for what is our own: the SDK that the entry exists for is left out. */
interface EntryBudget {
  readonly limitKb: number;
  readonly external: readonly string[];
}

interface Measured {
  readonly name: string;
  readonly sizeKb: number;
  readonly limitKb: number;
}

/** Each entry of each published package has a size budget and keeps it, and so do the sets that are used together. */
export async function checkSizes(
  workspace: Workspace,
  print: (line: string) => void = console.log,
): Promise<Finding[]> {
  const budgets: Budgets = JSON.parse(readFileSync(path.join(workspace.root, BUDGETS), 'utf8'));
  const entries = listPublishedEntries(workspace);
  const byEntry = expandPatterns(budgets.entries, entries);
  const findings: Finding[] = [
    ...[...entries.keys()]
      .filter((specifier) => byEntry[specifier] === undefined)
      .map((specifier) => ({ file: BUDGETS, message: `has no budget for ${specifier}` })),
    ...[...Object.keys(byEntry), ...budgets.together.flatMap(({ specifiers }) => specifiers)]
      .filter((specifier) => !entries.has(specifier))
      .map((specifier) => ({ file: BUDGETS, message: `has a budget for ${specifier}, which no package exports` })),
  ];
  const measured = await measureAll({ ...budgets, entries: byEntry }, entries, listThirdPartyPeers(workspace));
  for (const { name, sizeKb, limitKb } of measured) {
    print(`  ${sizeKb.toFixed(2).padStart(8)} kB of ${String(limitKb).padStart(4)} kB  ${name}`);
    if (!(sizeKb <= limitKb))
      findings.push({ message: `${name} is ${sizeKb.toFixed(2)} kB; its budget is ${limitKb} kB` });
  }
  return findings;
}

/** Puts in the place of each `name/*` the entries that it stands for; one that stands for none is kept. */
function expandPatterns(
  budgets: Budgets['entries'],
  entries: ReadonlyMap<string, string>,
): Record<string, number | EntryBudget> {
  const expanded = Object.entries(budgets).flatMap(([name, budget]): [string, number | EntryBudget][] => {
    if (!name.endsWith('/*')) return [[name, budget]];
    const covered = [...entries.keys()].filter((specifier) => {
      return specifier.startsWith(name.slice(0, -1)) && !Object.hasOwn(budgets, specifier);
    });
    return covered.length === 0 ? [[name, budget]] : covered.map((specifier) => [specifier, budget]);
  });
  return Object.fromEntries(expanded);
}

function listPublishedEntries(workspace: Workspace): Map<string, string> {
  const published = workspace.packages.filter((pkg) => pkg.isPublished);
  const all = published.flatMap(({ name, dir, manifest }) => {
    return listEntries(manifest).map(({ entry, built }): [string, string] => [
      toSpecifier(name, entry),
      path.join(workspace.root, dir, built),
    ]);
  });
  return new Map(all);
}

/** What users bring themselves is not ours to count. */
function listThirdPartyPeers(workspace: Workspace): string[] {
  const peers = workspace.packages.flatMap(({ manifest }) => Object.keys(manifest.peerDependencies ?? {}));
  return [...new Set(peers)].filter((name) => !name.startsWith('@mortise/'));
}

async function measureAll(
  budgets: Budgets,
  entries: ReadonlyMap<string, string>,
  peers: readonly string[],
): Promise<Measured[]> {
  const wanted = [
    ...Object.entries(budgets.entries).map(([name, budget]) => {
      const { limitKb, external } = typeof budget === 'number' ? { limitKb: budget, external: [] } : budget;
      return { name, specifiers: [name], limitKb, external };
    }),
    ...budgets.together.map((set) => ({ ...set, external: [] })),
  ];
  const measured: Measured[] = [];
  for (const { name, specifiers, limitKb, external } of wanted) {
    const files = specifiers.flatMap((specifier) => entries.get(specifier) ?? []);
    if (files.length < specifiers.length) continue;
    const missing = files.find((file) => !existsSync(file));
    measured.push({
      name,
      limitKb,
      sizeKb: missing === undefined ? await measure(files, [...peers, ...external]) : Number.NaN,
    });
  }
  return measured;
}

/** One bundle that keeps every export of every file, as if all of it were used. */
async function measure(files: readonly string[], external: readonly string[]): Promise<number> {
  const contents = files.map((file, index) => `export * as part${index} from ${JSON.stringify(file)};`).join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: path.dirname(files[0] ?? '.') },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2023',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    external: ['node:*', ...builtinModules, ...external],
    logLevel: 'silent',
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length / 1000;
}
