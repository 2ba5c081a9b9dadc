export type { SendSmsInput, SmsDeliveryStatus, SmsMessage, SmsProvider } from '@mortise/provider-sms';
