import type { IntegrationSpec } from '@mortise/core';
import { fathomIntegrationSpec } from './fathom.ts';
import { firefliesIntegrationSpec } from './fireflies.ts';
import { granolaIntegrationSpec } from './granola.ts';
import { tldvIntegrationSpec } from './tldv.ts';

/** Every meeting-recorder spec that is shipped. */
export const meetingRecorderIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([
  granolaIntegrationSpec,
  tldvIntegrationSpec,
  firefliesIntegrationSpec,
  fathomIntegrationSpec,
]);
