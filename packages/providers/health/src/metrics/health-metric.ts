import type { HealthAggregation } from '../model/series.ts';

/** A measure that vendors share. */
export interface HealthMetric {
  readonly id: string;
  /** UCUM code of the unit in which figures are kept; `1` is a bare number. */
  readonly unit: string;
  /** LOINC code of the same measure, where there is one. */
  readonly loinc?: string;
  /** How figures of one time become one. Never how those of different grains do. */
  readonly aggregation: HealthAggregation;
  /** What a living person can have; both ends included. A figure beyond is doubtful, not impossible. */
  readonly plausible: { readonly min: number; readonly max: number };
}

/** `[id, unit, aggregation, min, max, loinc]` */
type Row = readonly [string, string, HealthAggregation, number, number, string?];

const ROWS = [
  // Heart
  ['heart_rate', '/min', 'avg', 20, 250, '8867-4'],
  ['resting_heart_rate', '/min', 'last', 25, 150, '40443-4'],
  ['walking_heart_rate', '/min', 'avg', 30, 220],
  ['max_heart_rate', '/min', 'max', 60, 250],
  ['heart_rate_recovery_1min', '/min', 'last', 0, 120],
  ['hrv_rmssd', 'ms', 'avg', 1, 400],
  ['hrv_sdnn', 'ms', 'avg', 1, 400, '80404-7'],
  ['blood_pressure', 'mm[Hg]', 'last', 40, 300, '85354-9'],
  ['systolic_blood_pressure', 'mm[Hg]', 'last', 50, 300, '8480-6'],
  ['diastolic_blood_pressure', 'mm[Hg]', 'last', 20, 200, '8462-4'],
  ['pulse_wave_velocity', 'm/s', 'last', 2, 25],
  ['vo2_max', 'mL/kg/min', 'last', 5, 100],
  ['perfusion_index', '%', 'avg', 0, 20],
  // Breath and temperature
  ['respiratory_rate', '/min', 'avg', 4, 60, '9279-1'],
  ['spo2', '%', 'avg', 50, 100, '59408-5'],
  ['breathing_disturbance_index', '/h', 'last', 0, 150],
  ['body_temperature', 'Cel', 'avg', 30, 43, '8310-5'],
  ['skin_temperature', 'Cel', 'avg', 15, 43],
  ['skin_temperature_deviation', 'Cel', 'last', -8, 8],
  // Body
  ['weight', 'kg', 'last', 1, 400, '29463-7'],
  ['height', 'cm', 'last', 30, 260, '8302-2'],
  ['bmi', 'kg/m2', 'last', 8, 100, '39156-5'],
  ['body_fat', '%', 'last', 1, 75, '41982-0'],
  ['lean_mass', 'kg', 'last', 1, 250],
  ['muscle_mass', 'kg', 'last', 1, 200],
  ['bone_mass', 'kg', 'last', 0.3, 15],
  ['body_water', '%', 'last', 20, 85],
  ['waist_circumference', 'cm', 'last', 30, 250],
  ['basal_metabolic_rate', 'kcal/d', 'last', 400, 6000],
  // Blood
  ['blood_glucose', 'mmol/L', 'avg', 0.5, 40, '15074-8'],
  ['blood_ketones', 'mmol/L', 'last', 0, 15],
  ['blood_lactate', 'mmol/L', 'last', 0, 30],
  ['hba1c', '%', 'last', 3, 20, '4548-4'],
  ['insulin_delivered', '[iU]', 'sum', 0, 200],
  // Movement
  ['steps', '{steps}', 'sum', 0, 200_000, '55423-8'],
  ['distance', 'm', 'sum', 0, 500_000],
  ['floors', '{floors}', 'sum', 0, 2000],
  ['active_energy', 'kcal', 'sum', 0, 20_000],
  ['basal_energy', 'kcal', 'sum', 0, 6000],
  ['total_energy', 'kcal', 'sum', 0, 25_000],
  ['active_time', 's', 'sum', 0, 86_400],
  ['sedentary_time', 's', 'sum', 0, 86_400],
  ['speed', 'm/s', 'avg', 0, 40],
  ['cadence', '/min', 'avg', 0, 300],
  ['power', 'W', 'avg', 0, 2500],
  ['elevation_gain', 'm', 'sum', 0, 20_000],
  ['push_count', '{pushes}', 'sum', 0, 100_000],
  ['met', '{MET}', 'avg', 0.5, 25],
  // Sleep
  ['sleep_duration', 's', 'sum', 0, 86_400],
  ['time_in_bed', 's', 'sum', 0, 172_800],
  ['sleep_efficiency', '%', 'last', 0, 100],
  ['sleep_latency', 's', 'last', 0, 28_800],
  // Scores of vendors, on scales of their own
  ['sleep_score', '1', 'last', 0, 100],
  ['readiness_score', '1', 'last', 0, 100],
  ['recovery_score', '%', 'last', 0, 100],
  ['strain_score', '1', 'max', 0, 21],
  ['stress_score', '1', 'avg', 0, 100],
  ['body_battery', '1', 'last', 0, 100],
  // Food
  ['energy_intake', 'kcal', 'sum', 0, 20_000],
  ['water_intake', 'mL', 'sum', 0, 20_000],
  ['caffeine_intake', 'mg', 'sum', 0, 5000],
  ['alcohol_intake', 'g', 'sum', 0, 1000],
] as const satisfies readonly Row[];

/** Id of a metric of the registry. Records may hold a vendor's own name instead. */
export type HealthMetricId = (typeof ROWS)[number][0];

/** The rows with their last column optional in each, which the literal types do not say. */
const rows: readonly Row[] = ROWS;

/** All metrics by id. Codes of LOINC and UCUM as the vital signs of FHIR have them, the rest by the names of LOINC. */
export const HEALTH_METRICS: ReadonlyMap<string, HealthMetric> = new Map(
  rows.map(([id, unit, aggregation, min, max, loinc]) => [
    id,
    Object.freeze({
      id,
      unit,
      aggregation,
      plausible: Object.freeze({ min, max }),
      ...(loinc === undefined ? {} : { loinc }),
    }),
  ]),
);

/** The metric of an id; undefined for a vendor's own name. */
export function healthMetric(id: string): HealthMetric | undefined {
  return HEALTH_METRICS.get(id);
}
