import { describe, expect, it } from 'vitest';
import { deepFreeze, freezeData } from './deep-freeze.ts';

describe('deepFreeze', () => {
  it('freezes every plain part and returns the value', () => {
    const value = { list: [{ a: 1 }], bare: Object.assign(Object.create(null), { b: {} }) };
    expect(deepFreeze(value)).toBe(value);
    for (const part of [value, value.list, value.list[0], value.bare, value.bare.b])
      expect(Object.isFrozen(part)).toBe(true);
  });

  it('goes on below a part that was frozen already', () => {
    const value = Object.freeze({ inner: { list: [] } });
    deepFreeze(value);
    expect(Object.isFrozen(value.inner.list)).toBe(true);
  });

  it('leaves instances, bytes, functions and their parts alone', () => {
    class Box {
      content = {};
    }
    const value = { box: new Box(), bytes: new Uint8Array(1), at: new Date(), act: Object.assign(() => 1, { of: {} }) };
    deepFreeze(value);
    for (const part of [value.box, value.box.content, value.at, value.act, value.act.of]) {
      expect(Object.isFrozen(part)).toBe(false);
    }
    value.bytes[0] = 7;
    expect(value.bytes[0]).toBe(7);
  });

  it('ends on a circle', () => {
    const value: Record<string, unknown> = {};
    value['self'] = [value];
    expect(Object.isFrozen(deepFreeze(value))).toBe(true);
  });
});

describe('freezeData', () => {
  it('freezes every part, one that occurs twice and one in a circle too, and returns the data', () => {
    const shared = { deep: [{}] };
    const data: { list: unknown[]; again: typeof shared; self?: unknown } = {
      list: [shared, null, 'x', 1],
      again: shared,
    };
    data.self = data;
    expect(freezeData(data)).toBe(data);
    for (const part of [data, data.list, shared, shared.deep, shared.deep[0]]) expect(Object.isFrozen(part)).toBe(true);
  });
});
