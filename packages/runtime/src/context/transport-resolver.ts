import { type IntegrationTransportConfig, type IntegrationTransportType, supportsTransport } from '@mortise/core';

/** Chooses the transport of a call. */
export interface TransportResolver {
  resolve(
    specTransports: readonly IntegrationTransportConfig[],
    preferred: IntegrationTransportType | undefined,
    connectionTransport: IntegrationTransportType | undefined,
  ): IntegrationTransportType;
}

/** The transport that was chosen, and why. */
export interface TransportExplanation {
  readonly transport: IntegrationTransportType;
  readonly reason: 'connection' | 'preferred' | 'first-listed' | 'fallback';
  /** The connection's choice, when the spec does not support it. */
  readonly ignoredOverride?: IntegrationTransportType;
}

/**
 * The connection's choice if the spec supports it, else the spec's preference, else the first listed transport that
 * can carry a request (an inbound webhook cannot), else `rest`.
 */
export class DefaultTransportResolver implements TransportResolver {
  resolve(
    specTransports: readonly IntegrationTransportConfig[],
    preferred: IntegrationTransportType | undefined,
    connectionTransport: IntegrationTransportType | undefined,
  ): IntegrationTransportType {
    if (connectionTransport !== undefined && supportsTransport(specTransports, connectionTransport)) {
      return connectionTransport;
    }
    if (preferred !== undefined && supportsTransport(specTransports, preferred)) return preferred;
    return firstRequestTransport(specTransports) ?? 'rest';
  }

  explain(
    specTransports: readonly IntegrationTransportConfig[],
    preferred: IntegrationTransportType | undefined,
    connectionTransport: IntegrationTransportType | undefined,
  ): TransportExplanation {
    if (connectionTransport !== undefined && supportsTransport(specTransports, connectionTransport)) {
      return { transport: connectionTransport, reason: 'connection' };
    }
    const ignored = connectionTransport === undefined ? {} : { ignoredOverride: connectionTransport };
    if (preferred !== undefined && supportsTransport(specTransports, preferred)) {
      return { transport: preferred, reason: 'preferred', ...ignored };
    }
    const first = firstRequestTransport(specTransports);
    return first === undefined
      ? { transport: 'rest', reason: 'fallback', ...ignored }
      : { transport: first, reason: 'first-listed', ...ignored };
  }
}

function firstRequestTransport(
  transports: readonly IntegrationTransportConfig[],
): IntegrationTransportType | undefined {
  return transports.find(({ type }) => type !== 'webhook')?.type;
}
