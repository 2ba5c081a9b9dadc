import { describe, expect, it } from 'vitest';
import { exampleSpec, smallSpec } from '../__fixtures__/example-spec.ts';
import { defineIntegration } from './define-integration.ts';
import { filterByAuthMethod, filterByTransport, filterByokRotatable, filterVersioned } from './filter-specs.ts';

const full = defineIntegration(exampleSpec());
const bare = defineIntegration(smallSpec());
const managed = defineIntegration({ ...smallSpec('m'), supportedModes: ['managed'] });
const unrotated = defineIntegration({ ...smallSpec('u'), byokSetup: { keyRotationSupported: false } });
const specs = [bare, full, managed, unrotated];

describe('the filters', () => {
  it('match only what a spec declares', () => {
    expect(filterByTransport(specs, 'webhook')).toEqual([full]);
    expect(filterByTransport([bare], 'rest')).toEqual([]);
    expect(filterByAuthMethod(specs, 'api-key')).toEqual([full]);
    expect(filterByAuthMethod(specs, 'oauth2')).toEqual([]);
    expect(filterVersioned(specs)).toEqual([full]);
    expect(filterByokRotatable(specs)).toEqual([full]);
  });

  it('want both the mode and the rotation for rotatable keys', () => {
    // Cannot be registered so; the filter takes any spec.
    expect(filterByokRotatable([{ ...full, supportedModes: ['managed'] }])).toEqual([]);
  });
});
