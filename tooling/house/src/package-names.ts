/** Folder patterns of the house and the package name that belongs to each, most specific first. */
const NAMES: readonly (readonly [folder: RegExp, toName: (last: string) => string])[] = [
  [/^packages\/secrets\/manager$/, () => 'secrets'],
  [/^packages\/secrets\/([^/]+)$/, (last) => `secrets-${last}`],
  [/^packages\/providers\/([^/]+)$/, (last) => `provider-${last}`],
  [/^packages\/adapters\/([^/]+)$/, (last) => `adapter-${last}`],
  [/^packages\/delta\/([^/]+)$/, (last) => `delta-${last}`],
  [/^packages\/telemetry\/([^/]+)$/, (last) => last],
  [/^packages\/examples\/([^/]+)$/, (last) => `example-${last}`],
  [/^packages\/([^/]+)$/, (last) => last],
  [/^tooling\/([^/]+)$/, (last) => last],
];

/** The name that a package in this folder has to carry, or undefined where no package belongs. */
export function packageNameFor(dir: string): string | undefined {
  for (const [folder, toName] of NAMES) {
    if (folder.test(dir)) return `@mortise/${toName(dir.slice(dir.lastIndexOf('/') + 1))}`;
  }
  return undefined;
}
