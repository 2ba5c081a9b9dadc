import type { IntegrationSpec } from '@mortise/core';
import { appleHealthIntegrationSpec } from './apple-health.ts';
import { eightSleepIntegrationSpec } from './eightsleep.ts';
import { fitbitIntegrationSpec } from './fitbit.ts';
import { garminIntegrationSpec } from './garmin.ts';
import { myFitnessPalIntegrationSpec } from './myfitnesspal.ts';
import { openWearablesIntegrationSpec } from './openwearables.ts';
import { ouraIntegrationSpec } from './oura.ts';
import { pelotonIntegrationSpec } from './peloton.ts';
import { stravaIntegrationSpec } from './strava.ts';
import { whoopIntegrationSpec } from './whoop.ts';

/** Every health spec that is shipped. */
export const healthIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([
  openWearablesIntegrationSpec,
  whoopIntegrationSpec,
  appleHealthIntegrationSpec,
  ouraIntegrationSpec,
  stravaIntegrationSpec,
  garminIntegrationSpec,
  fitbitIntegrationSpec,
  myFitnessPalIntegrationSpec,
  eightSleepIntegrationSpec,
  pelotonIntegrationSpec,
]);
