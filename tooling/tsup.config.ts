import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';
import { writeSpecsAsJson } from './shipped-specs.ts';

interface Manifest {
  readonly name: string;
  readonly exports: Record<string, string | { readonly '@mortise/source'?: string }>;
  readonly mortise?: { readonly bundle?: readonly string[]; readonly platform?: 'node' | 'neutral' };
}

const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** One build entry for each export of the package that has a source; the manifest is the only list. */
const entry: Record<string, string> = {};
for (const target of Object.values(manifest.exports)) {
  const source = typeof target === 'string' ? undefined : target['@mortise/source'];
  if (source?.endsWith('.ts')) entry[source.slice('./src/'.length, -'.ts'.length)] = source.slice(2);
}

export default defineConfig({
  entry,
  format: 'esm',
  target: 'es2023',
  platform: manifest.mortise?.platform ?? 'neutral',
  noExternal: [...(manifest.mortise?.bundle ?? [])],
  dts: false,
  sourcemap: true,
  splitting: true,
  treeshake: true,
  clean: true,
  silent: true,
  // A bare `http` could be anyone's package, and Deno and workerd do not know it.
  removeNodeProtocol: false,
  // Only where a package has specs.
  onSuccess: async () => {
    if ('specs/index' in entry) await writeSpecsAsJson('dist/specs/index.js');
  },
  // What an entry imports by the package's own name stays an import.
  external: [/^node:/, new RegExp(`^${manifest.name}(/|$)`)],
});
