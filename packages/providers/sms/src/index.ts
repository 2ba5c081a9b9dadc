export type { SmsCapabilities, SmsFeature, SmsMethod } from './model/capabilities.ts';
export type { SendSmsInput } from './model/send-sms-input.ts';
export type { SmsSenderKind } from './model/sms-address.ts';
export { checkSmsAddresses, isE164, senderKind } from './model/sms-address.ts';
export type { SmsErrorCode } from './model/sms-error.ts';
export { SmsError } from './model/sms-error.ts';
export type { SmsEvent } from './model/sms-event.ts';
export type { SmsDeliveryStatus, SmsMessage } from './model/sms-message.ts';
export type { SmsFailureReason, SmsStatus } from './model/sms-status.ts';
export { isFinalSmsStatus, laterSmsStatus } from './model/sms-status.ts';

export type { SegmentEstimate } from './text/estimate-segments.ts';
export { estimateSegments } from './text/estimate-segments.ts';
export type { OptKeywords } from './text/opt-keyword.ts';
export { readOptKeyword } from './text/opt-keyword.ts';
export type { RedactedSms } from './text/redact-sms.ts';
export { maskNumber, redactSms } from './text/redact-sms.ts';

export type { ListSmsQuery, PhoneNumberLookup, SmsProvider } from './sms-provider.ts';
export type { CompleteSmsProvider } from './complete.ts';
export { complete } from './complete.ts';
export type { SeedSmsDeliveryStatus, SeedSmsMessage, SeedSmsProvider, SeedSmsStatus } from './seed-compat.ts';
export { seedCompat } from './seed-compat.ts';

export type { PortableSmsMessage } from './schema/sms-message-schema.ts';
export { fromPortableSms, SmsMessageSchema, toPortableSms } from './schema/sms-message-schema.ts';
