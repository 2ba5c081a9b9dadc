import { Type } from '@mortise/core/schema';
import { grain } from './base-fields.ts';
import { amount, closed, count, figure, flag, instant, optional, text } from './fields.ts';

/** The fields of each kind of record, besides those that all have. */
export const activityFields = () => ({
  activityType: Type.String({ minLength: 1, description: "In the vendor's words" }),
  startedAt: optional(instant('Start')),
  endedAt: optional(instant('End, exclusive')),
  durationSeconds: optional(amount('Elapsed seconds between the two')),
  distanceMeters: optional(amount('Metres')),
  caloriesKcal: optional(amount('All energy, rest included where the vendor tells both; kcal')),
  steps: optional(count('Steps')),
  grain: optional(grain()),
  activeSeconds: optional(amount('Seconds in motion')),
  floors: optional(amount('Floors climbed')),
  activeKcal: optional(amount('Energy beyond rest, kcal')),
  basalKcal: optional(amount('Energy at rest, kcal')),
});

const zone = () =>
  Type.Object(
    {
      kind: Type.Enum(['heart_rate', 'power']),
      lower: optional(amount('Inclusive')),
      upper: optional(amount('Exclusive')),
      seconds: amount('Seconds within the band'),
    },
    closed,
  );

const lap = () =>
  Type.Object(
    {
      startedAt: instant('Start'),
      endedAt: instant('End, exclusive'),
      distanceMeters: optional(amount('Metres')),
      averageHeartRateBpm: optional(amount('Beats per minute')),
    },
    closed,
  );

export const workoutFields = () => ({
  workoutType: Type.String({ minLength: 1, description: "In the vendor's words" }),
  startedAt: optional(instant('Start')),
  endedAt: optional(instant('End, exclusive')),
  durationSeconds: optional(amount('Elapsed seconds between the two, pauses included')),
  distanceMeters: optional(amount('Metres')),
  caloriesKcal: optional(amount('kcal')),
  averageHeartRateBpm: optional(amount('Beats per minute')),
  maxHeartRateBpm: optional(amount('Beats per minute')),
  sportCode: optional(text('Sport in a vocabulary that vendors share')),
  activeSeconds: optional(amount('Seconds in motion')),
  elevationGainMeters: optional(amount('Metres')),
  averageSpeedMps: optional(amount('Metres per second')),
  averagePowerWatts: optional(amount('Watts')),
  cadence: optional(amount('Per minute')),
  zones: optional(Type.Array(zone())),
  laps: optional(Type.Array(lap())),
  route: optional(
    Type.Object({ encoding: Type.Enum(['polyline', 'geojson']), data: text('Where the person went') }, closed),
  ),
  samplesAvailable: optional(flag('Whether there is a series of the session')),
});

const stage = () =>
  Type.Object(
    {
      stage: Type.Enum(['awake', 'light', 'deep', 'rem', 'asleep', 'in_bed', 'unknown']),
      start: instant('Start'),
      end: instant('End, exclusive'),
    },
    closed,
  );

export const sleepFields = () => ({
  startedAt: instant('Start'),
  endedAt: instant('End, exclusive'),
  durationSeconds: optional(amount('Elapsed seconds between the two, time awake included')),
  deepSleepSeconds: optional(amount('Seconds')),
  lightSleepSeconds: optional(amount('Seconds')),
  remSleepSeconds: optional(amount('Seconds')),
  awakeSeconds: optional(amount('Seconds')),
  sleepScore: optional(figure("On the vendor's scale")),
  kind: optional(Type.Enum(['main', 'nap'])),
  inBedSeconds: optional(amount('Seconds')),
  asleepSeconds: optional(amount('Seconds')),
  latencySeconds: optional(amount('Seconds until asleep')),
  awakenings: optional(count('Times awake')),
  efficiency: optional(Type.Number({ minimum: 0, maximum: 1, description: 'Share of the time in bed that was slept' })),
  stages: optional(Type.Array(stage())),
  averageHeartRateBpm: optional(amount('Beats per minute')),
  hrvMs: optional(amount('Milliseconds')),
  hrvMethod: optional(Type.Enum(['rmssd', 'sdnn'])),
  respiratoryRate: optional(amount('Breaths per minute')),
  scoreScale: optional(Type.Object({ min: figure('Lowest score'), max: figure('Highest score') }, closed)),
});

const component = () =>
  Type.Object(
    {
      metricType: Type.String({ minLength: 1 }),
      value: optional(figure('In `unit`')),
      unit: optional(text('UCUM code')),
      absentReason: optional(Type.Enum(['not_measured', 'not_permitted', 'error', 'unsupported', 'unknown'])),
    },
    closed,
  );

export const biometricFields = () => ({
  metricType: Type.String({ minLength: 1, description: 'Id of a metric' }),
  value: figure('In `unit`; with components, that of the first one'),
  unit: optional(text('UCUM code')),
  measuredAt: instant('When; for an interval its end'),
  interval: optional(Type.Object({ start: instant('Start'), end: instant('End, exclusive') }, closed)),
  grain: optional(grain()),
  components: optional(Type.Array(component())),
  bodySite: optional(Type.String()),
  relationToMeal: optional(Type.Enum(['before', 'after', 'fasting', 'unknown'])),
  relationToSleep: optional(Type.Enum(['before', 'during', 'after', 'unknown'])),
});

const item = () =>
  Type.Object(
    { name: Type.String(), serving: optional(Type.String()), caloriesKcal: optional(amount('kcal')) },
    closed,
  );

export const nutritionFields = () => ({
  loggedAt: instant('When it was logged'),
  caloriesKcal: optional(amount('kcal')),
  proteinGrams: optional(amount('Grams')),
  carbsGrams: optional(amount('Grams')),
  fatGrams: optional(amount('Grams')),
  fiberGrams: optional(amount('Grams')),
  hydrationMl: optional(amount('Millilitres')),
  consumedAt: optional(instant('When it was consumed')),
  meal: optional(Type.Enum(['breakfast', 'lunch', 'dinner', 'snack'])),
  items: optional(Type.Array(item())),
  nutrients: optional(Type.Array(Type.Object({ code: Type.String(), grams: amount('Grams') }, closed))),
  grain: optional(grain()),
});
