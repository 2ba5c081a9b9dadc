/** Writes the entries, the list of names and `exports` of the package.json from export-map.json. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ExportMap } from './export-map.ts';
import { renderExports, renderNames, renderSources } from './render-entries.ts';

const root = path.resolve(import.meta.dirname, '..');

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function write(file: string, text: string): void {
  const target = path.join(root, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

const map: ExportMap = JSON.parse(read('export-map.json'));
for (const [file, text] of renderSources(map)) write(file, text);
write('exported-names.json', `${JSON.stringify(renderNames(map), null, 2)}\n`);
const manifest: Record<string, unknown> = JSON.parse(read('package.json'));
write('package.json', `${JSON.stringify({ ...manifest, exports: renderExports(map) }, null, 2)}\n`);
