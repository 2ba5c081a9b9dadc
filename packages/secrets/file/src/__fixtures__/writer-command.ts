import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { temporaryDirectory } from './temporary-directory.ts';

/** How `node` runs `write-versions.ts`. */
export interface WriterProgram {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const SCRIPT = fileURLToPath(new URL('./write-versions.ts', import.meta.url));

/** The program as it stands in the sources. */
export function sourceWriter(): WriterProgram {
  return { command: ['--conditions=@mortise/source', '--no-warnings', SCRIPT], env: {} };
}

/** The same in one file, so that a process starts fast enough to be killed fifty times. */
export async function bundledWriter(): Promise<WriterProgram> {
  const directory = await temporaryDirectory();
  const outfile = join(directory, 'writer.mjs');
  await build({
    entryPoints: [SCRIPT],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@mortise/source'],
    logLevel: 'error',
  });
  return { command: [outfile], env: { NODE_COMPILE_CACHE: join(directory, 'cache') } };
}
