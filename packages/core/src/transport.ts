import type { WebhookSigningAlgorithm } from './auth.ts';

export type IntegrationTransportType = 'rest' | 'mcp' | 'webhook' | 'sdk';

/** Header names in which a REST service reports its rate limit. */
export interface RateLimitHeaderNames {
  readonly remaining: string;
  readonly reset: string;
  readonly limit?: string;
}

export interface RestTransportConfig {
  readonly type: 'rest';
  readonly baseUrl?: string;
  readonly defaultHeaders?: Readonly<Record<string, string>>;
  readonly apiVersionHeader?: string;
  readonly rateLimitHeaders?: RateLimitHeaderNames;
  /** Default `application/json`. */
  readonly acceptContentTypes?: readonly string[];
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
