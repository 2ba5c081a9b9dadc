import type { ProviderDeltaSyncState } from '@mortise/provider-delta';
import { describe, expectTypeOf, it } from 'vitest';
import type {
  EmailAddress,
  EmailInboundProvider,
  EmailMessage,
  EmailMessagesSinceQuery,
  EmailOutboundMessage,
  EmailOutboundProvider,
  EmailOutboundResult,
  EmailThread,
  EmailThreadListQuery,
} from './index.ts';

/** A class written against the first interface. */
class OldMailbox implements EmailOutboundProvider, EmailInboundProvider {
  async sendEmail(message: EmailOutboundMessage): Promise<EmailOutboundResult> {
    return { id: message.subject, queuedAt: new Date(0) };
  }
  async listThreads(query?: EmailThreadListQuery): Promise<EmailThread[]> {
    return query === undefined ? [] : [];
  }
  async getThread(threadId: string): Promise<EmailThread | null> {
    return threadId === '' ? null : { id: threadId, participants: [], messages: [], updatedAt: new Date(0) };
  }
  async listMessagesSince(
    _query: EmailMessagesSinceQuery,
  ): Promise<{ messages: EmailMessage[]; nextPageToken?: string }> {
    return { messages: [] };
  }
}

describe('the interfaces', () => {
  it('are still fulfilled by a class that knows the first methods only', () => {
    expectTypeOf<OldMailbox>().toExtend<EmailOutboundProvider>();
    expectTypeOf<OldMailbox>().toExtend<EmailInboundProvider>();
  });

  it('keep the types of the first fields', () => {
    expectTypeOf<EmailMessage['sentAt']>().toEqualTypeOf<Date>();
    expectTypeOf<EmailMessage['to']>().toEqualTypeOf<EmailAddress[]>();
    expectTypeOf<EmailMessage['headers']>().toEqualTypeOf<Record<string, string> | undefined>();
    expectTypeOf<NonNullable<EmailThread['delta']>>().toEqualTypeOf<ProviderDeltaSyncState>();
    expectTypeOf<EmailThreadListQuery['updatedSince']>().toEqualTypeOf<Date | undefined>();
  });

  it('ask for the fields without which there is no mail', () => {
    // @ts-expect-error: a mail needs receivers and a subject
    const message: EmailOutboundMessage = { from: { email: 'a@example.com' } };
    expectTypeOf(message).toEqualTypeOf<EmailOutboundMessage>();
  });
});
