import type { HealthProvider } from './health-provider.ts';
import { HEALTH_ENTITY_TYPES, type HealthEntityType } from './model/entity.ts';
import type { HealthWebhookEvent, HealthWebhookRequest } from './model/webhook.ts';

/** An event whose `entityType` is one of the first five. */
export interface SeedHealthWebhookEvent extends Omit<HealthWebhookEvent, 'entityType'> {
  entityType?: HealthEntityType;
}

/** A provider whose events are of the first, narrower kind. */
export interface SeedHealthProvider extends Omit<HealthProvider, 'parseWebhook' | 'parseWebhookAll' | 'verifyWebhook'> {
  parseWebhook?(request: HealthWebhookRequest): Promise<SeedHealthWebhookEvent>;
  verifyWebhook?(request: HealthWebhookRequest): Promise<boolean>;
}

/**
 * A provider for code that knows five kinds of webhook events only. An event of another kind keeps everything but its
 * `entityType`, which is left out: none of the five would be true.
 */
export function seedCompat(provider: HealthProvider): SeedHealthProvider {
  const parseWebhook = provider.parseWebhook?.bind(provider);
  const verifyWebhook = provider.verifyWebhook?.bind(provider);
  return {
    ...optionalMethods(provider),
    listActivities: (params, options) => provider.listActivities(params, options),
    listWorkouts: (params, options) => provider.listWorkouts(params, options),
    listSleep: (params, options) => provider.listSleep(params, options),
    listBiometrics: (params, options) => provider.listBiometrics(params, options),
    listNutrition: (params, options) => provider.listNutrition(params, options),
    getConnectionStatus: (params, options) => provider.getConnectionStatus(params, options),
    ...(parseWebhook === undefined ? {} : { parseWebhook: async (request) => foldEvent(await parseWebhook(request)) }),
    ...(verifyWebhook === undefined ? {} : { verifyWebhook }),
  };
}

/** The optional methods that the provider has, bound to it; they are the same for old and new code. */
function optionalMethods(provider: HealthProvider): Partial<SeedHealthProvider> {
  const { capabilities } = provider;
  const syncActivities = provider.syncActivities?.bind(provider);
  const syncWorkouts = provider.syncWorkouts?.bind(provider);
  const syncSleep = provider.syncSleep?.bind(provider);
  const syncBiometrics = provider.syncBiometrics?.bind(provider);
  const syncNutrition = provider.syncNutrition?.bind(provider);
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    ...(syncActivities === undefined ? {} : { syncActivities }),
    ...(syncWorkouts === undefined ? {} : { syncWorkouts }),
    ...(syncSleep === undefined ? {} : { syncSleep }),
    ...(syncBiometrics === undefined ? {} : { syncBiometrics }),
    ...(syncNutrition === undefined ? {} : { syncNutrition }),
  };
}

function foldEvent({ entityType, ...event }: HealthWebhookEvent): SeedHealthWebhookEvent {
  const known = HEALTH_ENTITY_TYPES.find((name) => name === entityType);
  return known === undefined ? event : { ...event, entityType: known };
}
