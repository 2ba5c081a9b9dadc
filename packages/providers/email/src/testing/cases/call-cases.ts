import { assertNoCanary, type ConformanceCase, createCanary } from '@mortise/testing';
import { type CallOptions, IntegrationError, supports } from '@mortise/core';
import type { EmailInboundProvider } from '../../email-inbound-provider.ts';
import type { EmailOutboundProvider } from '../../email-outbound-provider.ts';
import { ABORT_WITHIN_MS, describeError, rejectionOf, rejectsWith, within } from '../case-tools.ts';
import { check, checkEqual } from '../conformance-failure.ts';
import type { EmailConformanceTarget, EmailSubject } from '../conformance-target.ts';
import { mailFrom, withSubject } from '../with-subject.ts';

const PARALLEL_CALLS = 50;
const TIME_LIMIT_MS = 60;

/** Ends of calls, secrets, parallel calls and honesty: `X1` to `X3`, `X13`, `X15`, `X20`. */
export const callCases: readonly ConformanceCase<EmailConformanceTarget>[] = [
  {
    id: 'X1',
    title: 'a signal that aborted beforehand sends nothing',
    run: (target) =>
      withSubject(target, async (subject) => {
        const call = { signal: AbortSignal.abort() };
        await rejectsWith(subject.outbound.sendEmail(mailFrom(subject), call), 'aborted', 'sendEmail');
        checkEqual((await subject.receivedBy(subject.addresses.peers[0])).length, 0, 'mails');
        if (subject.inbound !== undefined) {
          await rejectsWith(subject.inbound.listThreads({}, call), 'aborted', 'listThreads');
        }
      }),
  },
  {
    id: 'X2',
    title: 'aborting a call that is under way ends it at once with code "aborted"',
    run: (target) =>
      withSubject(target, async (subject) => {
        subject.stall();
        for (const start of callsOf(subject)) {
          const controller = new AbortController();
          const call = start({ signal: controller.signal });
          const ended = rejectsWith(call, 'aborted', 'an aborted call');
          await Promise.resolve();
          controller.abort();
          await within(ABORT_WITHIN_MS, ended, 'the end of an aborted call');
        }
      }),
  },
  {
    id: 'X3',
    title: 'timeoutMs ends a call that gets no answer with code "timeout"',
    run: (target) =>
      withSubject(target, async (subject) => {
        subject.stall();
        for (const start of callsOf(subject)) {
          const ended = rejectsWith(start({ timeoutMs: TIME_LIMIT_MS }), 'timeout', 'a call with a time limit');
          await within(TIME_LIMIT_MS * 5, ended, 'the end of a call with a time limit');
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
        async (subject) => assertNoCanary(await subject.outbound.sendEmail(mailFrom(subject)), credential),
        { credential },
      );
      await withSubject(
        target,
        async (subject) => {
          const error = await rejectionOf(subject.outbound.sendEmail(mailFrom(subject)), 'sendEmail when refused');
          checkEqual(error.code, 'unauthenticated', 'code of a refused credential');
          assertNoCanary(error, credential);
        },
        { credential, isRefused: true },
      );
    },
  },
  {
    id: 'X15',
    title: 'calls at once get their own results, and two mailboxes do not mix',
    run: (target) =>
      withSubject(target, async (first) => {
        const subjects = Array.from({ length: PARALLEL_CALLS }, (_, index) => `mail ${index}`);
        const results = await Promise.all(
          subjects.map((text) => first.outbound.sendEmail(mailFrom(first, { subject: text }))),
        );
        checkEqual(new Set(results.map(({ id }) => id)).size, PARALLEL_CALLS, 'different ids');
        const received = await first.receivedBy(first.addresses.peers[0]);
        checkEqual(received.map(({ subject }) => subject ?? '').sort(), [...subjects].sort(), 'subjects that arrived');
        const headers = new Map(received.map(({ subject, messageIdHeader }) => [subject, messageIdHeader]));
        for (const [index, { messageIdHeader }] of results.entries()) {
          const expected = headers.get(subjects[index]);
          if (messageIdHeader !== undefined) checkEqual(messageIdHeader, expected, `Message-ID of result ${index}`);
        }
        await withSubject(target, async (second) => {
          checkEqual((await second.receivedBy(second.addresses.peers[0])).length, 0, 'mails of another subject');
        });
      }),
  },
  {
    id: 'X20',
    title: 'a declared method is there, and one declared as missing rejects with "unsupported"',
    run: (target) =>
      withSubject(target, async ({ outbound, inbound }) => {
        for (const [method, call] of PROBES) {
          const providers: (EmailOutboundProvider & Partial<EmailInboundProvider>)[] = [
            outbound,
            ...(inbound === undefined ? [] : [{ ...outbound, ...boundOf(inbound) }]),
          ];
          for (const provider of providers) {
            const support = provider.capabilities?.methods?.[method];
            if (support === undefined) continue;
            const running = call(provider);
            if (support !== 'none') {
              check(running !== undefined, `${method} is declared "${support}" but missing`);
              await running.catch((error: unknown) => {
                const isUnsupported = !IntegrationError.is(error) || error.code === 'unsupported';
                check(!isUnsupported, `${method} is declared "${support}" but failed: ${describeError(error)}`);
              });
            } else if (running !== undefined) await rejectsWith(running, 'unsupported', `${method}, declared "none"`);
          }
        }
        if (inbound !== undefined) check(supports(inbound, 'getThread'), 'getThread is missing');
      }),
  },
];

type Both = EmailOutboundProvider & Partial<EmailInboundProvider>;

/** Calls that are harmless: whatever they name does not exist. */
const PROBES = [
  ['cancelScheduled', (provider: Both) => provider.cancelScheduled?.('none')],
  ['getDelivery', (provider: Both) => provider.getDelivery?.('none')],
  ['listSuppressions', (provider: Both) => provider.listSuppressions?.()],
  ['removeSuppression', (provider: Both) => provider.removeSuppression?.('none@example.com')],
  ['listThreadsPage', (provider: Both) => provider.listThreadsPage?.()],
  ['getMessage', (provider: Both) => provider.getMessage?.('none')],
  ['listMessages', (provider: Both) => provider.listMessages?.({})],
  ['listFolders', (provider: Both) => provider.listFolders?.()],
  ['getAttachment', (provider: Both) => provider.getAttachment?.('none', 'none')],
  ['getRawMime', (provider: Both) => provider.getRawMime?.('none')],
  ['listChanges', (provider: Both) => provider.listChanges?.()],
  ['watch', (provider: Both) => provider.watch?.({ target: 'https://example.com/hook' })],
] as const;

/** The inbound methods, fit to be called apart from their object. */
function boundOf(inbound: EmailInboundProvider): Partial<EmailInboundProvider> {
  return {
    ...(inbound.capabilities === undefined ? {} : { capabilities: inbound.capabilities }),
    listThreadsPage: (...call) => inbound.listThreadsPage?.(...call) ?? absent(),
    getMessage: (...call) => inbound.getMessage?.(...call) ?? absent(),
    listMessages: (...call) => inbound.listMessages?.(...call) ?? absent(),
    listFolders: (...call) => inbound.listFolders?.(...call) ?? absent(),
    getAttachment: (...call) => inbound.getAttachment?.(...call) ?? absent(),
    getRawMime: (...call) => inbound.getRawMime?.(...call) ?? absent(),
    listChanges: (...call) => inbound.listChanges?.(...call) ?? absent(),
    watch: (...call) => inbound.watch?.(...call) ?? absent(),
  };
}

function absent(): Promise<never> {
  return Promise.reject(new IntegrationError({ code: 'unsupported', message: 'The method is not there' }));
}

function callsOf(subject: EmailSubject): ((options: CallOptions) => Promise<unknown>)[] {
  const { outbound, inbound } = subject;
  return [
    (options: CallOptions) => outbound.sendEmail(mailFrom(subject), options),
    ...(inbound === undefined ? [] : [(options: CallOptions) => inbound.listThreads({}, options)]),
  ];
}
