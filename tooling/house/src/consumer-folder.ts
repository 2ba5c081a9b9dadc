import { existsSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { Workspace } from './workspace.ts';

/** Links into `<folder>/node_modules` every third-party package that a package of the workspace depends on. */
export function linkThirdParty(workspace: Workspace, folder: string): void {
  const dirs = ['', ...workspace.packages.map((pkg) => pkg.dir)];
  for (const dir of dirs) {
    const modules = path.join(workspace.root, dir, 'node_modules');
    if (!existsSync(modules)) continue;
    for (const name of listInstalled(modules)) {
      if (!name.startsWith('@mortise/')) linkModule(folder, name, realpathSync(path.join(modules, name)));
    }
  }
}

/** The first link of a name stays; a second one is left out. */
export function linkModule(folder: string, name: string, target: string): void {
  const link = path.join(folder, 'node_modules', name);
  if (existsSync(link)) return;
  mkdirSync(path.dirname(link), { recursive: true });
  symlinkSync(target, link, 'junction');
}

function listInstalled(modules: string): string[] {
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => {
      return name.startsWith('@') ? readdirSync(path.join(modules, name)).map((inner) => `${name}/${inner}`) : [name];
    });
}
