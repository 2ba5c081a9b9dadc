import { describe, expect, it } from 'vitest';
import { type RegisteredContract, SpecContractRegistry, makeContractKey } from './contract-registry.ts';
import { DuplicateContractError } from './duplicate-contract-error.ts';

class ThingRegistry extends SpecContractRegistry<'thing', RegisteredContract> {
  constructor(items?: Iterable<RegisteredContract>) {
    super('thing', items);
  }
}

function thing(key: string, version: string, more: Partial<RegisteredContract['meta']> = {}): RegisteredContract {
  return { meta: { key, version, ...more } };
}

describe('SpecContractRegistry', () => {
  it('keeps contracts by reference in the order of registration', () => {
    const [a, b] = [thing('b', '1.0.0'), thing('a', '1.0.0')];
    const registry = new ThingRegistry([a]).register(b);
    expect(registry.count()).toBe(2);
    expect(registry.list()).toEqual([a, b]);
    expect(registry.list()[0]).toBe(a);
    expect(registry.get('a')).toBe(b);
    registry.list().pop();
    expect(registry.count()).toBe(2);
    expect(registry.contractType).toBe('thing');
  });

  it('refuses the same key and version twice, naming both', () => {
    const registry = new ThingRegistry([thing('a', '1.0.0')]);
    expect(() => registry.register(thing('a', '1.0.0'))).toThrow(/^Duplicate contract.*thing.*a\.v1\.0\.0/);
    const error = new DuplicateContractError('thing', 'a.v1.0.0');
    expect(() => registry.register(thing('a', '1.0.0'))).toThrow(error);
    expect(error).toMatchObject({ code: 'DUPLICATE_CONTRACT', contractKey: 'a.v1.0.0', retryable: false });
    expect(DuplicateContractError.is(error)).toBe(true);
    expect(DuplicateContractError.is(new TypeError('x'))).toBe(false);
    expect(registry.count()).toBe(1);
  });

  it('gets an exact version, as text or number, and nothing near it', () => {
    const one = thing('a', '1');
    const registry = new ThingRegistry([one, thing('a', '1.1.0')]);
    expect(registry.get('a', '1')).toBe(one);
    expect(registry.get('a', 1)).toBe(one);
    expect(registry.get('a', '1.0.0')).toBeUndefined();
    expect(registry.has('a', '1.1.0')).toBe(true);
    expect(registry.has('a', '1.1')).toBe(false);
    expect(registry.has('b')).toBe(false);
  });

  it('gets the highest version when none is asked for, whatever the order of registration', () => {
    for (const versions of [
      ['1.9.0', '1.10.0', '1.2.0'],
      ['1.10.0', '1.9.0'],
      ['1.2.0', '1.10.0'],
    ]) {
      const registry = new ThingRegistry(versions.map((version) => thing('a', version)));
      expect(registry.get('a')?.meta.version).toBe('1.10.0');
    }
  });

  it('prefers a stable version to a higher pre-release, which counts only alone', () => {
    const registry = new ThingRegistry([thing('a', '2.0.0-alpha'), thing('a', '2.0.0-beta')]);
    expect(registry.get('a')?.meta.version).toBe('2.0.0-beta');
    registry.register(thing('a', '1.0.0')).register(thing('a', '3.0.0-rc.1'));
    expect(registry.get('a')?.meta.version).toBe('1.0.0');
  });

  it('does not take a key for the beginning of another', () => {
    const registry = new ThingRegistry([thing('a.v2', '1.0.0'), thing('__proto__', '1')]);
    expect(registry.get('a')).toBeUndefined();
    expect(registry.get('a', '2')).toBeUndefined();
    expect(registry.has('__proto__')).toBe(true);
    expect(registry.has('constructor')).toBe(false);
  });

  it('filters by every criterion that is given', () => {
    const pay = thing('payments.one', '1', { tags: ['x', 'y'], owners: ['@a'], domain: 'finance', stability: 'beta' });
    const mail = thing('email.one', '1', { tags: ['y'], owners: ['@a', '@b'] });
    const other = thing('paymentsX', '1');
    const registry = new ThingRegistry([pay, mail, other]);
    expect(registry.filter({})).toEqual([pay, mail, other]);
    expect(registry.filter({ tags: ['x', 'z'] })).toEqual([pay]);
    expect(registry.filter({ tags: [] })).toEqual([]);
    expect(registry.filter({ owners: ['@b'] })).toEqual([mail]);
    expect(registry.filter({ stability: 'stable' })).toEqual([mail, other]);
    expect(registry.filter({ domain: 'finance' })).toEqual([pay]);
    expect(registry.filter({ domain: 'payments' })).toEqual([pay]);
    expect(registry.filter({ keyPattern: 'PAYMENTS.*' })).toEqual([pay]);
    expect(registry.filter({ keyPattern: '(' })).toEqual([]);
    expect(registry.filter({ tags: ['y'], owners: ['@a'], keyPattern: 'e*' })).toEqual([mail]);
    expect(registry.listByTag('y')).toEqual([pay, mail]);
    expect(registry.listByOwner('@b')).toEqual([mail]);
    expect(registry.getUniqueTags()).toEqual(['x', 'y']);
    expect(registry.groupBy((contract) => contract.meta.key.split('.').length)).toEqual(
      new Map([
        [2, [pay, mail]],
        [1, [other]],
      ]),
    );
  });
});

describe('makeContractKey', () => {
  it('joins key and version', () => {
    expect(makeContractKey({ key: 'a.b', version: '1.0.0' })).toBe('a.b.v1.0.0');
  });
});
