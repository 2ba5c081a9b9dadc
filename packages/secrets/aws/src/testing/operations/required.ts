import { TestingError } from '@mortise/testing';

/** A member that the model requires. The SDK's types let every member be absent; `readInput` has seen to it already. */
export function required<Value>(value: Value | undefined, name: string): Value {
  if (value !== undefined) return value;
  throw new TestingError('SERVER_STATE', `The service model lets ${name} be absent`);
}
