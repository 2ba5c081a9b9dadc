import type { ProjectManagementProvider } from '../project-management-provider.ts';
import type { TrackerService } from './tracker-service.ts';

/** How a check wants its provider. */
export interface ProjectManagementSubjectSetup {
  /** Credential that the provider sends. */
  readonly credential: string;
  /** Secrets by which it knows genuine deliveries; several while one is replaced, none where none was configured. */
  readonly webhookSecrets: readonly string[];
}

/** A provider under test and the tracker behind it. */
export interface ProjectManagementSubject {
  readonly provider: ProjectManagementProvider;
  readonly service: TrackerService;
  /** Moves the clock of provider and tracker, where they have one of their own; absent, the checks wait in real time. */
  readonly advance?: (ms: number) => Promise<void>;
  /** Releases everything, the provider included. */
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface ProjectManagementConformanceTarget {
  /** A fresh provider in front of a fresh tracker. */
  readonly open: (setup: ProjectManagementSubjectSetup) => Promise<ProjectManagementSubject>;
}

/** Runs a check against a fresh subject, and releases everything afterwards. */
export async function withSubject(
  target: ProjectManagementConformanceTarget,
  run: (subject: ProjectManagementSubject) => Promise<void>,
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
