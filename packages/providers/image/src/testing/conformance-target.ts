import type { WebhookRequest } from '@mortise/core';
import type { ImageProvider } from '../image-provider.ts';
import type { ImageObservedRequest, ImageServer } from './observed-request.ts';

/** How a check wants its provider. */
export interface ImageSubjectSetup {
  /** Credential that the provider sends. */
  readonly credential: string;
  readonly server: ImageServer;
  /** Word in a prompt that the service's filter refuses. Default none. */
  readonly refusedWord?: string;
  /** Number of the picture that the filter holds back, from 0. Default none. */
  readonly heldBack?: number;
}

/** A provider under test, and what can be seen of it from the other side of the wire. */
export interface ImageSubject {
  readonly provider: ImageProvider;
  /** What reached the service so far, in order. */
  readonly requests: () => readonly ImageObservedRequest[];
  /** Requests that are still open on the service's side. */
  readonly openRequests: () => number;
  /** Moves the provider's clock, where it has one of its own; absent, the checks wait in real time. */
  readonly advance?: (ms: number) => Promise<void>;
  /** Another provider in front of the same service, as another process would have. Needed for jobs. */
  readonly another?: () => ImageProvider;
  /** The delivery that the service sends for a job. Needed for webhooks. */
  readonly delivery?: (operationId: string) => Promise<WebhookRequest>;
  /** Releases everything, the provider included. */
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface ImageConformanceTarget {
  readonly open: (setup: ImageSubjectSetup) => Promise<ImageSubject>;
  /** A size that the model makes as it is. */
  readonly size: { readonly width: number; readonly height: number };
  /** A size that it does not make; absent where it makes any. */
  readonly oddSize?: { readonly width: number; readonly height: number };
  /** Whether the service can be made to refuse with a status. Default false. */
  readonly speaksHttp?: boolean;
  /** Whether the service's filter can be told what to refuse. Default false. */
  readonly hasFilter?: boolean;
}
