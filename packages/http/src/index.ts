export type {
  ClientConnection,
  ClientCredentials,
  ClientToken,
  IntegrationClientOptions,
  ObservedResponse,
} from './client/client-options.ts';
export { createIntegrationClient } from './client/create-integration-client.ts';
export type {
  IntegrationClient,
  PageOptions,
  PagesOptions,
  Parse,
  StreamRequest,
} from './client/integration-client.ts';
export type { HttpClock } from './clock.ts';
export { systemClock } from './clock.ts';
export type { IntegrationRequestErrorOptions, RequestFailureReason } from './errors/integration-request-error.ts';
export { IntegrationRequestError } from './errors/integration-request-error.ts';
export type { FetchLike } from './exchange/send.ts';
export type { GuardedAttempt, IntegrationExecutorOptions } from './guard/integration-executor.ts';
export { integrationExecutor } from './guard/integration-executor.ts';
export type { RateLimitSnapshot } from './limits/rate-limit-snapshot.ts';
export { waitForLimits } from './limits/rate-limit-snapshot.ts';
export type { HeaderSource } from './limits/read-rate-limits.ts';
export { readRateLimits } from './limits/read-rate-limits.ts';
export { readWait } from './limits/read-wait.ts';
export type { HeaderLink } from './pagination/link-header.ts';
export { parseLinkHeader } from './pagination/link-header.ts';
export type { PaginateOptions } from './pagination/paginate.ts';
export { paginate } from './pagination/paginate.ts';
export type { IntegrationRequest, Parameters, ParameterValue, RequestBody } from './request/integration-request.ts';
export type { IntegrationResponse, ResponseHead } from './response/integration-response.ts';
export type { ResponseFacts } from './response/response-facts.ts';
export { findRule, matchesResponse } from './response/response-facts.ts';
export type { IntegrationStream } from './stream/integration-stream.ts';
export type { ServerSentEvent } from './stream/event-reader.ts';
export type { AddressScope } from './url/address-scope.ts';
export { addressScope } from './url/address-scope.ts';
export type { NetworkPolicy } from './url/network-policy.ts';
export { findRefusal, isAddressAllowed } from './url/network-policy.ts';
