import type { WebhookSigningAlgorithm } from './auth.ts';
import type {
  ErrorContract,
  IdempotencyContract,
  PaginationContract,
  RateLimitReading,
  ResetFormat,
  RetryAfterReading,
} from './contract/http-contract.ts';

export type IntegrationTransportType = 'rest' | 'mcp' | 'webhook' | 'sdk';

/** Header names in which a REST service reports its rate limit. */
export interface RateLimitHeaderNames {
  readonly remaining: string;
  readonly reset: string;
  readonly limit?: string;
  /** How `reset` is written. Absent: told by its form and size. */
  readonly resetFormat?: ResetFormat;
}

export interface RestTransportConfig {
  readonly type: 'rest';
  /**
   * Where paths begin. `{name}` is replaced by that field of the connection's config, `{apiVersion}` by the API version,
   * `{token}` by the secret of a `path-token` method.
   */
  readonly baseUrl?: string;
  /**
   * Hosts that a base URL filled from config may have, such as `*.example.com`, where `*` stands for one or more labels.
   * Absent: the host's fixed end, as in `https://{account}.example.com`, or any public host where there is none.
   */
  readonly allowedHosts?: readonly string[];
  readonly defaultHeaders?: Readonly<Record<string, string>>;
  readonly apiVersionHeader?: string;
  readonly rateLimitHeaders?: RateLimitHeaderNames;
  /** Default `application/json`. */
  readonly acceptContentTypes?: readonly string[];
  /** Limits beyond the one of `rateLimitHeaders`, or in its place. */
  readonly rateLimits?: readonly RateLimitReading[];
  readonly retryAfter?: readonly RetryAfterReading[];
  readonly errors?: ErrorContract;
  readonly idempotency?: IdempotencyContract;
  /** How most lists of this API go on; a call may name another way. */
  readonly pagination?: PaginationContract;
}

export interface McpTransportConfig {
  readonly type: 'mcp';
  readonly transport: 'stdio' | 'http' | 'sse';
  /** Required in practice for `http` and `sse`. */
  readonly url?: string;
  /** Program started for `stdio`. Comes from the spec: never register specs from a source you would not run code from. */
  readonly command?: string;
  readonly args?: readonly string[];
  /** Text put before each tool's name. */
  readonly toolPrefix?: string;
}

/** Inbound deliveries, outbound deliveries, or both. Never chosen for a request of ours. */
export interface WebhookTransportConfig {
  readonly type: 'webhook';
  readonly inbound?: {
    readonly signatureHeader: string;
    readonly signingAlgorithm: WebhookSigningAlgorithm;
    /** Whether the vendor lets an API call register the endpoint. */
    readonly registrationSupported?: boolean;
  };
  readonly outbound?: { readonly deliveryRetries: number; readonly timeoutMs: number };
}

export interface SdkTransportConfig {
  readonly type: 'sdk';
  /** Name on the package registry. */
  readonly packageName: string;
  /** Lowest supported version, semver. */
  readonly minVersion?: string;
  readonly runtime?: 'node' | 'browser' | 'universal';
}

export type IntegrationTransportConfig =
  | RestTransportConfig
  | McpTransportConfig
  | WebhookTransportConfig
  | SdkTransportConfig;

/** The transport config of a given type. */
export type TransportConfigOf<Type extends IntegrationTransportType> = Extract<
  IntegrationTransportConfig,
  { readonly type: Type }
>;

/** First transport of the given type, or undefined. */
export function findTransportConfig<Type extends IntegrationTransportType>(
  transports: readonly IntegrationTransportConfig[],
  type: Type,
): TransportConfigOf<Type> | undefined {
  return transports.find((transport): transport is TransportConfigOf<Type> => transport.type === type);
}

/** Every transport of the given type, in declared order. */
export function findAllTransportConfigs<Type extends IntegrationTransportType>(
  transports: readonly IntegrationTransportConfig[],
  type: Type,
): TransportConfigOf<Type>[] {
  return transports.filter((transport): transport is TransportConfigOf<Type> => transport.type === type);
}

/** Whether one of the transports is of the given type. */
export function supportsTransport(
  transports: readonly IntegrationTransportConfig[],
  type: IntegrationTransportType,
): boolean {
  return transports.some((transport) => transport.type === type);
}
