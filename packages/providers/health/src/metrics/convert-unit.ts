import { MortiseError, type MortiseErrorOptions } from '@mortise/core';
import type { HealthMetric } from './health-metric.ts';

const MARKER = Symbol.for('@mortise/health-unit-error');

/** A figure in a unit from which the wanted one cannot be computed. The message names both units, never the figure. */
export class HealthUnitError extends MortiseError<'UNKNOWN_UNIT'> {
  constructor(options: MortiseErrorOptions<'UNKNOWN_UNIT'>) {
    super(options);
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `HealthUnitError`, whichever copy of the package made it. */
  static override is(value: unknown): value is HealthUnitError {
    return MortiseError.is(value) && MARKER in value;
  }
}

/** `value × factor + shift` in the first unit of the family. */
interface Unit {
  readonly family: string;
  readonly factor: number;
  readonly shift?: number;
}

const unit = (family: string, factor: number, shift?: number): Unit =>
  shift === undefined ? { family, factor } : { family, factor, shift };

/** UCUM codes, and the words that vendors use for them. */
const UNITS = new Map<string, Unit>([
  ['kg', unit('mass', 1)],
  ['g', unit('mass', 1e-3)],
  ['mg', unit('mass', 1e-6)],
  ['[lb_av]', unit('mass', 0.45359237)],
  ['lb', unit('mass', 0.45359237)],
  ['lbs', unit('mass', 0.45359237)],
  ['[stone_av]', unit('mass', 6.35029318)],
  ['st', unit('mass', 6.35029318)],
  ['[oz_av]', unit('mass', 0.028349523125)],
  ['m', unit('length', 1)],
  ['cm', unit('length', 0.01)],
  ['mm', unit('length', 1e-3)],
  ['km', unit('length', 1000)],
  ['[in_i]', unit('length', 0.0254)],
  ['in', unit('length', 0.0254)],
  ['[ft_i]', unit('length', 0.3048)],
  ['ft', unit('length', 0.3048)],
  ['[mi_i]', unit('length', 1609.344)],
  ['mi', unit('length', 1609.344)],
  ['m/s', unit('speed', 1)],
  ['mm/s', unit('speed', 1e-3)],
  ['km/h', unit('speed', 1 / 3.6)],
  ['[mi_i]/h', unit('speed', 0.44704)],
  ['mph', unit('speed', 0.44704)],
  ['kcal', unit('energy', 1)],
  ['cal', unit('energy', 1e-3)],
  ['kJ', unit('energy', 1 / 4.184)],
  ['kilojoule', unit('energy', 1 / 4.184)],
  ['J', unit('energy', 1 / 4184)],
  ['s', unit('time', 1)],
  ['ms', unit('time', 1e-3)],
  ['min', unit('time', 60)],
  ['h', unit('time', 3600)],
  ['Cel', unit('temperature', 1)],
  ['°C', unit('temperature', 1)],
  ['[degF]', unit('temperature', 5 / 9, -160 / 9)],
  ['°F', unit('temperature', 5 / 9, -160 / 9)],
  ['K', unit('temperature', 1, -273.15)],
  ['%', unit('share', 1)],
  ['1', unit('share', 100)],
  ['mm[Hg]', unit('pressure', 1)],
  ['mmHg', unit('pressure', 1)],
  ['kPa', unit('pressure', 7.500616827041697)],
  ['mL', unit('volume', 1)],
  ['ml', unit('volume', 1)],
  ['L', unit('volume', 1000)],
  ['l', unit('volume', 1000)],
  ['[foz_us]', unit('volume', 29.5735295625)],
  ['/min', unit('rate', 1)],
  ['bpm', unit('rate', 1)],
  ['rpm', unit('rate', 1)],
  ['Hz', unit('rate', 60)],
  ['/s', unit('rate', 60)],
  ['/h', unit('rate', 1 / 60)],
  ['W', unit('power', 1)],
  ['kW', unit('power', 1000)],
  ['mmol/L', unit('concentration', 1)],
  ['mL/kg/min', unit('oxygen uptake', 1)],
  ['ml/kg/min', unit('oxygen uptake', 1)],
]);

/** Grams per mole, for what laboratories give by mass or by amount. */
const MOLAR_MASS = new Map([
  ['blood_glucose', 180.156],
  ['blood_lactate', 90.08],
]);

/** A difference of temperatures has no zero point to shift. */
const DIFFERENCES = new Set(['skin_temperature_deviation']);

/** Metrics for which a bare number is no share of one. */
const isShare = (metric: HealthMetric): boolean => metric.unit === '%';

/**
 * A figure in the unit of its metric: pounds become kilograms, kilojoules kilocalories, mg/dL mmol/L, a share of 1
 * per cent. Computed in double precision, so good for about 15 digits.
 *
 * @param from UCUM code, or a common word for it such as `lb` or `bpm`. Absent: the figure is in the metric's unit.
 * @throws {HealthUnitError} `UNKNOWN_UNIT`: not a unit of this measure.
 */
export function toMetricUnit(value: number, from: string | undefined, metric: HealthMetric): number {
  if (from === undefined || from === metric.unit) return value;
  const molarMass = MOLAR_MASS.get(metric.id);
  if (molarMass !== undefined && (from === 'mg/dL' || from === 'mg/dl')) return (value * 10) / molarMass;
  const source = UNITS.get(from);
  const target = UNITS.get(metric.unit);
  const fits = source !== undefined && target !== undefined && source.family === target.family;
  if (!fits || (source.family === 'share' && !isShare(metric))) {
    throw new HealthUnitError({
      code: 'UNKNOWN_UNIT',
      message: `${metric.id}: expected ${metric.unit} or a unit that converts to it, got ${quoteUnit(from)}`,
    });
  }
  const isDifference = DIFFERENCES.has(metric.id);
  const shiftOf = (one: Unit): number => (isDifference ? 0 : (one.shift ?? 0));
  return (value * source.factor + shiftOf(source) - shiftOf(target)) / target.factor;
}

/** Nothing but what a unit may hold, and no more of it than one has. */
function quoteUnit(text: string): string {
  return /^[\w%°/[\]{}.^-]{1,20}$/.test(text) ? `"${text}"` : `${text.length} characters`;
}
