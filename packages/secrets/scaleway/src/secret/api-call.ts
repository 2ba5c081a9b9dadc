import type { ScalewayConnection } from '../client/scaleway-connection.ts';
import type { ScalewaySettings } from '../options/scaleway-settings.ts';
import type { ScalewaySecretByName } from '../reference/scaleway-reference.ts';
import { failure, type Subject } from '../reference/subject.ts';

/** What each step of an operation needs. */
export interface ApiCall {
  readonly subject: Subject;
  readonly signal: AbortSignal;
  readonly connection: ScalewayConnection;
  readonly settings: ScalewaySettings;
}

/** @throws {SecretProviderError} `INVALID`: neither the reference nor the options name a region. */
export function regionOf({ subject, settings }: ApiCall, region: string | undefined): string {
  const known = region ?? settings.region;
  if (known !== undefined) return known;
  throw failure(subject, 'INVALID', 'it names no region, and there is neither defaultRegion nor SCW_DEFAULT_REGION');
}

/** @throws {SecretProviderError} `INVALID`: neither the reference nor the options name a project. */
export function projectOf({ subject, settings }: ApiCall, { projectId }: ScalewaySecretByName): string {
  const known = projectId ?? settings.projectId;
  if (known !== undefined) return known;
  throw failure(
    subject,
    'INVALID',
    'a name needs a project: add "?project=", the option defaultProjectId or SCW_DEFAULT_PROJECT_ID',
  );
}
