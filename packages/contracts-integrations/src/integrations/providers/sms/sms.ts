export type { SendSmsInput, SmsDeliveryStatus, SmsMessage, SmsProvider } from '@mortise/provider-sms';
export type { SeedSmsDeliveryStatus, SeedSmsMessage, SeedSmsProvider, SeedSmsStatus } from '@mortise/provider-sms';
export { seedCompat } from '@mortise/provider-sms';
