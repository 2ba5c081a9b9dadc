export { ProviderServer, startProviderServer } from './provider-server.ts';
export type { ProviderHandler, ProviderServerOptions } from './provider-server.ts';
export type { RecordedRequest } from './recorded-request.ts';
