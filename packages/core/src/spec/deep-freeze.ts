import { isPlainObject } from '../schema/record.ts';

/** What was frozen down to the last part; frozen alone says nothing of the parts. */
const done = new WeakSet<object>();

/** Freezes plain objects and lists all the way down. Leaves alone what a class made: instances, bytes, functions. */
export function deepFreeze<Value>(value: Value): Value {
  if (!(Array.isArray(value) || isPlainObject(value)) || done.has(value)) return value;
  done.add(value);
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}

/**
 * Freezes plain data all the way down, many times as fast as `deepFreeze` in a new process: it remembers nothing, and a part that
 * is frozen already counts as done.
 */
export function freezeData<Data extends object>(data: Data): Data {
  Object.freeze(data);
  // A third of the time of `Object.values`; plain data inherits nothing.
  for (const name in data) {
    const part: unknown = data[name];
    if (typeof part === 'object' && part !== null && !Object.isFrozen(part)) freezeData(part);
  }
  return data;
}
