import type { SmsFailureReason, SmsStatus } from '../model/sms-status.ts';

/** The words of the in-memory service for its statuses; like those of real ones they are not all ours. */
const WORDS: Readonly<Record<string, SmsStatus>> = {
  accepted: 'queued',
  queued: 'queued',
  scheduled: 'scheduled',
  sending: 'sending',
  sent: 'sent',
  delivered: 'delivered',
  undelivered: 'undelivered',
  failed: 'failed',
  canceled: 'canceled',
  receiving: 'received',
  received: 'received',
  read: 'read',
};

const REASONS: Readonly<Record<string, SmsFailureReason>> = {
  '30006': 'landline',
  '30003': 'unreachable',
  '30004': 'blocked',
  '30007': 'spam_filtered',
  '30036': 'expired',
};

/** Every word that the service has for a status. */
export const SMS_STATUS_WORDS: readonly (readonly [string, SmsStatus])[] = Object.entries(WORDS);

export function statusOf(word: string): SmsStatus {
  return Object.hasOwn(WORDS, word) ? (WORDS[word] ?? 'unknown') : 'unknown';
}

export function reasonOf(code: string): SmsFailureReason {
  return Object.hasOwn(REASONS, code) ? (REASONS[code] ?? 'unknown') : 'unknown';
}

/** The service's code for a reason. */
export function codeOf(reason: SmsFailureReason): string {
  return Object.keys(REASONS).find((code) => REASONS[code] === reason) ?? '30008';
}
