import { refusedBeforeTheCall, wrongKey } from './credential-failures.ts';
import { everydayCalls } from './everyday-calls.ts';
import { outage } from './outage.ts';
import { failuresThatPass, failuresThatStay, hangs } from './provider-failures.ts';
import type { Scenario } from './scenario.ts';

/** In the order in which they are told. */
export const SCENARIOS: readonly Scenario[] = [
  everydayCalls,
  failuresThatPass,
  hangs,
  failuresThatStay,
  wrongKey,
  outage,
  refusedBeforeTheCall,
];
