import { globSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { SdkPlace } from './vendor-fact.ts';

/** What a package says, and in which version. */
export interface SdkReading {
  readonly version: string;
  /** Each text once, in order. Empty: it does not say it any more, or elsewhere. */
  readonly says: readonly string[];
}

/**
 * Reads what a package says in a place.
 *
 * @param modules The `node_modules` folder with the package.
 * @returns Undefined where the package or the file is not there.
 */
export function readSdk(place: SdkPlace, modules: string): SdkReading | undefined {
  const folder = path.join(modules, place.package);
  try {
    const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const files = globSync(place.file, { cwd: realpathSync(folder) }).toSorted();
    if (files.length === 0) return undefined;
    const texts = files.map((file) => readFileSync(path.join(folder, file), 'utf8'));
    const found = texts.flatMap((text) => [...text.matchAll(place.says)].flatMap((match) => match[1] ?? []));
    return { version: String(Object(manifest).version), says: [...new Set(found)] };
  } catch {
    return undefined;
  }
}
