export type { GcpSecretServerOptions, GcpServerEndpoint } from './gcp-secret-server.ts';
export { GcpSecretServer, startGcpSecretServer } from './gcp-secret-server.ts';
export type { GcpSecretServerErrorCode } from './gcp-secret-server-error.ts';
export { GcpSecretServerError } from './gcp-secret-server-error.ts';
export type { GcpFault, InjectOptions } from './faults/gcp-fault.ts';
export type { GcpRecordedCall } from './recorded-call.ts';
export type { GcpQuotas } from './service/quotas.ts';
export type { RevokeOptions } from './service/permissions.ts';
export type { GcpSecretSnapshot } from './store/snapshot.ts';
