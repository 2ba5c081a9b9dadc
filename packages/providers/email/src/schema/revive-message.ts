import type { EmailMessage } from '../model/message.ts';
import type { PortableEmailMessage } from './message-schema.ts';

/** The message again, after a trip through JSON: instants become `Date`s. Check it against `EmailMessageSchema` before. */
export function reviveEmailMessage(portable: PortableEmailMessage): EmailMessage {
  const { sentAt, receivedAt, ...rest } = portable;
  return {
    ...rest,
    sentAt: new Date(sentAt),
    ...(receivedAt === undefined ? {} : { receivedAt: new Date(receivedAt) }),
  };
}
