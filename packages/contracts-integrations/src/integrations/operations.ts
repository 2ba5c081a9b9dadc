export {
  CreateIntegrationConnection,
  DeleteIntegrationConnection,
  ListIntegrationConnections,
  TestIntegrationConnection,
  UpdateIntegrationConnection,
  integrationContracts,
  registerIntegrationContracts,
} from '@mortise/core/operations';
