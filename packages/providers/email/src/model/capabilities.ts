import type { CapabilityDescription, MethodSupport } from '@mortise/core';

/** Methods that not every implementation has, of both interfaces. */
export type EmailMethod =
  | 'sendBatch'
  | 'cancelScheduled'
  | 'reschedule'
  | 'getDelivery'
  | 'listSuppressions'
  | 'addSuppression'
  | 'removeSuppression'
  | 'verifySender'
  | 'verifyWebhook'
  | 'listThreadsPage'
  | 'getMessage'
  | 'listMessages'
  | 'updateMessage'
  | 'listFolders'
  | 'getAttachment'
  | 'getRawMime'
  | 'drafts'
  | 'listChanges'
  | 'watch';

/** Fields of a mail to send that not every provider honours. */
export type EmailFeature =
  | 'schedule'
  | 'threading'
  | 'inline-attachments'
  | 'templates'
  | 'tracking'
  | 'unsubscribe'
  | 'tags'
  | 'amp';

/**
 * What an implementation can do: plain data, known without any call. A method declared `none` rejects with code
 * `unsupported`; a feature that is not listed makes the field that needs it a warning or a refusal.
 */
export interface EmailCapabilities extends CapabilityDescription {
  readonly methods?: Readonly<Partial<Record<EmailMethod, MethodSupport>>>;
  readonly features: readonly EmailFeature[];
  /** Most mails of one `sendBatch`. Absent: no limit known. */
  readonly maxBatchSize?: number;
  /** Most bytes of one mail, attachments included. Absent: not known. */
  readonly maxMessageBytes?: number;
}
