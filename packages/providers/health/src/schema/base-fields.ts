import { Type } from '@mortise/core/schema';
import { closed, day, extras, id, instant, optional, text } from './fields.ts';

const offset = () =>
  Type.String({ pattern: '^[+-]([01]\\d|2[0-3]):[0-5]\\d$', description: 'Local offset at the start' });

const device = () =>
  Type.Object(
    {
      id: optional(text("The vendor's id of the device")),
      manufacturer: optional(Type.String()),
      model: optional(Type.String()),
      type: Type.Enum(['watch', 'ring', 'phone', 'scale', 'strap', 'other']),
    },
    closed,
  );

const origin = () =>
  Type.Object(
    {
      app: optional(text('App that wrote the record')),
      writer: optional(text('Who wrote it, where not the provider itself')),
      device: optional(device()),
      method: Type.Enum(['automatic', 'manual', 'derived', 'unknown']),
    },
    closed,
  );

export const grain = () =>
  Type.Enum(['sample', 'interval', 'daily_total'], { description: 'A daily total already holds its samples' });

/** What all records have in common. */
export const baseFields = () => ({
  id: id('Id of the record'),
  tenantId: id('Tenant that the record belongs to'),
  connectionId: id('Connection by which it came'),
  providerKey: id('Integration by which it came'),
  externalId: id("The vendor's id"),
  userId: optional(id('User that the record is about')),
  metadata: optional(extras('What the vendor tells beyond these fields')),
  zoneOffset: optional(offset()),
  timeZone: optional(text('Zone in which the person was (IANA)')),
  localDate: optional(day('Day that the vendor files the record under')),
  origin: optional(origin()),
  status: optional(Type.Enum(['preliminary', 'final', 'corrected', 'deleted'])),
  revision: optional(text("Grows with each change of the vendor's record")),
  updatedAt: optional(instant("The vendor's last change")),
});
