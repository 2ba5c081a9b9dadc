import type { OperationSpecRegistry } from '@mortise/core/operations';
import { registerHealthActivityContracts } from './activities.ts';
import { registerHealthBiometricContracts } from './biometrics.ts';
import { registerHealthNutritionContracts } from './nutrition.ts';
import { registerHealthSleepContracts } from './sleep.ts';
import { registerHealthWebhookContracts } from './webhooks.ts';
import { registerHealthWorkoutContracts } from './workouts.ts';

/**
 * Registers all eleven operations: activities, workouts, sleep, biometrics, nutrition, webhooks.
 *
 * @returns The registry.
 * @throws {DuplicateContractError} One of them is registered already.
 */
export function registerHealthContracts(registry: OperationSpecRegistry): OperationSpecRegistry {
  registerHealthActivityContracts(registry);
  registerHealthWorkoutContracts(registry);
  registerHealthSleepContracts(registry);
  registerHealthBiometricContracts(registry);
  registerHealthNutritionContracts(registry);
  return registerHealthWebhookContracts(registry);
}
