import path from 'node:path';
import { entryOf, exportedNames, type ExportMap, type ReExport, reExports } from './export-map.ts';

const PACKAGE = '@mortise/contracts-integrations';
const WIDTH = 120;

/** Sources of all entries, by path within the package. */
export function renderSources(map: ExportMap): Map<string, string> {
  const sources = Object.keys(map.subpaths).map((subpath): [string, string] => {
    const { file } = entryOf(map, subpath);
    const statements = reExports(map, subpath).map((statement) => renderStatement(file, statement));
    return [`src/${file}.ts`, statements.join('')];
  });
  return new Map([...sources, ['src/every-exported-type.test-d.ts', renderTypeTest(map)]]);
}

function renderStatement(file: string, { origin, kind, names }: ReExport): string {
  return formatStatement(kind === 'types' ? 'export type' : 'export', names, relativeTo(file, origin));
}

/** Files of this package are named from `src`; everything else is an import specifier. */
function relativeTo(file: string, origin: string): string {
  if (!origin.startsWith('./')) return origin;
  const relative = path.posix.relative(path.posix.dirname(`src/${file}`), path.posix.join('src', origin));
  return relative.startsWith('.') ? relative : `./${relative}`;
}

function formatStatement(keyword: string, names: readonly string[], from: string): string {
  const line = `${keyword} { ${names.join(', ')} } from '${from}';`;
  if (line.length <= WIDTH) return `${line}\n`;
  return `${keyword} {\n${names.map((name) => `  ${name},\n`).join('')}} from '${from}';\n`;
}

/** Names every export of every subpath as a user would, so that the compiler says which one is not there. */
function renderTypeTest(map: ExportMap): string {
  const statements = Object.keys(map.subpaths).map((subpath, index) => {
    const names = [...exportedNames(map, subpath, 'types'), ...exportedNames(map, subpath, 'values')];
    const imports = names.map((name) => `${name} as ${name}${index}`);
    return formatStatement('export type', imports, specifierOf(subpath));
  });
  return statements.join('');
}

export function specifierOf(subpath: string): string {
  return subpath === '.' ? PACKAGE : PACKAGE + subpath.slice(1);
}

/** `exports` of the package.json: the subpaths, and itself. */
export function renderExports(map: ExportMap): Record<string, unknown> {
  const entries = Object.keys(map.subpaths).map((subpath): [string, unknown] => {
    const { file } = entryOf(map, subpath);
    return [
      subpath,
      { '@mortise/source': `./src/${file}.ts`, types: `./dist/${file}.d.ts`, default: `./dist/${file}.js` },
    ];
  });
  return Object.fromEntries([...entries, ['./package.json', './package.json']]);
}

/** All names by subpath, for a reader and for the check of what is really exported. */
export function renderNames(map: ExportMap): Record<string, { values: string[]; types: string[] }> {
  const entries = Object.keys(map.subpaths).map((subpath) => [
    subpath,
    { values: exportedNames(map, subpath, 'values'), types: exportedNames(map, subpath, 'types') },
  ]);
  return Object.fromEntries(entries);
}
