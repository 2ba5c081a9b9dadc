export type {
  IntegrationTransportConfig,
  IntegrationTransportType,
  McpTransportConfig,
  RestTransportConfig,
  SdkTransportConfig,
  WebhookTransportConfig,
} from '@mortise/core';
export { findTransportConfig, supportsTransport } from '@mortise/core';
