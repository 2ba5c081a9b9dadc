import { assertNoCanary, type ConformanceCase, createCanary } from '@mortise/testing';
import { ABORT_WITHIN_MS, rejectionOf, rejectsWith, until, within } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import { type SmsConformanceTarget, withSubject } from '../conformance-target.ts';
import { effects, send } from './sample-calls.ts';

const TIMEOUT_MS = 200;
const PARALLEL_CALLS = 50;

/** What a status means, and whether the same call may succeed later. */
const STATUSES: readonly (readonly [number, string, boolean])[] = [
  [400, 'invalid_request', false],
  [401, 'unauthenticated', false],
  [403, 'forbidden', false],
  [404, 'not_found', false],
  [409, 'conflict', false],
  [429, 'rate_limited', true],
  [503, 'unavailable', true],
];

/** How any call ends, fails and is kept apart from others: `X1` to `X3`, `X10` to `X16`. */
export const callingCases: readonly ConformanceCase<SmsConformanceTarget>[] = [
  {
    id: 'X1',
    title: 'a signal that is aborted beforehand rejects with "aborted", and nothing is sent',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        await rejectsWith(send(provider, { signal: AbortSignal.abort() }), 'aborted', 'the call');
        checkEqual(service.requests(), 0, 'requests that reached the service');
      }),
  },
  {
    id: 'X2',
    title: 'aborting a call in flight rejects at once with "aborted" and lets go of the request',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        service.failNext({ type: 'hang' });
        const stop = new AbortController();
        const call = send(provider, { signal: stop.signal });
        call.catch(() => undefined);
        await until(() => service.requests() === 1, 'the request reaching the service');
        stop.abort();
        await rejectsWith(within(ABORT_WITHIN_MS, call, 'the call after the abort'), 'aborted', 'the call');
        await until(() => service.openRequests() === 0, 'the request being let go');
      }),
  },
  {
    id: 'X3',
    title: 'timeoutMs ends a call to a service that never answers with "timeout"',
    run: (target) =>
      withSubject(target, async ({ provider, service, advance }) => {
        service.failNext({ type: 'hang' });
        const startedAt = performance.now();
        const call = send(provider, { timeoutMs: TIMEOUT_MS });
        call.catch(() => undefined);
        await until(() => service.requests() === 1, 'the request reaching the service');
        if (advance !== undefined) {
          await advance(TIMEOUT_MS - 1);
          check(service.openRequests() === 1, 'the call ended before its time limit');
          await advance(1);
        }
        await rejectsWith(within(TIMEOUT_MS * 1.1, call, 'the call after its time limit'), 'timeout', 'the call');
        if (advance === undefined) check(performance.now() - startedAt >= TIMEOUT_MS * 0.9, 'it ended too early');
        await until(() => service.openRequests() === 0, 'the request being let go');
      }),
  },
  {
    id: 'X10',
    title:
      'one idempotency key means one effect and one result, also at the same time; another body follows onMismatch',
    requires: 'idempotency',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        const before = effects(service);
        const options = { idempotencyKey: 'key-1' };
        const [first, second] = await Promise.all([send(provider, options), send(provider, options)]);
        checkEqual(await send(provider, options), first, 'result of a later repeat');
        checkEqual(second, first, 'result of a repeat at the same time');
        checkEqual(effects(service) - before, 1, 'effects of three calls with one key');
        const other = send(provider, options, 'another text');
        if (provider.capabilities?.idempotency?.onMismatch === 'first-wins') {
          checkEqual(await other, first, 'result of another body under the key');
        } else await rejectsWith(other, 'conflict', 'another body under the key');
        checkEqual(effects(service) - before, 1, 'effects after another body under the key');
      }),
  },
  {
    id: 'X11',
    title: 'each failure of the service has its own code and retry advice, and a wait in seconds is passed on',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        for (const [status, code, retryable] of STATUSES) {
          service.failNext({ type: 'status', status, headers: status === 429 ? { 'retry-after': '7' } : {} });
          const error = await rejectionOf(send(provider, {}), `the call against status ${status}`);
          checkEqual([error.code, error.retryable], [code, retryable], `code and advice for status ${status}`);
          if (status === 429) checkEqual(error.retryAfterMs, 7000, 'wait that the service asked for');
        }
      }),
  },
  {
    id: 'X12',
    title: 'a write whose answer was lost is "outcome_unknown" without a key, and done once with one',
    requires: 'idempotency',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        service.failNext({ type: 'lost-answer' });
        await rejectsWith(send(provider, {}), 'outcome_unknown', 'a write without a key');
        const before = effects(service);
        service.failNext({ type: 'lost-answer' });
        const error = await rejectionOf(send(provider, { idempotencyKey: 'key-2' }), 'a write with a key');
        check(error.retryable, `a write with a key: expected an error that may be retried, got "${error.code}"`);
        await send(provider, { idempotencyKey: 'key-2' });
        checkEqual(effects(service) - before, 1, 'effects of a write and its repeat');
      }),
  },
  {
    id: 'X13',
    title: 'the credential appears in no result and no error, in whatever encoding',
    run: async (target) => {
      const credential = createCanary(undefined, 'token');
      await withSubject(
        target,
        async ({ provider, service }) => {
          assertNoCanary(await send(provider, {}), credential);
          checkEqual(service.credentials().at(-1), credential, 'credential that reached the service');
          for (const status of [401, 500]) {
            service.failNext({ type: 'status', status });
            assertNoCanary(await rejectionOf(send(provider, {}), `a call against status ${status}`), credential);
          }
        },
        credential,
      );
    },
  },
  {
    id: 'X15',
    title: 'calls in parallel do not mix, and two instances use their own credentials',
    run: (target) =>
      withSubject(
        target,
        async (first) => {
          const before = effects(first.service);
          const calls = Array.from({ length: PARALLEL_CALLS }, (_, index) => `text ${index}`);
          const results = await Promise.all(calls.map((text) => send(first.provider, {}, text)));
          checkEqual(
            new Set(results.map((result) => result.id)).size,
            PARALLEL_CALLS,
            'distinct ids of parallel calls',
          );
          checkEqual(effects(first.service) - before, PARALLEL_CALLS, 'effects of parallel calls');
          await withSubject(
            target,
            async (second) => {
              await send(second.provider, {});
              await send(first.provider, {});
              checkEqual(second.service.credentials().at(-1), 'second', 'credential of the second');
              checkEqual(first.service.credentials().at(-1), 'first', 'credential of the first');
            },
            'second',
          );
        },
        'first',
      ),
  },
  {
    id: 'X16',
    title: 'close() twice is fine, ends calls under way, and later calls are refused',
    requires: 'close',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        const close = (): Promise<void> => provider.close?.() ?? fail('close is declared but missing');
        service.failNext({ type: 'hang' });
        const call = send(provider, {});
        call.catch(() => undefined);
        await until(() => service.requests() === 1, 'the request reaching the service');
        await close();
        await close();
        await rejectionOf(within(ABORT_WITHIN_MS, call, 'the call under way'), 'the call under way');
        const late = within(ABORT_WITHIN_MS, send(provider, {}), 'a call after close()');
        await rejectionOf(late, 'a call after close()');
        checkEqual(service.requests(), 1, 'requests that reached the service');
      }),
  },
];
