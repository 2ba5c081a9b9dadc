import { describe, expect, it, vi } from 'vitest';
import { IntegrationError } from './integration-error.ts';
import { MortiseError } from './mortise-error.ts';

/** The same modules a second time, as a duplicate install would load them. */
async function loadCopy() {
  vi.resetModules();
  const [base, integration] = await Promise.all([import('./mortise-error.ts'), import('./integration-error.ts')]);
  return { MortiseError: base.MortiseError, IntegrationError: integration.IntegrationError };
}

describe('identity of errors', () => {
  it('holds across two copies of the package', async () => {
    const copy = await loadCopy();
    expect(copy.MortiseError).not.toBe(MortiseError);
    const foreign = new copy.IntegrationError({ code: 'timeout', message: 'x' });
    expect(foreign).not.toBeInstanceOf(MortiseError);
    expect([MortiseError.is(foreign), IntegrationError.is(foreign)]).toEqual([true, true]);
    expect([
      copy.MortiseError.is(new IntegrationError({ code: 'timeout', message: 'x' })),
      copy.IntegrationError.is(new MortiseError({ code: 'LIMIT', message: 'x' })),
    ]).toEqual([true, false]);
  });
});
