import { findTransportConfig, type IntegrationConnection, type IntegrationSpec } from '@mortise/core';

/** The host that a check of this connection burdens; the integration's key where no host can be told. */
export function hostOf(spec: IntegrationSpec, connection: IntegrationConnection): string {
  const transports = spec.transports ?? [];
  const path = spec.healthCheck?.request?.path;
  const template =
    path?.includes('://') === true
      ? path
      : (findTransportConfig(transports, 'rest')?.baseUrl ?? findTransportConfig(transports, 'mcp')?.url);
  const authority = template === undefined ? undefined : /^https?:\/\/([^/?#]+)/i.exec(template)?.[1];
  if (authority === undefined) return spec.meta.key;
  const { config } = connection;
  return authority
    .replaceAll(/\{([\w.-]+)\}/g, (_whole, name: string) => (Object.hasOwn(config, name) ? String(config[name]) : ''))
    .toLowerCase();
}
