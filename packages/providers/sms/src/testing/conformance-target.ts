import type { SmsProvider } from '../sms-provider.ts';
import type { SmsService } from './sms-service.ts';

/** How a check wants its provider. */
export interface SmsSubjectSetup {
  /** Credential that the provider sends. */
  readonly credential: string;
  /** Secrets by which it knows genuine deliveries; several while one is replaced, none where none was configured. */
  readonly webhookSecrets: readonly string[];
}

/** A provider under test and the service behind it. */
export interface SmsSubject {
  readonly provider: SmsProvider;
  readonly service: SmsService;
  /** Moves the clock of provider and service, where they have one of their own; absent, the checks wait in real time. */
  readonly advance?: (ms: number) => Promise<void>;
  /** Releases everything, the provider included. */
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface SmsConformanceTarget {
  /** A fresh provider in front of a fresh service. */
  readonly open: (setup: SmsSubjectSetup) => Promise<SmsSubject>;
}

/** Runs a check against a fresh subject, and releases everything afterwards. */
export async function withSubject(
  target: SmsConformanceTarget,
  run: (subject: SmsSubject) => Promise<void>,
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
