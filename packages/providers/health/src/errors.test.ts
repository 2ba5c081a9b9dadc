import { IntegrationError, MortiseError } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { HealthAccessError } from './contracts/resolve-user.ts';
import { HealthGuardError } from './guards/health-guard-error.ts';
import { HealthUnitError } from './metrics/convert-unit.ts';
import { SleepStagesError } from './sleep/sleep-timeline.ts';
import { HealthTimeError } from './time/health-time-error.ts';

const CLASSES = [HealthAccessError, HealthGuardError, HealthTimeError, HealthUnitError, SleepStagesError] as const;
const ERRORS: readonly MortiseError[] = [
  new HealthAccessError({ code: 'FORBIDDEN_USER', message: 'x' }),
  new HealthGuardError('WRONG_CATEGORY', 'x', 'slot'),
  new HealthTimeError({ code: 'UNKNOWN_ZONE', message: 'x' }),
  new HealthUnitError({ code: 'UNKNOWN_UNIT', message: 'x' }),
  new SleepStagesError('REVERSED_STAGE', 0, 'x'),
];

describe('the errors of the package', () => {
  it('are told apart by their own test, and from every other error', () => {
    for (const [row, kind] of CLASSES.entries()) {
      expect(ERRORS.map((error) => kind.is(error))).toEqual(CLASSES.map((_, column) => column === row));
      expect(kind.is(new IntegrationError({ code: 'timeout', message: 'x' }))).toBe(false);
      expect(kind.is(new TypeError('x'))).toBe(false);
      expect(kind.is(undefined)).toBe(false);
    }
    expect(ERRORS.every((error) => MortiseError.is(error) && error.retry === 'never')).toBe(true);
  });
});
