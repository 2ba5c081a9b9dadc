import { type Static, Type } from '@mortise/core/schema';
import { baseFields } from './base-fields.ts';
import { closed, extras, flag, instant, optional, text } from './fields.ts';
import { activityFields, biometricFields, nutritionFields, sleepFields, workoutFields } from './record-fields.ts';

/** Storage times of a record; `sourceUpdatedAt` is the vendor's, which `updatedAt` is in a provider's record. */
const stored = () => ({
  createdAt: instant('When the record was first stored'),
  updatedAt: instant('When it was last stored'),
  sourceUpdatedAt: optional(instant("The vendor's last change")),
});

/** An activity as a host stores it: the provider's record with storage times. Instants are text, so that JSON keeps them. */
export const HealthActivityRecord = Type.Object(
  { ...baseFields(), ...activityFields(), ...stored() },
  { ...closed, title: 'HealthActivityRecord' },
);
export type HealthActivityRecord = Static<typeof HealthActivityRecord>;

/** A training session as a host stores it. */
export const HealthWorkoutRecord = Type.Object(
  { ...baseFields(), ...workoutFields(), ...stored() },
  { ...closed, title: 'HealthWorkoutRecord' },
);
export type HealthWorkoutRecord = Static<typeof HealthWorkoutRecord>;

/** A sleep as a host stores it. */
export const HealthSleepRecord = Type.Object(
  { ...baseFields(), ...sleepFields(), ...stored() },
  { ...closed, title: 'HealthSleepRecord' },
);
export type HealthSleepRecord = Static<typeof HealthSleepRecord>;

/** A measurement as a host stores it. Measurements were not updated once; a corrected one is. */
export const HealthBiometricRecord = Type.Object(
  { ...baseFields(), ...biometricFields(), ...stored(), updatedAt: optional(instant('When it was last stored')) },
  { ...closed, title: 'HealthBiometricRecord' },
);
export type HealthBiometricRecord = Static<typeof HealthBiometricRecord>;

/** A food log entry as a host stores it. */
export const HealthNutritionRecord = Type.Object(
  { ...baseFields(), ...nutritionFields(), ...stored() },
  { ...closed, title: 'HealthNutritionRecord' },
);
export type HealthNutritionRecord = Static<typeof HealthNutritionRecord>;

/** What a delivery told. */
export const HealthWebhookEventRecord = Type.Object(
  {
    id: optional(text('Id of this record')),
    providerKey: Type.String({ minLength: 1, description: 'Integration that it came from' }),
    eventType: optional(text("The vendor's name of the event")),
    externalEntityId: optional(text("The vendor's id of the record")),
    entityType: optional(text('What it is about; open, since vendors tell of more than the five kinds')),
    receivedAt: optional(instant('When it came in')),
    verified: optional(flag('Whether the signature held')),
    payload: optional(Type.Unknown({ description: "The vendor's body. Personal data" })),
    metadata: optional(extras('Anything else')),
    externalUserId: optional(text("The vendor's id of the person")),
    eventId: optional(text('What identifies the event over its repetitions')),
    occurredAt: optional(instant('When it happened')),
    change: optional(Type.Enum(['created', 'updated', 'deleted'])),
  },
  { ...closed, title: 'HealthWebhookEventRecord' },
);
export type HealthWebhookEventRecord = Static<typeof HealthWebhookEventRecord>;
