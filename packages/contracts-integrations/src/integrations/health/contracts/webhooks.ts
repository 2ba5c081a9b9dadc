export {
  HealthWebhookIngest,
  healthWebhookContracts,
  registerHealthWebhookContracts,
} from '@mortise/provider-health/contracts';
