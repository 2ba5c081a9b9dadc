import { assertNoCanary, type ConformanceCase, createCanary } from '@mortise/testing';
import { IntegrationError } from '@mortise/core';
import type { MeetingRecorderProvider } from '../../meeting-recorder-provider.ts';
import { check, checkEqual } from '../conformance-failure.ts';
import type { MeetingRecorderConformanceTarget } from '../conformance-target.ts';
import { ABORT_WITHIN_MS, deepFreeze, rejectsWith, until, within } from '../expectations.ts';
import { BARE, manyMeetings, STANDUP } from '../sample-meetings.ts';
import { of, TENANT, withSubject } from '../with-subject.ts';

type Case = ConformanceCase<MeetingRecorderConformanceTarget>;

const TIME_LIMIT_MS = 200;
const PARALLEL_CALLS = 50;
const ODD_TEXT = `👩‍👩‍👧 ‮עברית‬ é ${'x'.repeat(10_000)} "quoted" \\ </v>`;

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
      withSubject(target, async ({ provider, requests }) => {
        const signal = AbortSignal.abort();
        await rejectsWith(provider.getMeeting(of(BARE.id), { signal }), 'aborted', 'getMeeting');
        await rejectsWith(provider.listMeetings({ tenantId: TENANT }, { signal }), 'aborted', 'listMeetings');
        await rejectsWith(provider.getTranscript(of(STANDUP.id), { signal }), 'aborted', 'getTranscript');
        checkEqual(requests(), 0, 'requests that were sent');
      }),
  },
  {
    id: 'X2',
    title: 'aborting a call under way ends it at once and leaves nothing open',
    run: (target) =>
      withSubject(target, async ({ provider, hold, openRequests }) => {
        hold();
        const controller = new AbortController();
        const call = provider.getTranscript(of(STANDUP.id), { signal: controller.signal });
        await until(() => openRequests() === 1, 'the request');
        controller.abort();
        await within(ABORT_WITHIN_MS, rejectsWith(call, 'aborted', 'getTranscript'), 'after the abort');
        await until(() => openRequests() === 0, 'the end of the request');
      }),
  },
  {
    id: 'X3',
    title: 'a time limit ends a call that is never answered',
    run: (target) =>
      withSubject(target, async ({ provider, hold, advance, openRequests }) => {
        hold();
        const call = rejectsWith(
          provider.getMeeting(of(BARE.id), { timeoutMs: TIME_LIMIT_MS }),
          'timeout',
          'getMeeting',
        );
        await until(() => openRequests() === 1, 'the request');
        await advance?.(TIME_LIMIT_MS);
        await within(2 * TIME_LIMIT_MS, call, 'after the time limit');
      }),
  },
  {
    id: 'X8',
    title: 'what the caller passes is not changed',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const options = deepFreeze({ headers: { 'x-test': '1' }, providerOptions: { test: { nested: [1] } } });
        await provider.listMeetings(deepFreeze({ tenantId: TENANT, pageSize: 2 }), options);
        await provider.getMeeting(deepFreeze(of(STANDUP.id)), options);
        await provider.getTranscript(deepFreeze({ ...of(STANDUP.id), includeSegments: true }), options);
      }),
  },
  {
    id: 'X11',
    title: 'each failure of the service has the right code and advice',
    run: (target) =>
      withSubject(target, async ({ provider, answerNextWith }) => {
        for (const [status, code, retryable] of STATUSES) {
          answerNextWith(status);
          const error = await rejectsWith(provider.getMeeting(of(BARE.id)), code, `status ${status}`);
          checkEqual(error.retryable, retryable, `retryable of status ${status}`);
        }
      }),
  },
  {
    id: 'X13',
    title: 'the credential appears in no result and no error, in whatever encoding',
    run: async (target) => {
      const credential = createCanary(undefined, 'token');
      await withSubject(
        target,
        async ({ provider, answerNextWith }) => {
          assertNoCanary(await provider.listMeetings({ tenantId: TENANT }), credential);
          assertNoCanary(await provider.getTranscript(of(STANDUP.id)), credential);
          for (const status of [401, 500]) {
            answerNextWith(status);
            const error: unknown = await provider.getMeeting(of(BARE.id)).catch((reason: unknown) => reason);
            assertNoCanary(error, credential);
          }
        },
        { credential },
      );
    },
  },
  {
    id: 'X15',
    title: 'calls in parallel get their own answers',
    run: (target) =>
      withSubject(
        target,
        async ({ provider }) => {
          const ids = manyMeetings(PARALLEL_CALLS).map(({ id }) => id);
          const meetings = await Promise.all(ids.map((id) => provider.getMeeting(of(id))));
          checkEqual(
            meetings.map(({ externalId }) => externalId),
            ids,
            'meetings of parallel calls',
          );
        },
        { meetings: manyMeetings(PARALLEL_CALLS) },
      ),
  },
  {
    id: 'X16',
    title: 'closing twice is fine, and a closed provider refuses calls',
    requires: 'close',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        await provider.close?.();
        await provider.close?.();
        await rejectsWith(provider.getMeeting(of(BARE.id)), ['invalid_request', 'unavailable'], 'a call after close');
      }),
  },
  {
    id: 'X18',
    title: 'emoji, right-to-left text, combining marks and long text pass unchanged',
    run: (target) =>
      withSubject(
        target,
        async ({ provider }) => {
          checkEqual((await provider.getMeeting(of('m-odd'))).title, ODD_TEXT, 'title');
          checkEqual((await provider.getTranscript(of('m-odd'))).segments?.[0]?.text, ODD_TEXT, 'text of the segment');
        },
        {
          meetings: [
            {
              id: 'm-odd',
              title: ODD_TEXT,
              recordingStartAt: '2026-01-01T00:00:00.000Z',
              transcript: 'ready',
              utterances: [{ text: ODD_TEXT, startMs: 0 }],
            },
          ],
        },
      ),
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
            (done) => done,
            (reason: unknown) => reason,
          );
          const isMissing = error === MISSING || (IntegrationError.is(error) && error.code === 'unsupported');
          checkEqual(!isMissing, methods[name] !== 'none', `${name} is declared "${methods[name]}"; that it works`);
        }
        check(
          Object.keys(methods).length > 0 || provider.capabilities === undefined,
          'the provider declares no methods',
        );
      }),
  },
];

const MISSING = Symbol('missing');

const OPTIONAL = [
  ['leave', async (provider: MeetingRecorderProvider) => provider.leave?.(of(STANDUP.id)) ?? MISSING],
  ['pause', async (provider: MeetingRecorderProvider) => provider.pause?.(of(STANDUP.id)) ?? MISSING],
  ['resume', async (provider: MeetingRecorderProvider) => provider.resume?.(of(STANDUP.id)) ?? MISSING],
  ['deleteMedia', async (provider: MeetingRecorderProvider) => provider.deleteMedia?.(of(BARE.id)) ?? MISSING],
  ['getMedia', async (provider: MeetingRecorderProvider) => provider.getMedia?.(of(STANDUP.id), 'video') ?? MISSING],
  ['listChanges', async (provider: MeetingRecorderProvider) => provider.listChanges?.({ tenantId: TENANT }) ?? MISSING],
  ['listWebhooks', async (provider: MeetingRecorderProvider) => provider.listWebhooks?.() ?? MISSING],
] as const;
