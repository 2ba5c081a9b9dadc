export type {
  ConnectionStatus,
  IntegrationConnection,
  IntegrationConnectionHealth,
  IntegrationConnectionMeta,
  IntegrationUsageMetrics,
} from '@mortise/core';
