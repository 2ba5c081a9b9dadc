import type { IntegrationSpec } from '@mortise/core';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const SOURCE = '@mortise/source';

/** Every spec that the packages beneath a folder ship, read from their `./specs` as it stands in source. */
export async function loadSpecs(folder: string): Promise<IntegrationSpec[]> {
  const specs = new Map<string, IntegrationSpec>();
  for (const name of readdirSync(folder).toSorted()) {
    const file = specsFile(path.join(folder, name));
    if (file === undefined) continue;
    const exported: Record<string, unknown> = await import(pathToFileURL(file).href);
    for (const value of Object.values(exported)) {
      for (const item of [value].flat()) if (isSpec(item)) specs.set(item.meta.key, item);
    }
  }
  return [...specs.values()];
}

function specsFile(folder: string): string | undefined {
  const manifest = path.join(folder, 'package.json');
  if (!existsSync(manifest)) return undefined;
  const { exports } = Object(JSON.parse(readFileSync(manifest, 'utf8')));
  const source: unknown = Object(Object(exports)['./specs'])[SOURCE];
  const file = typeof source === 'string' ? path.join(folder, source) : undefined;
  return file !== undefined && existsSync(file) ? file : undefined;
}

/** Specs are made by core, which checks them; whatever else is exported has no key. */
function isSpec(value: unknown): value is IntegrationSpec {
  return typeof Object(Object(value).meta).key === 'string' && Object.hasOwn(Object(value), 'secretSchema');
}
