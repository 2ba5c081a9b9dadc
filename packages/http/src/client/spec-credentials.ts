export { requestCredentials } from '../../../auth/src/credentials/request-credentials.ts';
