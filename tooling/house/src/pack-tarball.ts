import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { runPnpm } from './pnpm.ts';
import type { WorkspacePackage } from './workspace.ts';

/** Packs a package as it would be published. The folder must be of this package alone. @returns The tarball's path. */
export async function packTarball(root: string, pkg: WorkspacePackage, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const { code, output } = await runPnpm(['pack', '--pack-destination', folder], { cwd: path.join(root, pkg.dir) });
  const [name] = readdirSync(folder);
  if (code !== 0 || name === undefined) throw new Error(`pnpm pack of ${pkg.name} ended with ${code}: ${output}`);
  return path.join(folder, name);
}
