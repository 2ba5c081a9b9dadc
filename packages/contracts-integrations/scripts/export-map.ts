/** Names by where they come from: a package's entry, or a file of this package from `src`. `A as B` is exported as B. */
type Origins = Readonly<Record<string, readonly string[]>>;

export interface Include {
  /** Subpath whose names are all exported here, too. */
  readonly from: string;
  /** Names that are others here. */
  readonly renames?: Readonly<Record<string, string>>;
}

export interface SubpathEntry {
  /** Source of the entry within `src`, without its extension. */
  readonly file: string;
  readonly includes?: readonly Include[];
  readonly values?: Origins;
  readonly types?: Origins;
  /** What this package adds to the contract; barrels leave it out. */
  readonly beyond?: { readonly values?: Origins; readonly types?: Origins };
}

/** The contract: every subpath, what it exports, and where each name comes from. */
export interface ExportMap {
  readonly subpaths: Readonly<Record<string, SubpathEntry>>;
}

export type Kind = 'values' | 'types';

/** One `export { … } from '…'`. */
export interface ReExport {
  readonly origin: string;
  readonly kind: Kind;
  /** As written between the braces. */
  readonly names: readonly string[];
}

export function entryOf(map: ExportMap, subpath: string): SubpathEntry {
  const entry = map.subpaths[subpath];
  if (entry === undefined) throw new Error(`${subpath} is no subpath of the export map`);
  return entry;
}

export function exportedName(written: string): string {
  return written.split(' as ').at(-1) ?? written;
}

/** The names that belong to the contract at a subpath, those of included subpaths first. A name may come up twice. */
export function contractNames(map: ExportMap, subpath: string, kind: Kind): string[] {
  const { includes = [], [kind]: own = {} } = entryOf(map, subpath);
  const included = includes.flatMap(({ from, renames = {} }) =>
    contractNames(map, from, kind).map((name) => renames[name] ?? name),
  );
  return [...included, ...Object.values(own).flat().map(exportedName)];
}

/** Everything that a subpath exports, sorted, each name once. */
export function exportedNames(map: ExportMap, subpath: string, kind: Kind): string[] {
  const beyond = Object.values(entryOf(map, subpath).beyond?.[kind] ?? {})
    .flat()
    .map(exportedName);
  return [...new Set([...contractNames(map, subpath, kind), ...beyond])].toSorted(byCodeUnits);
}

/** What stands in the source of an entry: types before values, one statement for each origin. */
export function reExports(map: ExportMap, subpath: string): ReExport[] {
  const seen = new Set<string>();
  const kinds: readonly Kind[] = ['types', 'values'];
  return kinds.flatMap((kind) => listReExports(map, subpath, kind, seen));
}

function listReExports(map: ExportMap, subpath: string, kind: Kind, seen: Set<string>): ReExport[] {
  const entry = entryOf(map, subpath);
  const included = (entry.includes ?? []).map(({ from, renames = {} }) => ({
    origin: `./${entryOf(map, from).file}.ts`,
    names: contractNames(map, from, kind).map((name) => (renames[name] ? `${name} as ${renames[name]}` : name)),
  }));
  const own = [entry[kind], entry.beyond?.[kind]].flatMap((origins) => Object.entries(origins ?? {}));
  const all = [...included, ...own.map(([origin, names]) => ({ origin, names }))];
  return all.flatMap(({ origin, names }) => {
    const fresh = names.filter((name) => !seen.has(exportedName(name)) && seen.add(exportedName(name)));
    return fresh.length === 0 ? [] : [{ origin, kind, names: fresh.toSorted(byCodeUnits) }];
  });
}

function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
