import { packageNameFor } from '../package-names.ts';
import type { PackageIdentity } from '../package-preset.ts';
import { providerFiles } from './provider-files.ts';
import { secretBackendFiles } from './secret-backend-files.ts';
import { starterFiles } from './starter-files.ts';

/** Files of a package by path inside it. */
export type PackageFiles = Readonly<Record<string, string>>;

export interface Kind {
  readonly folder: string;
  readonly floor: number;
  readonly platform: 'neutral' | 'node';
  readonly entries: readonly string[];
  readonly describe: (name: string) => string;
  readonly dependencies: Pick<
    PackageIdentity,
    'dependencies' | 'devDependencies' | 'peerDependencies' | 'peerDependenciesMeta'
  >;
  readonly toFiles: (subject: Subject) => PackageFiles;
}

/** The names that the files of a new package are written with. */
export interface Subject {
  /** Last part of the folder, in kebab-case: `vector-store`. */
  readonly name: string;
  readonly packageName: string;
  /** `VectorStore`. */
  readonly pascal: string;
  /** `vectorStore`. */
  readonly camel: string;
}

const OURS = 'workspace:^';

export const KINDS: Readonly<Record<string, Kind>> = {
  package: {
    folder: 'packages',
    floor: 1,
    platform: 'neutral',
    entries: ['.'],
    describe: (name) => `What is common to everything about ${name}`,
    dependencies: { dependencies: { '@mortise/core': OURS } },
    toFiles: starterFiles,
  },
  provider: {
    folder: 'packages/providers',
    floor: 2,
    platform: 'neutral',
    entries: ['.', './specs', './testing'],
    describe: (name) => `The ${name} provider interface, its conformance kit and shipped specs`,
    dependencies: {
      dependencies: { '@mortise/core': OURS },
      devDependencies: { '@mortise/testing': OURS },
      peerDependencies: { '@mortise/testing': OURS },
      peerDependenciesMeta: { '@mortise/testing': { optional: true } },
    },
    toFiles: providerFiles,
  },
  'secret-backend': {
    folder: 'packages/secrets',
    floor: 2,
    platform: 'node',
    entries: ['.'],
    describe: (name) => `Secrets from ${name}`,
    dependencies: { dependencies: { '@mortise/secrets': OURS } },
    toFiles: secretBackendFiles,
  },
  adapter: {
    folder: 'packages/adapters',
    floor: 3,
    platform: 'node',
    entries: ['.'],
    describe: (name) => `A provider over the SDK of ${name}`,
    dependencies: { dependencies: { '@mortise/core': OURS } },
    toFiles: starterFiles,
  },
};

/** @throws {RangeError} The name is not in kebab-case, or belongs to the house already. */
export function toSubject(kind: Kind, name: string): Subject {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw new RangeError(`"${name}" is not in kebab-case`);
  const packageName = packageNameFor(`${kind.folder}/${name}`);
  if (packageName === undefined) throw new RangeError(`no package belongs in ${kind.folder}/${name}`);
  const pascal = name.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
  return { name, packageName, pascal, camel: pascal.charAt(0).toLowerCase() + pascal.slice(1) };
}
