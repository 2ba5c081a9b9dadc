import type { CallOptions } from '@mortise/core';
import { assertNoCanary, type ConformanceCase, createCanary } from '@mortise/testing';
import { ABORT_WITHIN_MS, elapse, rejectionOf, rejectsWith, SETUP, until, using, within } from '../case-tools.ts';
import { check, checkEqual } from '../conformance-failure.ts';
import type { VideoGenerationTarget } from '../conformance-target.ts';
import type { VideoGenerationProvider } from '../../generation/video-generation-provider.ts';

const TIMEOUT_MS = 200;
/** Time limits may be missed by a tenth. */
const EARLY_MS = TIMEOUT_MS * 0.8;
const LATE_MS = TIMEOUT_MS * 0.3;

/** What the server says, what the call must end with, and whether trying again can help. */
const STATUSES = [
  { status: 401, code: 'unauthenticated', isRetryable: false },
  { status: 403, code: 'forbidden', isRetryable: false },
  { status: 404, code: 'not_found', isRetryable: false },
  { status: 429, code: 'rate_limited', isRetryable: true, retryAfterSeconds: 7 },
  { status: 503, code: 'unavailable', isRetryable: true },
] as const;

/** A provider's main method, called in an ordinary way. */
type Call = (
  provider: VideoGenerationProvider,
  target: VideoGenerationTarget,
  options?: CallOptions,
) => Promise<unknown>;

/** Checks that hold for any method that asks a service and waits: `X1` to `X3`, `X11`, `X13`, `X15`, `X16`. */
export function callCases(call: Call): ConformanceCase<VideoGenerationTarget>[] {
  return [...endingCases(call), ...answerCases(call)];
}

/** How a call ends before its answer: `X1` to `X3`. */
function endingCases(call: Call): ConformanceCase<VideoGenerationTarget>[] {
  return [
    {
      id: 'X1',
      title: 'a signal aborted beforehand rejects with "aborted" and sends nothing',
      run: (target) =>
        using(target.open(SETUP), async ({ provider, requests }) => {
          await rejectsWith(() => call(provider, target, { signal: AbortSignal.abort() }), ['aborted'], 'the call');
          checkEqual(requests().length, 0, 'requests sent');
        }),
    },
    {
      id: 'X2',
      title: 'aborting in flight rejects at once and closes the request',
      run: (target) =>
        using(target.open({ ...SETUP, server: 'hangs' }), async ({ provider, openRequests }) => {
          const stop = new AbortController();
          const running = rejectionOf(() => call(provider, target, { signal: stop.signal }), 'the aborted call');
          await until(() => openRequests() === 1, 'the request');
          stop.abort();
          const error = await within(ABORT_WITHIN_MS, running, 'the rejection after an abort');
          checkEqual(error.code, 'aborted', 'code of the aborted call');
          await until(() => openRequests() === 0, 'the end of the request');
        }),
    },
    {
      id: 'X3',
      title: '"timeoutMs" ends a call that is never answered, neither early nor late',
      run: (target) =>
        using(target.open({ ...SETUP, server: 'hangs' }), async (subject) => {
          let isOver = false;
          const running = rejectionOf(
            () => call(subject.provider, target, { timeoutMs: TIMEOUT_MS }),
            'the call with a time limit',
          ).finally(() => {
            isOver = true;
          });
          await until(() => subject.openRequests() === 1, 'the request');
          await elapse(subject, EARLY_MS);
          check(!isOver, `the call with timeoutMs ${TIMEOUT_MS} ended before ${EARLY_MS} ms`);
          await elapse(subject, LATE_MS);
          checkEqual((await within(1000, running, 'the time limit')).code, 'timeout', 'code of the late call');
        }),
    },
  ];
}

/** What comes back, and to whom: `X11`, `X13`, `X15`, `X16`. */
function answerCases(call: Call): ConformanceCase<VideoGenerationTarget>[] {
  return [
    {
      id: 'X11',
      title: 'a refusal gives the code, the retry advice and the wait that its status stands for',
      requires: 'http',
      run: async (target) => {
        for (const { code, isRetryable, ...server } of STATUSES) {
          await using(target.open({ ...SETUP, server }), async ({ provider }) => {
            const error = await rejectionOf(() => call(provider, target), `status ${server.status}`);
            checkEqual(error.code, code, `code for status ${server.status}`);
            checkEqual(error.retry !== 'never', isRetryable, `whether status ${server.status} can be retried`);
            if ('retryAfterSeconds' in server) checkEqual(error.retryAfterMs, 7000, 'wait that the server asked for');
          });
        }
      },
    },
    {
      id: 'X13',
      title: 'the credential appears in no result and no error, in whatever encoding',
      run: async (target) => {
        const credential = createCanary(undefined, 'token');
        await using(target.open({ ...SETUP, credential }), async ({ provider, requests }) => {
          assertNoCanary(await call(provider, target), credential);
          checkEqual(requests()[0]?.credential, credential, 'credential that reached the service');
        });
        await using(target.open({ credential, server: { status: 401 } }), async ({ provider }) => {
          const outcome = await call(provider, target).catch((error: unknown) => error);
          assertNoCanary(outcome, credential);
        });
      },
    },
    {
      id: 'X15',
      title: 'two instances keep their credentials apart',
      run: (target) =>
        using(target.open({ ...SETUP, credential: 'first' }), (first) =>
          using(target.open({ ...SETUP, credential: 'second' }), async (second) => {
            await call(second.provider, target);
            await call(first.provider, target);
            checkEqual(
              first.requests().map(({ credential }) => credential),
              ['first'],
              'credentials of the first',
            );
            checkEqual(
              second.requests().map(({ credential }) => credential),
              ['second'],
              'credentials of the second',
            );
          }),
        ),
    },
    {
      id: 'X16',
      title: 'closing twice is fine, and use after it is a clear error',
      requires: 'close',
      run: (target) =>
        using(target.open(SETUP), async ({ provider }) => {
          await provider.close?.();
          await provider.close?.();
          await rejectsWith(() => call(provider, target), ['invalid_request'], 'a call after close()');
        }),
    },
  ];
}
