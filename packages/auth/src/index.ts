export type { CredentialSource, RequestCredentials } from './credentials/request-credentials.ts';
export { requestCredentials } from './credentials/request-credentials.ts';
export type { AuthErrorCode } from './errors/auth-error.ts';
export { AuthError } from './errors/auth-error.ts';
