import { describe, expect, expectTypeOf, it } from 'vitest';
import { supports, type CapabilityDescription } from './capability-description.ts';

interface Store {
  readonly capabilities?: CapabilityDescription;
  get(key: string): Promise<string>;
  copy?(from: string, to: string): Promise<void>;
}

const get = async (key: string) => key;
const copy = async () => {};

describe('supports', () => {
  it('tells whether a method is there', () => {
    expect(supports<Store, 'copy'>({ get }, 'copy')).toBe(false);
    expect(supports<Store, 'copy'>({ get, copy }, 'copy')).toBe(true);
    expect(supports<Store, 'get'>({ get }, 'get')).toBe(true);
  });

  it('believes a provider that declares a method unsupported although it is there', () => {
    expect(supports<Store, 'copy'>({ get, copy, capabilities: { methods: { copy: 'none' } } }, 'copy')).toBe(false);
    expect(supports<Store, 'copy'>({ get, copy, capabilities: { methods: { copy: 'emulated' } } }, 'copy')).toBe(true);
    expect(supports<Store, 'copy'>({ get, copy, capabilities: {} }, 'copy')).toBe(true);
  });

  it('does not believe a declaration without a method', () => {
    expect(supports<Store, 'copy'>({ get, capabilities: { methods: { copy: 'native' } } }, 'copy')).toBe(false);
  });

  it('lets the method be called where it holds', async () => {
    const store: Store = { get, copy };
    let copied = false;
    if (supports(store, 'copy')) {
      expectTypeOf<(typeof store)['copy']>().toEqualTypeOf<(from: string, to: string) => Promise<void>>();
      await store.copy('a', 'b');
      copied = true;
    }
    expect(copied).toBe(true);
  });
});
