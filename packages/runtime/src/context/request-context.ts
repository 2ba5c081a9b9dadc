import {
  type IntegrationAuthConfig,
  type IntegrationAuthType,
  type IntegrationConnection,
  type IntegrationSpec,
  type IntegrationTransportType,
  isRequestAuthType,
  resolveApiVersion,
  supportsAuthMethod,
} from '@mortise/core';
import { DefaultTransportResolver, type TransportResolver } from './transport-resolver.ts';

/** How one request is made. */
export interface IntegrationRequestContext {
  readonly transport: IntegrationTransportType;
  readonly authMethod: IntegrationAuthType | undefined;
  readonly apiVersion: string | undefined;
}

/** The part of a spec that decides how requests are made. */
export type RequestSpec = Pick<
  IntegrationSpec,
  'transports' | 'preferredTransport' | 'supportedAuthMethods' | 'versionPolicy'
>;

/** The part of a connection that overrides it. */
export type RequestConnection = Pick<IntegrationConnection, 'activeTransport' | 'authMethod' | 'apiVersion'>;

const DEFAULT_RESOLVER = new DefaultTransportResolver();

/**
 * The auth type of a request: without spec methods the connection's own value; else the connection's if the spec
 * supports it; else the first listed one. Webhook signing is passed over: it authenticates what others send.
 */
export function resolveAuthMethod(
  specMethods?: readonly IntegrationAuthConfig[],
  connectionMethod?: IntegrationAuthType,
): IntegrationAuthType | undefined {
  if (specMethods === undefined) return connectionMethod;
  if (
    connectionMethod !== undefined &&
    isRequestAuthType(connectionMethod) &&
    supportsAuthMethod(specMethods, connectionMethod)
  ) {
    return connectionMethod;
  }
  return specMethods.find(({ type }) => isRequestAuthType(type))?.type;
}

/** Transport, auth type and API version of a connection's requests. */
export function resolveIntegrationRequestContext(
  spec: RequestSpec,
  connection: RequestConnection,
  resolver: TransportResolver = DEFAULT_RESOLVER,
): IntegrationRequestContext {
  return {
    transport: resolver.resolve(spec.transports ?? [], spec.preferredTransport, connection.activeTransport),
    authMethod: resolveAuthMethod(spec.supportedAuthMethods, connection.authMethod),
    apiVersion: resolveApiVersion(spec.versionPolicy, connection.apiVersion),
  };
}
