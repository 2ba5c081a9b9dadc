export type ApiVersionStatus = 'stable' | 'beta' | 'deprecated' | 'sunset';

/** One version of a vendor's API. */
export interface ApiVersionInfo {
  readonly version: string;
  readonly status: ApiVersionStatus;
  /** Day or instant (ISO 8601) from which the vendor no longer serves the version. */
  readonly sunsetDate?: string;
  /** URL of the vendor's migration guide. */
  readonly migrationGuide?: string;
  /** Day or instant (ISO 8601) of the release. */
  readonly releasedAt?: string;
}

/** Which versions of a vendor's API an integration can speak, and where the version goes in a request. */
export interface IntegrationVersionPolicy {
  readonly currentVersion: string;
  readonly supportedVersions: readonly ApiVersionInfo[];
  readonly versionHeader?: string;
  readonly versionQueryParam?: string;
  /** True: the base URL or path has a place `{apiVersion}`. */
  readonly versionInPath?: boolean;
}

/**
 * The API version of a call: the connection's override, else the policy's current version.
 * Undefined without a policy, even with an override; an override need not be listed.
 */
export function resolveApiVersion(
  policy: IntegrationVersionPolicy | undefined,
  connectionOverride?: string,
): string | undefined {
  if (policy === undefined) return undefined;
  return connectionOverride ?? policy.currentVersion;
}

/** The policy's entry for a version, or undefined when it is not listed. */
export function getVersionInfo(policy: IntegrationVersionPolicy, version: string): ApiVersionInfo | undefined {
  return policy.supportedVersions.find((entry) => entry.version === version);
}

/** True for a listed version that is deprecated or sunset; false for any other, unknown ones included. */
export function isVersionDeprecated(policy: IntegrationVersionPolicy, version: string): boolean {
  const status = getVersionInfo(policy, version)?.status;
  return status === 'deprecated' || status === 'sunset';
}

/** The stable and beta versions, in declared order. */
export function getActiveVersions(policy: IntegrationVersionPolicy): ApiVersionInfo[] {
  return policy.supportedVersions.filter((entry) => entry.status === 'stable' || entry.status === 'beta');
}

/** What `assessApiVersion` found. `status` is `unknown` for a version that the policy does not list. */
export interface ApiVersionAssessment {
  readonly version: string;
  readonly status: ApiVersionStatus | 'unknown';
  /** Human-readable reasons to move on; empty when there are none. */
  readonly warnings: readonly string[];
}

/**
 * The version a call would use, judged at a given time: a version past its sunset date counts as sunset whatever its
 * declared status, and an unlisted or empty override is reported.
 *
 * @param now Epoch milliseconds.
 */
export function assessApiVersion(
  policy: IntegrationVersionPolicy,
  connectionOverride: string | undefined,
  now: number,
): ApiVersionAssessment {
  const version = connectionOverride ?? policy.currentVersion;
  const entry = getVersionInfo(policy, version);
  if (entry === undefined) {
    return { version, status: 'unknown', warnings: [`API version "${version}" is not listed in the version policy`] };
  }
  const sunsetAt = entry.sunsetDate === undefined ? Number.NaN : Date.parse(entry.sunsetDate);
  const status = sunsetAt <= now ? 'sunset' : entry.status;
  const guide = entry.migrationGuide === undefined ? '' : `; see ${entry.migrationGuide}`;
  const warnings: string[] = [];
  if (status === 'sunset') warnings.push(`API version "${version}" is no longer served${guide}`);
  else if (!Number.isNaN(sunsetAt)) warnings.push(`API version "${version}" ends on ${entry.sunsetDate}${guide}`);
  else if (status === 'deprecated') warnings.push(`API version "${version}" is deprecated${guide}`);
  return { version, status, warnings };
}
