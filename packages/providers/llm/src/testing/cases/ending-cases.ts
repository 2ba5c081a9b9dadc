import { IntegrationError } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import {
  ABORT_WITHIN_MS,
  ask,
  describeError,
  drain,
  rejectionOf,
  rejectsWith,
  until,
  within,
  withSubject,
} from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { LLMConformanceTarget } from '../conformance-target.ts';
import { SIMPLE_ANSWER } from '../sample-answers.ts';
import type { ScriptedAnswer } from '../scripted-answer.ts';

const HANGING: ScriptedAnswer = { steps: [{ type: 'hang' }] };
const TIMEOUT_MS = 200;

/** How calls end before their answer does: `X1` to `X4` and `X16`. */
export const endingCases: readonly ConformanceCase<LLMConformanceTarget>[] = [
  {
    id: 'X1',
    title: 'a signal that is aborted beforehand rejects with "aborted", and nothing is sent',
    run: (target) =>
      withSubject(target, SIMPLE_ANSWER, async ({ provider, requests }) => {
        const signal = AbortSignal.abort();
        await rejectsWith(provider.chat(ask('go'), { signal }), 'aborted', 'chat()');
        const { error } = await drain(provider.stream(ask('go'), { signal }));
        check(IntegrationError.is(error) && error.code === 'aborted', 'stream() did not throw "aborted"');
        checkEqual(requests().length, 0, 'requests that reached the model');
      }),
  },
  {
    id: 'X2',
    title: 'aborting a call in flight rejects at once with "aborted" and lets go of the request',
    run: (target) =>
      withSubject(target, HANGING, async ({ provider, requests, openRequests }) => {
        const stop = new AbortController();
        const answer = provider.chat(ask('go'), { signal: stop.signal });
        answer.catch(() => undefined);
        await until(() => requests().length === 1, 'the request reaching the model');
        stop.abort();
        await rejectsWith(within(ABORT_WITHIN_MS, answer, 'chat() after the abort'), 'aborted', 'chat()');
        await until(() => openRequests() === 0, 'the request being let go');
      }),
  },
  {
    id: 'X3',
    title: 'timeoutMs ends a call to a model that never answers with "timeout"',
    run: (target) =>
      withSubject(target, HANGING, async ({ provider, requests, openRequests, advance }) => {
        const startedAt = performance.now();
        const answer = provider.chat(ask('go'), { timeoutMs: TIMEOUT_MS });
        answer.catch(() => undefined);
        await until(() => requests().length === 1, 'the request reaching the model');
        if (advance !== undefined) {
          await advance(TIMEOUT_MS - 1);
          check(openRequests() === 1, 'the call ended before its time limit');
          await advance(1);
        }
        await rejectsWith(within(TIMEOUT_MS * 1.1, answer, 'chat() after its time limit'), 'timeout', 'chat()');
        if (advance === undefined) check(performance.now() - startedAt >= TIMEOUT_MS * 0.9, 'the call ended too early');
        await until(() => openRequests() === 0, 'the request being let go');
      }),
  },
  {
    id: 'X4',
    title: 'leaving a stream early lets go of the request; a second iteration throws instead of hanging',
    run: (target) =>
      withSubject(
        target,
        { steps: [{ type: 'text', deltas: ['one ', 'two '] }, { type: 'hang' }] },
        async ({ provider, openRequests }) => {
          const chunks = provider.stream(ask('go'));
          for await (const chunk of chunks) if (chunk.type === 'message_delta') break;
          await until(() => openRequests() === 0, 'the request being let go');
          const second = drain(chunks);
          const { items, error } = await within(ABORT_WITHIN_MS, second, 'the second iteration');
          check(
            IntegrationError.is(error) && items.length === 0,
            `a second iteration: expected an IntegrationError, got ${error === undefined ? 'an empty stream' : describeError(error)}`,
          );
        },
      ),
  },
  {
    id: 'X16',
    title: 'close() twice is fine, ends calls under way, and later calls are refused',
    requires: 'close',
    run: (target) =>
      withSubject(target, HANGING, async ({ provider, requests, openRequests }) => {
        const close = (): Promise<void> => provider.close?.() ?? fail('close is declared but missing');
        const answer = provider.chat(ask('go'));
        answer.catch(() => undefined);
        await until(() => requests().length === 1, 'the request reaching the model');
        await close();
        await close();
        await rejectionOf(within(ABORT_WITHIN_MS, answer, 'the call under way'), 'the call under way');
        await until(() => openRequests() === 0, 'the request being let go');
        const late = provider.chat(ask('go'));
        await rejectionOf(within(ABORT_WITHIN_MS, late, 'a call after close()'), 'a call after close()');
        checkEqual(requests().length, 1, 'requests that reached the model');
      }),
  },
];
