import type { ConformanceCase } from '@mortise/testing';
import { ask, drain, rejectionOf, withSubject } from '../case-tools.ts';
import { checkEqual } from '../conformance-failure.ts';
import type { LLMConformanceTarget } from '../conformance-target.ts';

/** Status, headers, then what the error must say; where the advice is undefined, it is the vendor's to say. */
const ERROR_TABLE: readonly (readonly [
  status: number,
  headers: Readonly<Record<string, string>>,
  code: string,
  retry: string | undefined,
  retryAfterMs?: number,
])[] = [
  [400, {}, 'invalid_request', 'never'],
  [401, {}, 'unauthenticated', 'never'],
  [403, {}, 'forbidden', 'never'],
  [404, {}, 'not_found', 'never'],
  [409, {}, 'conflict', undefined],
  [412, {}, 'precondition_failed', 'never'],
  [422, {}, 'invalid_request', 'never'],
  [429, { 'retry-after': '7' }, 'rate_limited', 'throttled', 7000],
  [429, { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 'rate_limited', 'throttled', 0],
  [429, {}, 'rate_limited', 'throttled'],
  [500, {}, 'provider_error', 'transient'],
  [503, {}, 'unavailable', 'transient'],
  [503, { 'retry-after': '2' }, 'unavailable', 'throttled', 2000],
];

/** What only HTTP can show: `X11`. */
export const httpCases: readonly ConformanceCase<LLMConformanceTarget>[] = [
  {
    id: 'X11',
    title: 'each status gives its code, its retry advice and the wait that the service asks for',
    requires: 'http',
    run: async (target) => {
      for (const [status, headers, code, retry, retryAfterMs] of ERROR_TABLE) {
        await withSubject(target, { steps: [{ type: 'fail', status, headers }] }, async ({ provider }) => {
          const error = await rejectionOf(provider.chat(ask('go')), `chat() against status ${status}`);
          const expected = { code, retry, httpStatus: status, retryAfterMs };
          checkEqual(pick(error, retry), expected, `chat() against status ${status}`);
          const { error: streamed } = await drain(provider.stream(ask('go')));
          checkEqual(pick(streamed, retry), expected, `stream() against status ${status}`);
        });
      }
    },
  },
];

function pick(error: unknown, wanted: string | undefined): unknown {
  const { code, retry, httpStatus, retryAfterMs } = Object(error);
  return { code, retry: wanted === undefined ? wanted : retry, httpStatus, retryAfterMs };
}
