import { Type } from '@mortise/core/schema';
import { EmailAddressSchema, Instant } from './parts.ts';

/** `EmailEvent` as it crosses a process. */
export const EmailEventSchema = Type.Object({
  type: Type.Union([
    Type.Literal('sent'),
    Type.Literal('deferred'),
    Type.Literal('delivered'),
    Type.Literal('bounced'),
    Type.Literal('complained'),
    Type.Literal('opened'),
    Type.Literal('clicked'),
    Type.Literal('unsubscribed'),
    Type.Literal('rejected'),
    Type.Literal('inbound'),
    Type.Literal('other'),
  ]),
  rawType: Type.Optional(Type.String()),
  messageId: Type.String({ minLength: 1 }),
  recipient: Type.Optional(EmailAddressSchema.properties.email),
  bounce: Type.Optional(
    Type.Object({
      kind: Type.Union([Type.Literal('hard'), Type.Literal('soft'), Type.Literal('block'), Type.Literal('unknown')]),
      code: Type.Optional(Type.String()),
      diagnostic: Type.Optional(Type.String()),
    }),
  ),
  url: Type.Optional(Type.String()),
  at: Instant,
  providerEventId: Type.String({ minLength: 1 }),
});
