import type { MessagingProvider } from '../messaging-provider.ts';
import type { MessagingService } from './messaging-service.ts';

/** How a check wants its provider. */
export interface MessagingSubjectSetup {
  /** Credential that the provider sends. */
  readonly credential: string;
  /** Secrets by which it knows genuine deliveries; several while one is replaced, none where none was configured. */
  readonly webhookSecrets: readonly string[];
}

/** A provider under test and the platform behind it. */
export interface MessagingSubject {
  readonly provider: MessagingProvider;
  readonly service: MessagingService;
  /** Moves the clock of provider and platform, where they have one of their own; absent, the checks wait in real time. */
  readonly advance?: (ms: number) => Promise<void>;
  /** Releases everything, the provider included. */
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface MessagingConformanceTarget {
  /** A fresh provider in front of a fresh platform. */
  readonly open: (setup: MessagingSubjectSetup) => Promise<MessagingSubject>;
}

/** Runs a check against a fresh subject, and releases everything afterwards. */
export async function withSubject(
  target: MessagingConformanceTarget,
  run: (subject: MessagingSubject) => Promise<void>,
  credential: string = 'conformance-credential',
  webhookSecrets: readonly string[] = ['hook-secret'],
): Promise<void> {
  const subject = await target.open({ credential, webhookSecrets });
  try {
    await run(subject);
  } finally {
    await subject.close();
  }
}
