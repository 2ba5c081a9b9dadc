import type { ConformanceCase } from '@mortise/testing';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { AnalyticsConformanceTarget } from '../conformance-target.ts';
import { rejectsWith } from '../expectations.ts';
import { flush, MAX_QUEUED, newlyRecorded, withSubject } from '../with-subject.ts';

type Case = ConformanceCase<AnalyticsConformanceTarget>;

const names = (events: readonly { readonly event: string }[]): string[] => events.map(({ event }) => event);

/** `analytics.1` to `.6` and `.12`: what becomes of events. */
export const writerCases: readonly Case[] = [
  {
    id: 'analytics.1',
    title: 'an event is recorded once, although its first answer was lost and the caller sends it again',
    run: (target) =>
      withSubject(target, async (subject) => {
        subject.loseNextAnswer?.();
        await subject.provider.capture({ distinctId: 'p', event: 'paid', messageId: 'm-1' });
        await flush(subject);
        await subject.provider.capture({ distinctId: 'p', event: 'paid', messageId: 'm-1' });
        await subject.provider.capture({ distinctId: 'p', event: 'paid', messageId: 'm-2' });
        await flush(subject);
        checkEqual(names(newlyRecorded(subject)), ['paid', 'paid'], 'recorded events of two ids');
      }),
  },
  {
    id: 'analytics.2',
    title: 'events of a person are recorded in the order in which they were captured',
    run: (target) =>
      withSubject(target, async (subject) => {
        const steps = Array.from({ length: 40 }, (_, index) => `step-${index}`);
        for (const event of steps) await subject.provider.capture({ distinctId: 'p', event });
        await flush(subject);
        checkEqual(names(newlyRecorded(subject)), steps, 'recorded events');
      }),
  },
  {
    id: 'analytics.3',
    title:
      'closing sends what is queued and says that nothing is left; with no answer, it ends in time and says what is',
    requires: 'close',
    run: async (target) => {
      await withSubject(target, async (subject) => {
        await subject.provider.capture({ distinctId: 'p', event: 'last' });
        const report = (await subject.provider.close?.()) ?? fail('close is declared but missing');
        checkEqual(names(newlyRecorded(subject)), ['last'], 'recorded events after close');
        checkEqual(report.pending, 0, 'pending after close');
        await rejectsWith(
          subject.provider.capture({ distinctId: 'p', event: 'late' }),
          'invalid_request',
          'a late event',
        );
      });
      await withSubject(target, async (subject) => {
        if (subject.provider.delivery !== 'queued') return;
        await subject.provider.capture({ distinctId: 'p', event: 'stuck' });
        subject.hold();
        const closing = subject.provider.close?.({ timeoutMs: 100 });
        await subject.advance?.(100);
        checkEqual((await closing)?.pending, 1, 'pending after a close without an answer');
      });
    },
  },
  {
    id: 'analytics.4',
    title: 'a full queue stays within its bounds, and what is dropped is counted',
    requires: 'queue',
    run: (target) =>
      withSubject(target, async (subject) => {
        for (let index = 0; index < 2 * MAX_QUEUED; index += 1) {
          await subject.provider.capture({ distinctId: 'p', event: `e-${index}` });
        }
        const report = (await subject.provider.flush?.()) ?? fail('flush is declared but missing');
        checkEqual({ ...report }, { sent: MAX_QUEUED, dropped: MAX_QUEUED, pending: 0 }, 'report of the queue');
        checkEqual(newlyRecorded(subject).length, MAX_QUEUED, 'recorded events');
      }),
  },
  {
    id: 'analytics.5',
    title: 'an event that cannot be sent as it is, is refused by name',
    run: (target) =>
      withSubject(target, async (subject) => {
        const cyclic: Record<string, unknown> = {};
        cyclic['self'] = cyclic;
        const bad: Record<string, Record<string, unknown>> = {
          'a function': { callback: () => 1 },
          'a cycle': cyclic,
          'a big integer': { big: 10n },
          'no number': { value: Number.NaN },
          'a megabyte': { text: 'x'.repeat(1_100_000) },
        };
        for (const [what, properties] of Object.entries(bad)) {
          const call = subject.provider.capture({ distinctId: 'p', event: 'bad', properties });
          const error = await rejectsWith(call, 'invalid_request', what);
          check(error.field?.startsWith('properties') === true, `${what}: the error names no field`);
        }
        await flush(subject);
        checkEqual(newlyRecorded(subject), [], 'recorded events');
      }),
  },
  {
    id: 'analytics.6',
    title: 'timestamps keep their milliseconds, and a future one stays in the future',
    run: (target) =>
      withSubject(target, async (subject) => {
        const times = ['2026-03-29T00:59:59.999Z', '2042-01-01T00:00:00.001Z', '1999-12-31T23:59:59.123Z'];
        for (const time of times) {
          await subject.provider.capture({ distinctId: 'p', event: 'timed', timestamp: new Date(time) });
        }
        await flush(subject);
        checkEqual(
          newlyRecorded(subject).map(({ timestamp }) => Date.parse(timestamp)),
          times.map((time) => Date.parse(time)),
          'recorded times',
        );
      }),
  },
  {
    id: 'analytics.12',
    title: 'a person who opted out sends nothing, without an error',
    run: (target) =>
      withSubject(target, async (subject) => {
        if (subject.optOut === undefined) return;
        subject.optOut('shy');
        await subject.provider.capture({ distinctId: 'shy', event: 'seen' });
        await subject.provider.capture({ distinctId: 'open', event: 'seen' });
        await flush(subject);
        checkEqual(
          newlyRecorded(subject).map(({ distinctId }) => distinctId),
          ['open'],
          'people of whom events were recorded',
        );
      }),
  },
];
