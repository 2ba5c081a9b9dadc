import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleBiometric } from '../testing/sample-records.ts';
import type { HealthBiometric } from '../model/biometric.ts';
import { HealthUnitError, toMetricUnit } from './convert-unit.ts';
import { HEALTH_METRICS, healthMetric } from './health-metric.ts';
import { doubtBiometric, normalizeBiometric } from './normalize-biometric.ts';

const metric = (id: string) => {
  const found = healthMetric(id);
  if (found === undefined) throw new TypeError(`no metric ${id}`);
  return found;
};

const biometric = (fields: Partial<HealthBiometric>): HealthBiometric => sampleBiometric('a', fields).record;

describe('the registry of metrics', () => {
  it('has about sixty entries, each with a unit, a way to aggregate and a range', () => {
    expect(HEALTH_METRICS.size).toBeGreaterThanOrEqual(60);
    for (const [id, entry] of HEALTH_METRICS) {
      expect(id).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(entry.id).toBe(id);
      expect(entry.plausible.min).toBeLessThan(entry.plausible.max);
      if (entry.loinc !== undefined) expect(entry.loinc).toMatch(/^\d{1,5}-\d$/);
      expect(Object.isFrozen(entry)).toBe(true);
    }
  });

  it('has LOINC codes with a right check digit, each once', () => {
    const codes = [...HEALTH_METRICS.values()].flatMap(({ loinc }) => loinc ?? []);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) {
      const [number = '', check] = code.split('-');
      // Luhn, as LOINC has it: every other digit is doubled, beginning with the last.
      const sum = Array.from(number)
        .reverse()
        .reduce((total, digit, index) => {
          const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
          return total + Math.floor(value / 10) + (value % 10);
        }, 0);
      expect(`${code}: ${(10 - (sum % 10)) % 10}`).toBe(`${code}: ${check}`);
    }
  });

  it('tells the two kinds of heart rate variability apart', () => {
    expect(metric('hrv_rmssd').loinc).toBeUndefined();
    expect(metric('hrv_sdnn').loinc).toBe('80404-7');
  });
});

describe('toMetricUnit', () => {
  it.each([
    ['weight', 154.3236, '[lb_av]', 70],
    ['weight', 154.3236, 'lb', 70],
    ['weight', 11, 'st', 69.853],
    ['blood_glucose', 99, 'mg/dL', 5.495],
    ['active_energy', 418.4, 'kJ', 100],
    ['active_energy', 418_400, 'J', 100],
    ['body_temperature', 98.6, '[degF]', 37],
    ['body_temperature', 310.15, 'K', 37],
    ['skin_temperature_deviation', 1.8, '[degF]', 1],
    ['spo2', 0.97, '1', 97],
    ['height', 6, '[ft_i]', 182.88],
    ['distance', 5, 'km', 5000],
    ['distance', 5_000_000, 'mm', 5000],
    ['speed', 10, 'km/h', 2.7778],
    ['heart_rate', 1, 'Hz', 60],
    ['heart_rate', 61, 'bpm', 61],
    ['systolic_blood_pressure', 16, 'kPa', 120.01],
    ['sleep_duration', 7.5, 'h', 27_000],
    ['hrv_rmssd', 0.045, 's', 45],
    ['water_intake', 1, '[foz_us]', 29.5735],
  ])('%s: %d %s is %d', (id, value, unit, expected) => {
    expect(Math.abs(toMetricUnit(value, unit, metric(id)) - expected) / expected).toBeLessThan(0.001);
  });

  it('leaves a figure alone that is in the unit already, or whose unit is not told', () => {
    for (const entry of HEALTH_METRICS.values()) {
      expect(toMetricUnit(12.3, entry.unit, entry)).toBe(12.3);
      expect(toMetricUnit(12.3, undefined, entry)).toBe(12.3);
    }
  });

  it.each([
    ['weight', 'm'],
    ['weight', 'mmol/L'],
    ['spo2', 'kg'],
    ['sleep_score', '%'],
    ['blood_ketones', 'mg/dL'],
    ['heart_rate', ''],
    ['heart_rate', 'constructor'],
  ])('refuses %s in %j', (id, unit) => {
    expect(() => toMetricUnit(1, unit, metric(id))).toThrow(HealthUnitError);
  });

  it('does not repeat what is no unit, nor the figure', () => {
    const attempt = () => toMetricUnit(123.456, 'Ada Lovelace <ada@example.com>', metric('weight'));
    expect(attempt).toThrow(/30 characters/);
    expect(attempt).not.toThrow(/Ada|123/);
  });

  it('grows with the figure, for every unit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1000, noNaN: true }), (value) => {
        for (const [id, unit] of [
          ['weight', 'lb'],
          ['body_temperature', '°F'],
          ['blood_glucose', 'mg/dL'],
        ] as const) {
          expect(toMetricUnit(value * 2, unit, metric(id))).toBeGreaterThan(toMetricUnit(value, unit, metric(id)));
        }
      }),
    );
  });
});

describe('normalizeBiometric', () => {
  it('converts and keeps what the vendor said', () => {
    const record = normalizeBiometric(biometric({ metricType: 'weight', value: 100, unit: 'lb', metadata: { a: 1 } }));
    expect(record.value).toBeCloseTo(45.359, 3);
    expect(record).toMatchObject({ unit: 'kg', metadata: { a: 1, original: { value: 100, unit: 'lb' } } });
  });

  it('converts each component', () => {
    const record = normalizeBiometric(
      biometric({
        metricType: 'blood_pressure',
        value: 16,
        unit: 'kPa',
        components: [
          { metricType: 'systolic_blood_pressure', value: 16, unit: 'kPa' },
          { metricType: 'diastolic_blood_pressure', absentReason: 'error' },
        ],
      }),
    );
    expect(record.components?.[0]).toMatchObject({ unit: 'mm[Hg]', value: expect.closeTo(120.01, 2) });
    expect(record.components?.[1]).toEqual({ metricType: 'diastolic_blood_pressure', absentReason: 'error' });
  });

  it("gives a vendor's own metric back as it is", () => {
    const own = biometric({ metricType: 'acme_vigour', value: 3, unit: 'bananas' });
    expect(normalizeBiometric(own)).toBe(own);
  });
});

describe('doubtBiometric', () => {
  it.each([
    [{ value: 61 }, 0],
    [{ value: 987 }, 1],
    [{ value: Number.NaN }, 1],
    [{ value: 61, unit: 'kg' }, 1],
    [{ metricType: 'acme_vigour', value: -5 }, 0],
    [
      {
        metricType: 'blood_pressure',
        value: 120,
        unit: 'mm[Hg]',
        components: [{ metricType: 'systolic_blood_pressure', value: 900 }],
      },
      1,
    ],
  ])('%j gives %d warnings', (fields, count) => {
    const warnings = doubtBiometric(biometric(fields));
    expect(warnings).toHaveLength(count);
    expect(JSON.stringify(warnings)).not.toMatch(/987|900/);
  });
});
