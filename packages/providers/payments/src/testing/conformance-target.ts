import type { WebhookRequest } from '@mortise/core';
import type { PaymentEvent } from '../model/payment-event.ts';
import type { PaymentsProvider } from '../payments-provider.ts';
import type { ProcessorControls, ProcessorData } from './processor-controls.ts';

/** How a check wants its processor and its provider. */
export interface PaymentsSubjectSetup {
  readonly processor: ProcessorData;
  /** Credential that the provider sends. */
  readonly credential: string;
  /** Secret with which deliveries are signed. */
  readonly webhookSecret: string;
}

/** A provider under test in front of a processor that does as told. */
export interface PaymentsSubject {
  readonly provider: PaymentsProvider;
  readonly processor: ProcessorControls;
  /** A delivery as the provider's service signs it, with the given secret. */
  readonly deliver?: (event: Pick<PaymentEvent, 'type' | 'objectId'>, secret: string) => Promise<WebhookRequest>;
  /** Moves the provider's clock, where it has one of its own; absent, the checks wait in real time. */
  readonly advance?: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface PaymentsConformanceTarget {
  readonly open: (setup: PaymentsSubjectSetup) => Promise<PaymentsSubject>;
}
