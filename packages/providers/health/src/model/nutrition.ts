import type { HealthGrain, HealthRecordBase } from './record-base.ts';

export interface HealthNutrientAmount {
  /** Such as `sodium` or `vitamin_c`. */
  code: string;
  grams: number;
}

export interface HealthNutritionItem {
  name: string;
  /** As the person wrote it, such as `1 cup`. */
  serving?: string;
  caloriesKcal?: number;
}

/** What was eaten or drunk, as logged. */
export interface HealthNutrition extends HealthRecordBase {
  /** Instant at which it was logged. */
  loggedAt: string;
  caloriesKcal?: number;
  proteinGrams?: number;
  carbsGrams?: number;
  fatGrams?: number;
  fiberGrams?: number;
  hydrationMl?: number;

  /** Instant at which it was consumed, where the vendor tells the two apart. */
  consumedAt?: string;
  meal?: 'breakfast' | 'lunch' | 'dinner' | 'snack';
  items?: HealthNutritionItem[];
  nutrients?: HealthNutrientAmount[];
  /** `daily_total`: the day's sum, which already holds its entries. */
  grain?: HealthGrain;
}
