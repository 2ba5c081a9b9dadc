import { isPlainObject } from '../schema/record.ts';

/** Freezes plain objects and lists all the way down. Leaves alone what a class made: instances, bytes, functions. */
export function deepFreeze<Value>(value: Value): Value {
  // Frozen by an earlier call, or a cycle.
  if (Object.isFrozen(value) || !(Array.isArray(value) || isPlainObject(value))) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
