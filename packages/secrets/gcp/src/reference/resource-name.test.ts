import { describe, expect, it } from 'vitest';
import { formatSecretName, formatVersionName, readVersionNumber } from './resource-name.ts';

const GLOBAL = { project: 'demo', secret: 'stripe' };
const REGIONAL = { ...GLOBAL, location: 'europe-west3' };

describe('names of resources', () => {
  it('are those of Google', () => {
    expect(formatSecretName(GLOBAL)).toBe('projects/demo/secrets/stripe');
    expect(formatVersionName(REGIONAL, 'latest')).toBe(
      'projects/demo/locations/europe-west3/secrets/stripe/versions/latest',
    );
  });
});

describe('readVersionNumber', () => {
  it('takes the number of the project for its id', () => {
    expect(readVersionNumber('projects/300000000001/secrets/stripe/versions/12', GLOBAL)).toBe('12');
    expect(readVersionNumber('projects/1/locations/europe-west3/secrets/stripe/versions/1', REGIONAL)).toBe('1');
  });

  it.each([
    ['another secret', 'projects/demo/secrets/other/versions/1', GLOBAL],
    ['a regional secret for a global one', 'projects/demo/locations/europe-west3/secrets/stripe/versions/1', GLOBAL],
    ['a global secret for a regional one', 'projects/demo/secrets/stripe/versions/1', REGIONAL],
    ['another location', 'projects/demo/locations/us-east1/secrets/stripe/versions/1', REGIONAL],
    ['an alias', 'projects/demo/secrets/stripe/versions/latest', GLOBAL],
    ['a secret without version', 'projects/demo/secrets/stripe', GLOBAL],
    ['an empty project', 'projects//secrets/stripe/versions/1', GLOBAL],
    ['nothing', undefined, GLOBAL],
  ])('finds none in the name of %s', (_, answered, name) => {
    expect(readVersionNumber(answered, name)).toBeUndefined();
  });
});
