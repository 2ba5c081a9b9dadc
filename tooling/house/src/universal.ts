import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import type { Finding } from './finding.ts';
import { listImports } from './source-imports.ts';
import { listEntries, type Workspace, type WorkspacePackage } from './workspace.ts';

/**
 * No built file that an entry of a universal package reaches imports a Node built-in, bundled dependencies included.
 *
 * The sources are held to Web APIs by their tsconfig; this looks at what is shipped.
 */
export function checkUniversal(workspace: Workspace): Finding[] {
  const universal = workspace.packages.filter((pkg) => pkg.isPublished && pkg.manifest.mortise?.platform === 'neutral');
  return universal.flatMap((pkg) => checkPackage(workspace.root, pkg));
}

function checkPackage(root: string, pkg: WorkspacePackage): Finding[] {
  const nodeEntries = new Set(pkg.manifest.mortise?.nodeEntries);
  const queue = listEntries(pkg.manifest)
    .filter(({ entry }) => !nodeEntries.has(entry))
    .map(({ built }) => path.posix.join(pkg.dir, built));
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    if (!existsSync(path.join(root, file))) {
      findings.push({ file, message: 'is not built' });
      continue;
    }
    for (const { specifier, line } of listImports(file, readFileSync(path.join(root, file), 'utf8'))) {
      if (specifier.startsWith('.')) queue.push(path.posix.join(path.posix.dirname(file), specifier));
      else if (isBuiltin(specifier)) {
        findings.push({ file, line, message: `imports ${specifier}, but ${pkg.name} is universal` });
      }
    }
  }
  return findings;
}
