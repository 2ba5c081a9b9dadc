import type { Static } from '@mortise/core/schema';
import { expectTypeOf } from 'vitest';
import type { HealthProvider } from './health-provider.ts';
import type { HealthActivity } from './model/activity.ts';
import type { HealthBiometric } from './model/biometric.ts';
import type { HealthListActivitiesParams, HealthListSleepParams, HealthListWorkoutsParams } from './model/list.ts';
import type { HealthNutrition } from './model/nutrition.ts';
import type { HealthSleep } from './model/sleep.ts';
import type { HealthDataTransport } from './model/source.ts';
import type { HealthWebhookEvent, HealthWebhookRequest } from './model/webhook.ts';
import type { HealthWorkout } from './model/workout.ts';
import type {
  HealthActivitySchema,
  HealthBiometricSchema,
  HealthNutritionSchema,
  HealthSleepSchema,
  HealthWorkoutSchema,
} from './schema/entity-schemas.ts';
import type { seedCompat, SeedHealthWebhookEvent } from './seed-compat.ts';

// The schemas say the same as the interfaces, field for field.
expectTypeOf<Static<typeof HealthActivitySchema>>().branded.toEqualTypeOf<HealthActivity>();
expectTypeOf<Static<typeof HealthWorkoutSchema>>().branded.toEqualTypeOf<HealthWorkout>();
expectTypeOf<Static<typeof HealthSleepSchema>>().branded.toEqualTypeOf<HealthSleep>();
expectTypeOf<Static<typeof HealthBiometricSchema>>().branded.toEqualTypeOf<HealthBiometric>();
expectTypeOf<Static<typeof HealthNutritionSchema>>().branded.toEqualTypeOf<HealthNutrition>();

expectTypeOf<HealthListWorkoutsParams>().toEqualTypeOf<HealthListActivitiesParams>();
expectTypeOf<HealthListSleepParams>().toEqualTypeOf<HealthListActivitiesParams>();
expectTypeOf<HealthDataTransport>().toEqualTypeOf<
  'official-api' | 'official-mcp' | 'aggregator-api' | 'aggregator-mcp' | 'unofficial'
>();

/** The types as they were first, as far as an implementation meets them. */
interface FirstWebhookRequest {
  headers: Record<string, string | string[] | undefined>;
  rawBody: string;
  parsedBody?: unknown;
}
interface FirstWebhookEvent {
  providerKey: string;
  entityType?: 'activity' | 'workout' | 'sleep' | 'biometric' | 'nutrition';
  verified?: boolean;
}
interface FirstListParams {
  tenantId: string;
  from?: string;
}

/** A class that was written against the first interface still is a provider: no options, text bodies, five kinds. */
class FirstProvider implements HealthProvider {
  async listActivities(_params: FirstListParams) {
    return { activities: [] };
  }
  async listWorkouts(_params: FirstListParams) {
    return { workouts: [], hasMore: false };
  }
  async listSleep(_params: FirstListParams) {
    return { sleep: [], source: { providerKey: 'x', transport: 'unofficial' as const, route: 'primary' as const } };
  }
  async listBiometrics(_params: FirstListParams & { metricTypes?: string[] }) {
    return { biometrics: [] };
  }
  async listNutrition(_params: FirstListParams) {
    return { nutrition: [], nextCursor: 'c' };
  }
  async getConnectionStatus({ tenantId, connectionId }: { tenantId: string; connectionId: string }) {
    return { tenantId, connectionId, status: 'healthy' as const };
  }
  async syncSleep(_request: FirstListParams) {
    return { synced: 0, failed: 0, errors: ['x'] };
  }
  async parseWebhook(request: FirstWebhookRequest): Promise<FirstWebhookEvent> {
    return { providerKey: request.rawBody.slice(0, 1), entityType: 'sleep' };
  }
  async verifyWebhook(_request: FirstWebhookRequest): Promise<boolean> {
    return false;
  }
}
expectTypeOf<FirstProvider>().toExtend<HealthProvider>();
expectTypeOf<HealthWebhookRequest['rawBody']>().toEqualTypeOf<string>();

// An event of ours may be of a kind that first code does not know; folded, it is not.
expectTypeOf<HealthWebhookEvent>().not.toExtend<FirstWebhookEvent>();
expectTypeOf<SeedHealthWebhookEvent>().toExtend<FirstWebhookEvent>();
expectTypeOf<ReturnType<typeof seedCompat>>().toExtend<{
  parseWebhook?(request: FirstWebhookRequest): Promise<FirstWebhookEvent>;
}>();

// A sleep has a start and an end; a workout need not have been timed.
expectTypeOf<Omit<HealthSleep, 'startedAt'>>().not.toExtend<HealthSleep>();
expectTypeOf<Omit<HealthWorkout, 'startedAt'>>().toExtend<HealthWorkout>();
