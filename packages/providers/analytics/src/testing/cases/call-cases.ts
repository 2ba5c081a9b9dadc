import { assertNoCanary, type ConformanceCase, createCanary } from '@mortise/testing';
import { IntegrationError } from '@mortise/core';
import type { AnalyticsProvider } from '../../analytics-provider.ts';
import { checkEqual } from '../conformance-failure.ts';
import type { AnalyticsConformanceTarget } from '../conformance-target.ts';
import { ABORT_WITHIN_MS, deepFreeze, rejectsWith, until, within } from '../expectations.ts';
import { flush, newlyRecorded, withSubject } from '../with-subject.ts';

type Case = ConformanceCase<AnalyticsConformanceTarget>;

const TIME_LIMIT_MS = 200;
const READ = { method: 'GET', path: '/api/events' } as const;
const ODD_TEXT = `👩‍👩‍👧 ‮עברית‬ é "quoted" \\ \u0000 ${'x'.repeat(10_000)}`;

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
      withSubject(target, async (subject) => {
        const signal = AbortSignal.abort();
        await rejectsWith(subject.provider.request(READ, { signal }), 'aborted', 'request');
        await rejectsWith(subject.provider.capture({ distinctId: 'p', event: 'e' }, { signal }), 'aborted', 'capture');
        await flush(subject);
        checkEqual([subject.requests(), newlyRecorded(subject)], [0, []], 'requests and recorded events');
      }),
  },
  {
    id: 'X2',
    title: 'aborting a call under way ends it at once and leaves nothing open',
    run: (target) =>
      withSubject(target, async ({ provider, hold, openRequests }) => {
        hold();
        const controller = new AbortController();
        const call = rejectsWith(provider.request(READ, { signal: controller.signal }), 'aborted', 'request');
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
        const call = rejectsWith(provider.request(READ, { timeoutMs: TIME_LIMIT_MS }), 'timeout', 'request');
        await until(() => openRequests() === 1, 'the request');
        await advance?.(TIME_LIMIT_MS);
        await within(2 * TIME_LIMIT_MS, call, 'after the time limit');
      }),
  },
  {
    id: 'X8',
    title: 'what the caller passes is not changed, nor is what it changes afterwards sent',
    run: (target) =>
      withSubject(target, async (subject) => {
        await subject.provider.capture(
          deepFreeze({ distinctId: 'p', event: 'frozen', properties: { list: [{ a: 1 }] } }),
        );
        const properties = { amount: 1 };
        await subject.provider.capture({ distinctId: 'p', event: 'changed', properties });
        properties.amount = 2;
        await flush(subject);
        checkEqual(
          newlyRecorded(subject).map((event) => event.properties),
          [{ list: [{ a: 1 }] }, { amount: 1 }],
          'recorded properties',
        );
      }),
  },
  {
    id: 'X11',
    title: 'each failure of the service rejects with the right code and advice, and is no data',
    run: (target) =>
      withSubject(target, async ({ provider, answerNextWith }) => {
        for (const [status, code, retryable] of STATUSES) {
          answerNextWith(status);
          const error = await rejectsWith(provider.request(READ), code, `status ${status}`);
          checkEqual(error.retryable, retryable, `retryable of status ${status}`);
        }
      }),
  },
  {
    id: 'X13',
    title: 'the credential appears in no result and no error, in whatever encoding',
    run: (target) => {
      const credential = createCanary(undefined, 'token');
      return withSubject(
        target,
        async ({ provider, answerNextWith }) => {
          assertNoCanary(await provider.request(READ), credential);
          for (const status of [401, 500]) {
            answerNextWith(status);
            const error: unknown = await provider.request(READ).catch((reason: unknown) => reason);
            assertNoCanary(error, credential);
          }
        },
        credential,
      );
    },
  },
  {
    id: 'X18',
    title: 'emoji, right-to-left text, NUL and long text are recorded unchanged',
    run: (target) =>
      withSubject(target, async (subject) => {
        await subject.provider.capture({ distinctId: ODD_TEXT, event: ODD_TEXT, properties: { [ODD_TEXT]: ODD_TEXT } });
        await flush(subject);
        const [recorded] = newlyRecorded(subject);
        checkEqual(
          [recorded?.distinctId, recorded?.event, recorded?.properties],
          [ODD_TEXT, ODD_TEXT, { [ODD_TEXT]: ODD_TEXT }],
          'recorded texts',
        );
      }),
  },
  {
    id: 'X20',
    title: 'a method declared as missing is missing, or rejects with "unsupported"',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const methods = provider.capabilities?.methods ?? {};
        for (const [name, call] of OPTIONAL) {
          if (methods[name] === undefined) continue;
          const error: unknown = await call(provider).then(
            (done: unknown) => done,
            (reason: unknown) => reason,
          );
          const isMissing = error === MISSING || (IntegrationError.is(error) && error.code === 'unsupported');
          checkEqual(!isMissing, methods[name] !== 'none', `${name} is declared "${methods[name]}"; that it works`);
        }
      }),
  },
];

const MISSING = Symbol('missing');
const TREND = { kind: 'trend', events: [{ event: 'viewed' }], interval: 'day', dateRange: {} } as const;

const OPTIONAL = [
  ['queryHogQL', async (provider: AnalyticsProvider) => provider.queryHogQL?.({ query: 'select 1' }) ?? MISSING],
  [
    'query',
    async (provider: AnalyticsProvider) => provider.query?.({ language: 'sql', statement: 'select 1' }) ?? MISSING,
  ],
  ['runInsight', async (provider: AnalyticsProvider) => provider.runInsight?.(TREND) ?? MISSING],
  ['callMcpTool', async (provider: AnalyticsProvider) => provider.callMcpTool?.({ name: 'x' }) ?? MISSING],
  ['getPersons', async (provider: AnalyticsProvider) => provider.getPersons?.({}) ?? MISSING],
  ['deletePerson', async (provider: AnalyticsProvider) => provider.deletePerson?.('nobody') ?? MISSING],
] as const;
