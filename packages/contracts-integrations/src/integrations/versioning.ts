export type { ApiVersionInfo, ApiVersionStatus, IntegrationVersionPolicy } from '@mortise/core';
export { getActiveVersions, getVersionInfo, isVersionDeprecated, resolveApiVersion } from '@mortise/core';
