import type { ConformanceCase } from '@mortise/testing';
import { ABORT_WITHIN_MS, eur, newKey, rejectsWith, until, within, withSubject } from '../case-tools.ts';
import { check, checkEqual } from '../conformance-failure.ts';
import type { PaymentsConformanceTarget } from '../conformance-target.ts';

const TIMEOUT_MS = 200;

/** How calls end before their answer does: `X1` to `X3`. */
export const endingCases: readonly ConformanceCase<PaymentsConformanceTarget>[] = [
  {
    id: 'X1',
    title: 'a signal that is aborted beforehand rejects with "aborted", and nothing is sent',
    run: (target) =>
      withSubject(target, async ({ provider, processor }) => {
        const options = { signal: AbortSignal.abort(), idempotencyKey: newKey() };
        await rejectsWith(provider.createPaymentIntent({ amount: eur(1) }, options), 'aborted', 'createPaymentIntent');
        await rejectsWith(provider.getCustomer('cus-1', options), 'aborted', 'getCustomer');
        checkEqual(processor.requests().length, 0, 'requests that reached the processor');
      }),
  },
  {
    id: 'X2',
    title: 'aborting a call in flight rejects at once with "aborted" and lets go of the request',
    run: (target) =>
      withSubject(target, async ({ provider, processor }) => {
        const stop = new AbortController();
        processor.hangNext();
        const answer = provider.getCustomer('cus-1', { signal: stop.signal });
        answer.catch(() => undefined);
        await until(() => processor.requests().length === 1, 'the request reaching the processor');
        stop.abort();
        await rejectsWith(within(ABORT_WITHIN_MS, answer, 'getCustomer after the abort'), 'aborted', 'getCustomer');
        await until(() => processor.openRequests() === 0, 'the request being let go');
      }),
  },
  {
    id: 'X3',
    title: 'timeoutMs ends a call to a processor that never answers; a write without a key is then "outcome_unknown"',
    run: (target) =>
      withSubject(target, async ({ provider, processor, advance }) => {
        const calls: readonly (readonly [string, string, () => Promise<unknown>])[] = [
          ['getCustomer', 'timeout', () => provider.getCustomer('cus-1', { timeoutMs: TIMEOUT_MS })],
          [
            'createPaymentIntent without a key',
            'outcome_unknown',
            () => provider.createPaymentIntent({ amount: eur(1) }, { timeoutMs: TIMEOUT_MS }),
          ],
        ];
        for (const [index, [name, code, call]] of calls.entries()) {
          processor.hangNext();
          const startedAt = performance.now();
          const answer = call();
          answer.catch(() => undefined);
          await until(() => processor.requests().length === index + 1, 'the request reaching the processor');
          if (advance !== undefined) {
            await advance(TIMEOUT_MS - 1);
            check(processor.openRequests() === 1, `${name}: ended before its time limit`);
            await advance(1);
          }
          await rejectsWith(within(TIMEOUT_MS * 1.1, answer, `${name} after its limit`), code, name);
          if (advance === undefined)
            check(performance.now() - startedAt >= TIMEOUT_MS * 0.9, `${name}: ended too early`);
          await until(() => processor.openRequests() === 0, 'the request being let go');
        }
      }),
  },
];
