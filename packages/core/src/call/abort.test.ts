import { describe, expect, it } from 'vitest';
import { throwIfAborted, untilAborted } from './abort.ts';

/** A signal that counts its listeners. */
function countingSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  Object.assign(signal, {
    addEventListener: (...args: Parameters<typeof add>) => {
      listeners.add(args[1]);
      add(...args);
    },
    removeEventListener: (...args: Parameters<typeof remove>) => {
      listeners.delete(args[1]);
      remove(...args);
    },
  });
  return { controller, signal, listeners };
}

describe('untilAborted', () => {
  it('settles like the promise and leaves no listener', async () => {
    const { signal, listeners } = countingSignal();
    const waiting = untilAborted(Promise.resolve(1), signal);
    expect(listeners.size).toBe(1);
    expect(await waiting).toBe(1);
    const failure = new Error('down');
    await expect(untilAborted(Promise.reject(failure), signal)).rejects.toBe(failure);
    expect(listeners.size).toBe(0);
    expect(await untilAborted(Promise.resolve(2), undefined)).toBe(2);
  });

  it('rejects with the reason as cause when the signal aborts, and leaves no listener', async () => {
    const { controller, signal, listeners } = countingSignal();
    const reason = new Error('gone');
    const waiting = untilAborted(new Promise(() => {}), signal);
    controller.abort(reason);
    await expect(waiting).rejects.toMatchObject({ code: 'aborted', cause: reason });
    expect(listeners.size).toBe(0);
    await expect(untilAborted(new Promise(() => {}), signal)).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('throwIfAborted', () => {
  it('throws only for a signal that aborted', () => {
    throwIfAborted(undefined);
    throwIfAborted(new AbortController().signal);
    expect(() => throwIfAborted(AbortSignal.abort())).toThrow(expect.objectContaining({ code: 'aborted' }));
  });
});
