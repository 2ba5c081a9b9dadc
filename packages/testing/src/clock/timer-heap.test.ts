import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HeapTimer, TimerHeap } from './timer-heap.ts';

const noop = (): void => {};

describe('TimerHeap', () => {
  it('gives timers back by due time, then by order, without the cancelled ones', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ dueMs: fc.nat(20), isCancelled: fc.boolean() })), (specs) => {
        const heap = new TimerHeap();
        const timers = specs.map(({ dueMs }, order): HeapTimer => ({ dueMs, order, callback: noop }));
        for (const timer of timers) heap.push(timer);
        for (const [index, { isCancelled }] of specs.entries()) {
          const timer = timers[index];
          if (isCancelled && timer !== undefined) timer.callback = undefined;
        }
        const expected = timers
          .filter((timer) => timer.callback !== undefined)
          .sort((one, other) => one.dueMs - other.dueMs || one.order - other.order);
        const popped: HeapTimer[] = [];
        for (let timer = heap.pop(); timer !== undefined; timer = heap.pop()) popped.push(timer);
        expect(popped).toEqual(expected);
        expect(heap.size).toBe(0);
      }),
    );
  });

  it('keeps order through a compaction', () => {
    const heap = new TimerHeap();
    const timers = [30, 10, 20, 5].map((dueMs, order): HeapTimer => ({ dueMs, order, callback: noop }));
    for (const timer of timers) heap.push(timer);
    const [, cancelled] = timers;
    if (cancelled !== undefined) cancelled.callback = undefined;
    heap.compact();
    expect(heap.size).toBe(3);
    expect([heap.pop()?.dueMs, heap.pop()?.dueMs, heap.pop()?.dueMs, heap.pop()]).toEqual([5, 20, 30, undefined]);
  });

  it('shows the next timer without taking it', () => {
    const heap = new TimerHeap();
    heap.push({ dueMs: 1, order: 1, callback: noop });
    expect(heap.peek()).toBe(heap.peek());
    expect(heap.size).toBe(1);
  });
});
