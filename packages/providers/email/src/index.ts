export type { EmailAddress } from './model/address.ts';
export type { EmailAttachment, EmailAttachmentContent } from './model/attachment.ts';
export type { EmailOutboundMessage, EmailUnsubscribe } from './model/outbound-message.ts';
export type { EmailOutboundResult, EmailRecipientOutcome } from './model/outbound-result.ts';
export type { EmailDelivery, EmailDeliveryStatus, EmailRecipientDelivery } from './model/delivery.ts';
export type { EmailSenderVerification, EmailSuppression, EmailSuppressionReason } from './model/suppression.ts';
export type { EmailBounce, EmailEvent, EmailEventType } from './model/event.ts';
export type { EmailHeader, EmailMessage, EmailMessageFlags, EmailMessageUpdate } from './model/message.ts';
export type { EmailThread, EmailThreadListQuery, EmailThreadPage } from './model/thread.ts';
export type { EmailMessagesSincePage, EmailMessagesSinceQuery, EmailSearch } from './model/message-query.ts';
export type {
  EmailDraft,
  EmailDrafts,
  EmailFolder,
  EmailFolderRole,
  EmailWatch,
  EmailWatchInput,
} from './model/mailbox.ts';
export type { EmailCapabilities, EmailFeature, EmailMethod } from './model/capabilities.ts';

export type { EmailListSuppressionsOptions, EmailOutboundProvider } from './email-outbound-provider.ts';
export type { EmailInboundProvider } from './email-inbound-provider.ts';
export type { CompleteEmailInboundProvider, CompleteEmailOutboundProvider } from './complete.ts';
export { complete, completeInbound, completeOutbound } from './complete.ts';

export { EmailAddressSchema, EmailAttachmentSchema } from './schema/parts.ts';
export type { PortableEmailMessage } from './schema/message-schema.ts';
export { EmailMessageSchema } from './schema/message-schema.ts';
export { EmailEventSchema } from './schema/event-schema.ts';
export { reviveEmailMessage } from './schema/revive-message.ts';
