import { assertNoCanary, type ConformanceCase, createCanary } from '@mortise/testing';
import { checkEqual } from '../conformance-failure.ts';
import type { ToolGatewayConformanceTarget } from '../conformance-target.ts';
import { ABORT_WITHIN_MS, deepFreeze, rejectsWith, until, within } from '../expectations.ts';
import { SAY, withSubject } from '../with-subject.ts';

type Case = ConformanceCase<ToolGatewayConformanceTarget>;

const TIME_LIMIT_MS = 200;
const PARALLEL_CALLS = 50;

/** What each status must become, and whether trying again can help. */
const STATUSES = [
  [400, 'invalid_request', false],
  [401, 'unauthenticated', false],
  [403, 'forbidden', false],
  [404, 'not_found', false],
  [429, 'rate_limited', true],
  [503, 'unavailable', true],
] as const;

/** The checks for all domains that apply to calls as such. */
export const callCases: readonly Case[] = [
  {
    id: 'X1',
    title: 'a signal that was aborted beforehand sends nothing',
    run: (target) =>
      withSubject(target, async ({ provider, connect, requests, runs }) => {
        connect('user-1', 'chat');
        const before = requests();
        const signal = AbortSignal.abort();
        await rejectsWith(provider.execute(SAY, { signal }), 'aborted', 'execute');
        await rejectsWith(provider.listTools({}, { signal }), 'aborted', 'listTools');
        checkEqual([requests() - before, runs().length], [0, 0], 'requests and runs');
      }),
  },
  {
    id: 'X2',
    title: 'aborting a call under way ends it at once and leaves nothing open',
    run: (target) =>
      withSubject(target, async ({ provider, hold, openRequests }) => {
        hold();
        const controller = new AbortController();
        const call = rejectsWith(provider.listToolkits({}, { signal: controller.signal }), 'aborted', 'listToolkits');
        await until(() => openRequests() === 1, 'the request');
        controller.abort();
        await within(ABORT_WITHIN_MS, call, 'after the abort');
        await until(() => openRequests() === 0, 'the end of the request');
      }),
  },
  {
    id: 'X3',
    title: 'a time limit ends a call that is never answered',
    run: (target) =>
      withSubject(target, async ({ provider, hold, advance, openRequests }) => {
        hold();
        const call = rejectsWith(provider.listToolkits({}, { timeoutMs: TIME_LIMIT_MS }), 'timeout', 'listToolkits');
        await until(() => openRequests() === 1, 'the request');
        await advance?.(TIME_LIMIT_MS);
        await within(2 * TIME_LIMIT_MS, call, 'after the time limit');
      }),
  },
  {
    id: 'X8',
    title: 'what the caller passes is not changed',
    run: (target) =>
      withSubject(target, async ({ provider, connect }) => {
        connect('user-1', 'chat');
        await provider.execute(deepFreeze({ ...SAY, arguments: { text: 'frozen' } }));
        await provider.listTools(deepFreeze({ toolkits: ['chat'] }));
      }),
  },
  {
    id: 'X11',
    title: 'each failure of the gateway has the right code and advice',
    run: (target) =>
      withSubject(target, async ({ provider, answerNextWith }) => {
        for (const [status, code, retryable] of STATUSES) {
          answerNextWith(status);
          const error = await rejectsWith(provider.listToolkits(), code, `status ${status}`);
          checkEqual(error.retryable, retryable, `retryable of status ${status}`);
        }
      }),
  },
  {
    id: 'X12',
    title: 'a run whose answer was lost is outcome_unknown, is not repeated, and may not be retried blindly',
    run: (target) =>
      withSubject(target, async ({ provider, connect, loseNextAnswer, runs }) => {
        connect('user-1', 'chat');
        loseNextAnswer();
        const error = await rejectsWith(provider.execute(SAY), 'outcome_unknown', 'a lost answer');
        checkEqual([error.retryable, runs().length], [false, 1], 'retry advice and runs');
      }),
  },
  {
    id: 'X13',
    title: 'the key of the gateway appears in no result and no error, in whatever encoding',
    run: (target) => {
      const credential = createCanary(undefined, 'token');
      return withSubject(
        target,
        async ({ provider, connect, answerNextWith }) => {
          connect('user-1', 'chat');
          assertNoCanary(await provider.execute(SAY), credential);
          assertNoCanary(
            await provider.connections.initiate({ toolkit: 'chat', userId: 'u', callbackUrl: 'https://x.example' }),
            credential,
          );
          for (const status of [401, 500]) {
            answerNextWith(status);
            const error: unknown = await provider.listToolkits().catch((reason: unknown) => reason);
            assertNoCanary(error, credential);
          }
        },
        credential,
      );
    },
  },
  {
    id: 'X15',
    title: 'runs in parallel get their own results, each for its own user',
    run: (target) =>
      withSubject(target, async ({ provider, connect, runs }) => {
        const users = Array.from({ length: PARALLEL_CALLS }, (_, index) => `user-${index}`);
        const accounts = users.map((userId) => connect(userId, 'chat'));
        const results = await Promise.all(
          users.map((userId) => provider.execute({ ...SAY, userId, arguments: { text: userId } })),
        );
        checkEqual(
          results.map(({ data }) => data),
          users.map((text) => ({ text })),
          'data of parallel runs',
        );
        const used = new Map(runs().map(({ userId, connectionId }) => [userId, connectionId]));
        checkEqual(
          users.map((userId) => used.get(userId)),
          accounts,
          'accounts that were used',
        );
      }),
  },
  {
    id: 'X16',
    title: 'closing twice is fine, and a closed provider refuses calls',
    requires: 'close',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        await provider.close?.();
        await provider.close?.();
        await rejectsWith(provider.listToolkits(), ['invalid_request', 'unavailable'], 'a call after close');
      }),
  },
];
