import { type CallOptions, IntegrationError } from '@mortise/core';
import type { EmailAttachmentContent } from '../../model/attachment.ts';
import type { EmailMessage } from '../../model/message.ts';
import type { EmailOutboundMessage } from '../../model/outbound-message.ts';
import type { EmailOutboundResult } from '../../model/outbound-result.ts';
import type { EmailThread, EmailThreadListQuery, EmailThreadPage } from '../../model/thread.ts';
import type { EmailConformanceTarget, EmailSubject } from '../conformance-target.ts';
import type { InMemoryEmailProvider } from '../in-memory/in-memory-email-provider.ts';
import { inMemoryEmailTarget } from '../in-memory-target.ts';

type Method = keyof InMemoryEmailProvider;

/** A provider some of whose methods are replaced. */
function altered(
  provider: InMemoryEmailProvider,
  changes: Partial<Record<Method, unknown>>,
): Pick<EmailSubject, 'outbound' | 'inbound'> {
  const proxy = new Proxy(provider, {
    get(target, name) {
      if (Object.hasOwn(changes, name)) return Reflect.get(changes, name);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { outbound: proxy, inbound: proxy };
}

/** A provider that sends another mail than it was given. */
function sending(change: (message: EmailOutboundMessage) => EmailOutboundMessage) {
  return (provider: InMemoryEmailProvider) =>
    altered(provider, {
      sendEmail: (message: EmailOutboundMessage, options?: CallOptions) => provider.sendEmail(change(message), options),
    });
}

/** A provider that tells something else of a mail than is true. */
function reading(change: (message: EmailMessage) => EmailMessage) {
  return (provider: InMemoryEmailProvider) =>
    altered(provider, {
      listMessagesSince: async (...call: Parameters<InMemoryEmailProvider['listMessagesSince']>) => {
        const page = await provider.listMessagesSince(...call);
        return { ...page, messages: page.messages.map(change) };
      },
    });
}

/** Providers with one mistake each, and the check that must find it. */
export const brokenProviders: readonly {
  readonly fails: string;
  readonly mistake: string;
  readonly wrap?: (provider: InMemoryEmailProvider) => Pick<EmailSubject, 'outbound' | 'inbound'>;
  readonly target?: EmailConformanceTarget;
}[] = [
  {
    fails: 'email.2',
    mistake: 'turns a line break in the subject into a header',
    target: injecting(),
  },
  {
    fails: 'email.3',
    mistake: 'shows the receivers in bcc as copies',
    wrap: sending(({ bcc = [], ...message }) => ({
      ...message,
      ...(bcc.length === 0 ? {} : { cc: [...(message.cc ?? []), ...bcc] }),
    })),
  },
  {
    fails: 'email.4',
    mistake: 'sends inline images as plain attachments',
    wrap: sending(({ attachments, ...message }) => ({
      ...message,
      ...(attachments === undefined
        ? {}
        : { attachments: attachments.map(({ contentId: _id, disposition: _kind, ...rest }) => rest) }),
    })),
  },
  {
    fails: 'email.5',
    mistake: 'begins a new thread with every reply',
    wrap: sending(({ threadId: _threadId, inReplyTo, references, ...message }) => ({
      ...message,
      // The mail carries the headers, and the sent copy goes nowhere near its thread.
      ...(inReplyTo === undefined ? {} : { inReplyTo }),
      ...(references === undefined
        ? {}
        : { references: references.map((id) => (id.includes('question') ? '<x@y>' : id)) }),
    })),
  },
  {
    fails: 'email.6',
    mistake: 'only claims to take scheduled mail back',
    wrap: (provider) =>
      altered(provider, {
        cancelScheduled: async (id: string) => {
          const { status } = await provider.getDelivery(id);
          if (status !== 'scheduled') throw new IntegrationError({ code: 'conflict', message: 'It is gone' });
        },
      }),
  },
  {
    fails: 'email.7',
    mistake: 'stops a batch at the first bad address',
    wrap: (provider) =>
      altered(provider, {
        sendBatch: async (messages: readonly EmailOutboundMessage[], options?: CallOptions) => {
          const { results } = await provider.sendBatch(messages.slice(0, 2), options);
          return { results };
        },
      }),
  },
  {
    fails: 'email.8',
    mistake: 'pages by position, so that new mail pushes threads onto the next page again',
    wrap: (provider) =>
      altered(provider, {
        listThreadsPage: async (query: EmailThreadListQuery = {}): Promise<EmailThreadPage> => {
          const { pageToken, pageSize = 50, ...rest } = query;
          if (pageToken === 'foreign') return provider.listThreadsPage(query);
          const from = Number(pageToken ?? 0);
          const { threads } = await provider.listThreadsPage({ ...rest, pageSize: 1_000 });
          const page: EmailThread[] = threads.slice(from, from + pageSize);
          return from + pageSize < threads.length
            ? { threads: page, nextPageToken: String(from + pageSize) }
            : { threads: page };
        },
      }),
  },
  {
    fails: 'email.9',
    mistake: 'never tells of deleted mail',
    wrap: (provider) =>
      altered(provider, {
        listChanges: async (...call: Parameters<InMemoryEmailProvider['listChanges']>) => ({
          ...(await provider.listChanges(...call)),
          removed: [],
        }),
      }),
  },
  {
    fails: 'email.10',
    mistake: 'reads every bounce as a hard one',
    wrap: (provider) =>
      altered(provider, {
        parseWebhookAll: async (...call: Parameters<InMemoryEmailProvider['parseWebhookAll']>) =>
          (await provider.parseWebhookAll(...call)).map((event) =>
            event.bounce === undefined ? event : { ...event, bounce: { kind: 'hard' } },
          ),
      }),
  },
  {
    fails: 'email.11',
    mistake: 'makes up the date of a mail without one',
    wrap: reading(({ warnings, ...message }) =>
      warnings === undefined ? message : { ...message, sentAt: new Date(0) },
    ),
  },
  {
    fails: 'email.12',
    mistake: 'keeps the last of repeated headers only',
    wrap: reading((message) => ({
      ...message,
      headerList: Object.entries(message.headers ?? {}).map(([name, value]) => ({ name, value })),
    })),
  },
  {
    fails: 'email.13',
    mistake: 'buffers attachments whole',
    wrap: (provider) =>
      altered(provider, {
        getAttachment: async (...call: Parameters<InMemoryEmailProvider['getAttachment']>) => {
          const content = await provider.getAttachment(...call);
          return { ...content, stream: inOnePiece(content.stream) };
        },
      }),
  },
  {
    fails: 'email.14',
    mistake: 'says that suppressed receivers were accepted',
    wrap: (provider) =>
      altered(provider, {
        sendEmail: async (...call: Parameters<InMemoryEmailProvider['sendEmail']>): Promise<EmailOutboundResult> => {
          const result = await provider.sendEmail(...call);
          return { ...result, recipients: (result.recipients ?? []).map(({ email }) => ({ email, accepted: true })) };
        },
      }),
  },
  {
    fails: 'email.15',
    mistake: 'answers an expired cursor with nothing new',
    wrap: (provider) =>
      altered(provider, {
        listChanges: async (...call: Parameters<InMemoryEmailProvider['listChanges']>) => {
          try {
            return await provider.listChanges(...call);
          } catch (error) {
            if (!IntegrationError.is(error) || error.code !== 'cursor_expired') throw error;
            return { upserted: [], removed: [], nextCursor: call[0] ?? '', hasMore: false };
          }
        },
      }),
  },
  {
    fails: 'email.16',
    mistake: 'searches by the sender alone',
    wrap: (provider) =>
      altered(provider, {
        listMessages: ({ from, text, hasAttachment, before }: Parameters<InMemoryEmailProvider['listMessages']>[0]) =>
          provider.listMessages({
            ...(from === undefined ? {} : { from }),
            ...(text === undefined ? {} : { text }),
            ...(hasAttachment === undefined ? {} : { hasAttachment }),
            ...(before === undefined ? {} : { before }),
          }),
      }),
  },
  {
    fails: 'email.17',
    mistake: 'ignores updatedSince and includeArchived',
    wrap: (provider) =>
      altered(provider, {
        listThreads: (_query: EmailThreadListQuery, options?: CallOptions) => provider.listThreads({}, options),
      }),
  },
  {
    fails: 'email.18',
    mistake: 'sends a draft as it was first written',
    wrap: (provider) =>
      altered(provider, {
        drafts: {
          ...provider.drafts,
          update: async (id: string) => ({ id }),
        },
      }),
  },
  {
    fails: 'X1',
    mistake: 'sends first and looks at the signal afterwards',
    wrap: (provider) =>
      altered(provider, {
        sendEmail: async (message: EmailOutboundMessage, options: CallOptions = {}) => {
          const { signal, ...rest } = options;
          if (signal?.aborted !== true) return provider.sendEmail(message, options);
          await provider.sendEmail(message, rest);
          throw new IntegrationError({ code: 'aborted', message: 'The caller aborted the call' });
        },
      }),
  },
  {
    fails: 'X2',
    mistake: 'cannot be aborted once it waits',
    wrap: (provider) =>
      altered(provider, {
        sendEmail: (message: EmailOutboundMessage, options: CallOptions = {}) => {
          const { signal, ...rest } = options;
          return provider.sendEmail(message, signal?.aborted === true ? options : rest);
        },
      }),
  },
  {
    fails: 'X3',
    mistake: 'has no time limit',
    wrap: (provider) =>
      altered(provider, {
        sendEmail: (message: EmailOutboundMessage, { timeoutMs: _timeoutMs, ...rest }: CallOptions = {}) =>
          provider.sendEmail(message, rest),
      }),
  },
  {
    fails: 'X5',
    mistake: 'drops what it does not know without a word',
    wrap: (provider) =>
      altered(provider, {
        sendEmail: async (...call: Parameters<InMemoryEmailProvider['sendEmail']>) => {
          const { warnings: _warnings, ...result } = await provider.sendEmail(...call);
          return result;
        },
      }),
  },
  {
    fails: 'X7',
    mistake: 'rejects where there is no such mail',
    wrap: (provider) =>
      altered(provider, {
        getMessage: async (id: string) => {
          const message = await provider.getMessage(id);
          if (message === null) throw new IntegrationError({ code: 'not_found', message: 'There is no such mail' });
          return message;
        },
      }),
  },
  {
    fails: 'X8',
    mistake: 'writes into the mail that it was given',
    wrap: sending((message) => Object.assign(message, { subject: message.subject })),
  },
  {
    fails: 'X10',
    mistake: 'ignores the idempotency key',
    wrap: (provider) =>
      altered(provider, {
        sendEmail: (message: EmailOutboundMessage, { idempotencyKey: _key, ...rest }: CallOptions = {}) =>
          provider.sendEmail(message, rest),
      }),
  },
  {
    fails: 'X13',
    mistake: 'quotes the credential when it is refused',
    target: leaking(),
  },
  {
    fails: 'X15',
    mistake: 'gives the result of another call that runs at the same time',
    wrap: (provider) => {
      let last: Promise<EmailOutboundResult> | undefined;
      return altered(provider, {
        sendEmail: (...call: Parameters<InMemoryEmailProvider['sendEmail']>) => {
          const own = provider.sendEmail(...call);
          if (!call[0].subject.startsWith('mail ')) return own;
          last ??= own;
          return own.then(() => last);
        },
      });
    },
  },
  {
    fails: 'X18',
    mistake: 'keeps ASCII only in subjects',
    // oxlint-disable-next-line no-control-regex
    wrap: sending((message) => ({ ...message, subject: message.subject.replaceAll(/[^\x00-\x7f]/g, '?') })),
  },
  {
    fails: 'X19',
    mistake: 'takes every delivery for genuine when it has no secret',
    target: trusting(),
  },
  {
    fails: 'X20',
    mistake: 'declares a method that it does not have',
    wrap: (provider) =>
      altered(provider, {
        capabilities: { ...provider.capabilities, methods: { ...provider.capabilities.methods, watch: 'native' } },
      }),
  },
];

async function* inOnePiece(stream: EmailAttachmentContent['stream']): AsyncGenerator<Uint8Array, void> {
  const pieces: number[] = [];
  for await (const piece of stream) pieces.push(...piece);
  yield Uint8Array.from(pieces);
}

/** What receivers get has a header more. */
function injecting(): EmailConformanceTarget {
  const honest = inMemoryEmailTarget();
  return {
    open: async (setup) => {
      const subject = await honest.open(setup);
      const { outbound } = subject;
      let isInjected = false;
      const proxy = new Proxy(outbound, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name, target);
          if (typeof value !== 'function') return value;
          if (name !== 'sendEmail') return value.bind(target);
          return (message: EmailOutboundMessage, options?: CallOptions) => {
            if (!message.subject.includes('\n')) return target.sendEmail(message, options);
            isInjected = true;
            return target.sendEmail({ ...message, subject: 'Hi' }, options);
          };
        },
      });
      return {
        ...subject,
        outbound: proxy,
        receivedBy: async (address) =>
          (await subject.receivedBy(address)).map((mail) =>
            isInjected
              ? { ...mail, headerList: [...(mail.headerList ?? []), { name: 'Bcc', value: 'victim@example.com' }] }
              : mail,
          ),
      };
    },
  };
}

function leaking(): EmailConformanceTarget {
  return {
    open: async (setup) => {
      const subject = await inMemoryEmailTarget((provider) =>
        altered(provider, {
          sendEmail: async (...call: Parameters<InMemoryEmailProvider['sendEmail']>) => {
            try {
              return await provider.sendEmail(...call);
            } catch (error) {
              if (!IntegrationError.is(error) || error.code !== 'unauthenticated') throw error;
              const message = `Refused: Basic ${btoa(`user:${setup.credential}`)}`;
              throw new IntegrationError({ code: 'unauthenticated', message });
            }
          },
        }),
      ).open(setup);
      return subject;
    },
  };
}

function trusting(): EmailConformanceTarget {
  return {
    open: (setup) =>
      inMemoryEmailTarget((provider) =>
        altered(provider, setup.webhookSecrets === 'none' ? { verifyWebhook: () => Promise.resolve(true) } : {}),
      ).open(setup),
  };
}
