export type {
  EmailAddress,
  EmailAttachment,
  EmailInboundProvider,
  EmailMessage,
  EmailMessagesSinceQuery,
  EmailOutboundMessage,
  EmailOutboundProvider,
  EmailOutboundResult,
  EmailThread,
  EmailThreadListQuery,
} from '@mortise/provider-email';
