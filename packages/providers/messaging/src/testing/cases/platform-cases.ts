import type { ConformanceCase } from '@mortise/testing';
import { IntegrationError } from '@mortise/core';
import type { MessagingProvider } from '../../messaging-provider.ts';
import type { MessagingMethod } from '../../model/capabilities.ts';
import { describeError, rejectionOf, rejectsWith } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import { type MessagingConformanceTarget, type MessagingSubject, withSubject } from '../conformance-target.ts';
import { CHANNEL, send } from './sample-calls.ts';

const INTERVAL_MS = 100;

/** Streams, refusals, history and honesty: `messaging.6` to `messaging.8`, `messaging.11`, `X9` and `X20`. */
export const platformCases: readonly ConformanceCase<MessagingConformanceTarget>[] = [
  {
    id: 'messaging.6',
    title: 'a stream edits at most once per interval and ends with all of the text, also when its source throws',
    requires: 'streaming',
    run: async (target) => {
      for (const failure of [undefined, new IntegrationError({ code: 'unavailable', message: 'The source broke' })]) {
        await withSubject(target, async ({ provider, service, advance }) => {
          const pass = (ms: number): Promise<void> => advance?.(ms) ?? wait(ms);
          const source = createSource();
          const call = provider.stream?.({ channelId: CHANNEL }, source.text, { minIntervalMs: INTERVAL_MS });
          const state = { isDone: false };
          const outcome = call
            ?.then(
              () => undefined,
              (error: unknown) => error,
            )
            .finally(() => (state.isDone = true));
          for (let index = 0; index < 30; index += 1) {
            source.push(`${index} `);
            await pass(10);
          }
          source.end(failure);
          for (let turn = 0; turn < 50 && !state.isDone; turn += 1) await pass(INTERVAL_MS / 2);
          check(state.isDone, 'the stream did not end');
          checkEqual((await outcome) === failure, true, 'the stream ended as its source did');
          const text = Array.from({ length: 30 }, (_, index) => `${index} `).join('');
          checkEqual(
            service.messages().map((message) => message.text),
            [text],
            'what stands there in the end',
          );
          const gaps = service.edits().map((at, index, all) => at - (all[index - 1] ?? Number.NEGATIVE_INFINITY));
          check(
            gaps.every((gap) => gap >= INTERVAL_MS * 0.9),
            `edits came after ${gaps.join(', ')} ms`,
          );
          check(service.edits().length >= 2, 'the message did not grow while the text came');
        });
      }
    },
  },
  {
    id: 'messaging.7',
    title: 'an answer with a success status and an error in it is an error, with the code of the platform',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        service.failNext({ type: 'error-body', code: 'not_in_channel' });
        const error = await rejectionOf(send(provider, {}), 'the call');
        checkEqual(error.providerCode, 'not_in_channel', 'code of the platform');
      }),
  },
  {
    id: 'messaging.8',
    title: 'throttling tells the wait that the platform asked for, and nothing was sent',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        service.failNext({ type: 'status', status: 429, headers: { 'Retry-After': '30' } });
        const error = await rejectionOf(send(provider, {}), 'the call');
        checkEqual([error.code, error.retry, error.retryAfterMs], ['rate_limited', 'throttled', 30_000], 'the error');
        checkEqual(service.messages().length, 0, 'messages');
      }),
  },
  {
    id: 'messaging.11',
    title: 'history is complete both ways while messages come and go between its pages',
    requires: 'history',
    run: async (target) => {
      for (const direction of ['forward', 'backward'] as const) {
        await withSubject(target, async ({ provider, service }) => {
          const refs = Array.from({ length: 10 }, (_, index) => service.write(`message ${index}`));
          const seen: string[] = [];
          let cursor: string | undefined;
          for (let page = 0; page < 20; page += 1) {
            const query = { channelId: CHANNEL, direction, pageSize: 3, ...(cursor === undefined ? {} : { cursor }) };
            const { items, hasMore, nextCursor } = await list(provider, query);
            check(items.length <= 3, `a page of 3 has ${items.length} messages`);
            seen.push(...items.map(({ ref }) => ref.messageId));
            service.write(`late ${page}`);
            if (!hasMore) {
              checkEqual(nextCursor, undefined, 'cursor of the last page');
              break;
            }
            cursor = nextCursor ?? fail('a page says that there is more but has no cursor');
            // A forward reader would run after the writer for ever.
            if (direction === 'forward' && seen.length >= refs.length) break;
          }
          const expected = refs.map(({ messageId }) => messageId);
          if (direction === 'backward') expected.reverse();
          checkEqual(seen.slice(0, refs.length), expected, `messages read ${direction}`);
          checkEqual(new Set(seen).size, seen.length, `distinct messages read ${direction}`);
        });
      }
    },
  },
  {
    id: 'X9',
    title: 'a cursor that was never given out is refused',
    requires: 'history',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const query = { channelId: CHANNEL, direction: 'forward', cursor: 'not-a-cursor' } as const;
        await rejectsWith(list(provider, query), 'invalid_request', 'a foreign cursor');
      }),
  },
  {
    id: 'X20',
    title: 'a method that is there works, and one declared as missing rejects with "unsupported"',
    run: async (target) => {
      for (const [name, call] of METHODS) {
        await withSubject(target, async (subject) => {
          const { provider } = subject;
          const support = provider.capabilities?.methods?.[name] ?? (provider[name] === undefined ? 'none' : 'native');
          const error = await call(subject).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          const isRefused = error === ABSENT || (IntegrationError.is(error) && error.code === 'unsupported');
          if (support === 'none') check(isRefused, `${name} is declared "none" but was not refused`);
          else check(error === undefined, `${name} is declared "${support}" but failed: ${describeError(error)}`);
        });
      }
    },
  },
];

function list(provider: MessagingProvider, query: Parameters<NonNullable<MessagingProvider['listMessages']>>[0]) {
  return provider.listMessages?.(query) ?? Promise.reject(ABSENT);
}

/** A source that gives what it is told, when it is told. */
function createSource() {
  const waiting: string[] = [];
  let wake = (): void => undefined;
  let ending: { readonly error: Error | undefined } | undefined;
  async function* text(): AsyncGenerator<string, void> {
    for (;;) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else if (ending?.error !== undefined) throw ending.error;
      else if (ending !== undefined) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  return {
    text: text(),
    push: (piece: string): void => {
      waiting.push(piece);
      wake();
    },
    end: (error?: Error): void => {
      ending = { error };
      wake();
    },
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Stands for a method that is not there at all, which says "unsupported" as clearly as a rejection. */
const ABSENT = new IntegrationError({ code: 'unsupported', message: 'The method is not there' });

async function* one(): AsyncGenerator<string, void> {
  yield 'text';
}

const withMessage =
  (call: (provider: MessagingProvider, id: string) => Promise<unknown> | undefined) =>
  async ({ provider }: MessagingSubject): Promise<unknown> => {
    const { id } = await send(provider, {});
    return call(provider, id) ?? Promise.reject(ABSENT);
  };
const alone =
  (call: (provider: MessagingProvider) => Promise<unknown> | undefined) =>
  async ({ provider }: MessagingSubject): Promise<unknown> =>
    call(provider) ?? Promise.reject(ABSENT);

const LATER = new Date('2100-01-01T00:00:00Z');
const MODAL = { id: 'form', title: 'A form', inputs: [{ id: 'reason', label: 'Why?' }] };

const METHODS: readonly (readonly [MessagingMethod, (subject: MessagingSubject) => Promise<unknown>])[] = [
  ['updateMessage', withMessage((provider, id) => provider.updateMessage?.(id, { text: 'new' }))],
  ['deleteMessage', withMessage((provider, id) => provider.deleteMessage?.(id))],
  ['getMessage', withMessage((provider, id) => provider.getMessage?.(id))],
  ['reply', withMessage((provider, id) => provider.reply?.(id, { text: 'yes' }))],
  ['addReaction', withMessage((provider, id) => provider.addReaction?.(id, 'thumbsup'))],
  ['removeReaction', withMessage((provider, id) => provider.removeReaction?.(id, 'thumbsup'))],
  ['startTyping', alone((provider) => provider.startTyping?.({ channelId: CHANNEL }))],
  ['stream', alone((provider) => provider.stream?.({ channelId: CHANNEL }, one(), { minIntervalMs: 1 }))],
  ['schedule', alone((provider) => provider.schedule?.({ channelId: CHANNEL, text: 'later', sendAt: LATER }))],
  [
    'cancelScheduled',
    alone(async (provider) => {
      if (provider.schedule === undefined || provider.cancelScheduled === undefined) throw ABSENT;
      const { id } = await provider.schedule({ channelId: CHANNEL, text: 'later', sendAt: LATER });
      return provider.cancelScheduled(id);
    }),
  ],
  ['openDirectMessage', alone((provider) => provider.openDirectMessage?.('ada'))],
  ['listMessages', alone((provider) => provider.listMessages?.({ channelId: CHANNEL, direction: 'backward' }))],
  ['listChannels', alone((provider) => provider.listChannels?.())],
  ['getChannel', alone((provider) => provider.getChannel?.(CHANNEL))],
  ['getUser', alone((provider) => provider.getUser?.('ada'))],
  ['findUserByEmail', alone((provider) => provider.findUserByEmail?.('nobody@example.com'))],
  [
    'uploadFile',
    alone((provider) =>
      provider.uploadFile?.({ channelId: CHANNEL }, { bytes: new Uint8Array(3), mediaType: 'text/plain' }),
    ),
  ],
  ['openModal', alone((provider) => provider.openModal?.('trigger', MODAL))],
];
