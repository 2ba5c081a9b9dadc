/**
 * A turn of the event loop's macrotask queue, by the cheapest means the platform has. Microtasks run to the end
 * before it, however long their chain is; counting `await`s could not promise that.
 */
export type Drain = () => Promise<void>;

/** Captured once: a test runner's fake timers that are installed later do not reach it. */
export const drainMicrotasks: Drain = createDrain();

function createDrain(): Drain {
  const setImmediate: unknown = Reflect.get(globalThis, 'setImmediate');
  if (typeof setImmediate === 'function') {
    return () =>
      new Promise((resolve) => {
        Reflect.apply(setImmediate, undefined, [resolve]);
      });
  }
  const { setTimeout } = globalThis;
  return () =>
    new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
}
