import { checkDocs } from './docs.ts';
import type { Finding } from './finding.ts';
import { checkFloors } from './floors.ts';
import { checkFootprint } from './footprint.ts';
import { checkHygiene } from './hygiene.ts';
import { checkLayout } from './layout.ts';
import { checkPacked } from './packed.ts';
import { checkSizes } from './sizes.ts';
import { checkUniversal } from './universal.ts';
import type { Workspace } from './workspace.ts';

type Check = (workspace: Workspace) => readonly Finding[] | Promise<readonly Finding[]>;

/** The checks of the house by name, in the order in which they run. */
export const CHECKS: Readonly<Record<string, Check>> = {
  floors: checkFloors,
  layout: checkLayout,
  hygiene: checkHygiene,
  docs: checkDocs,
  universal: checkUniversal,
  sizes: (workspace) => checkSizes(workspace),
  packed: checkPacked,
  footprint: (workspace) => checkFootprint(workspace),
};
