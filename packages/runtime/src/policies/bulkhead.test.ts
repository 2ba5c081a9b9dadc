import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bulkhead } from './bulkhead.ts';

describe('a bulkhead', () => {
  it('admits up to its limit, queues up to its queue and refuses the rest', () => {
    const bulkhead = new Bulkhead({ limit: 2, queue: 1 });
    expect([bulkhead.tryEnter(), bulkhead.tryEnter(), bulkhead.tryEnter()]).toEqual([true, true, false]);
    expect(bulkhead.enqueue()).toBeDefined();
    expect(bulkhead.enqueue()).toBeUndefined();
    expect([bulkhead.running, bulkhead.queued]).toEqual([2, 1]);
  });

  it('gives a free place to the one who waited longest', async () => {
    const bulkhead = new Bulkhead({ limit: 1, queue: 2 });
    bulkhead.tryEnter();
    const order: number[] = [];
    const tickets = [1, 2].map((name) => {
      const ticket = bulkhead.enqueue();
      const note = async (): Promise<void> => {
        await ticket?.admitted;
        order.push(name);
      };
      void note();
      return ticket;
    });
    bulkhead.release();
    await tickets[0]?.admitted;
    await Promise.resolve();
    expect(order).toEqual([1]);
    expect([bulkhead.running, bulkhead.queued]).toEqual([1, 1]);
  });

  it('loses no place, whatever the order of entering, queueing, cancelling and leaving', async () => {
    const actions = fc.array(fc.constantFrom('enter', 'queue', 'cancel', 'leave'), { maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(actions, fc.integer({ min: 1, max: 4 }), async (given, limit) => {
        const bulkhead = new Bulkhead({ limit, queue: 3 });
        let held = 0;
        const waiting = new Set<{ cancel(): void }>();
        for (const action of given) {
          if (action === 'enter' && bulkhead.tryEnter()) held += 1;
          if (action === 'queue') {
            const ticket = bulkhead.enqueue();
            if (ticket !== undefined) {
              waiting.add(ticket);
              const hold = async (): Promise<void> => {
                await ticket.admitted;
                if (waiting.delete(ticket)) held += 1;
              };
              void hold();
            }
          }
          const [oldest] = waiting;
          if (action === 'cancel' && oldest !== undefined) {
            waiting.delete(oldest);
            oldest.cancel();
          }
          if (action === 'leave' && held > 0) {
            held -= 1;
            bulkhead.release();
          }
          await Promise.resolve();
          expect(bulkhead.running).toBeLessThanOrEqual(limit);
          expect(bulkhead.running).toBe(held);
        }
      }),
      { numRuns: 100 },
    );
  });
});
