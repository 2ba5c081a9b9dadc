import type { CapabilityRef } from '@mortise/core';
import { Type } from '@mortise/core/schema';
import { count, cursor, flag, id, instant, optional, closed } from '../schema/fields.ts';

/** What the ten operations of the five areas share. Each call makes new objects, so that no two contracts share one. */
export const listFields = () => ({
  tenantId: id("Tenant; must be the caller's"),
  connectionId: optional(id("One of the tenant's connections. Absent: all of them")),
  userId: optional(id('Whose records. A caller who is no administrator sees the own ones only')),
  from: optional(instant('Records from this instant on, inclusive')),
  to: optional(instant('Records before this instant, exclusive')),
  cursor: optional(cursor('`nextCursor` of the page before, with the same filters')),
  pageSize: optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100, description: 'Most records per page' })),
});

export const pageFields = () => ({
  nextCursor: optional(cursor('Absent on the last page')),
  hasMore: optional(flag('Whether there is another page')),
});

export const syncFields = () => ({
  tenantId: id("Tenant; must be the caller's"),
  connectionId: optional(id("One of the tenant's connections. Absent: all of them")),
  userId: optional(id('Whose records. Absent: of all users of the connection')),
  from: optional(instant('Records from this instant on, inclusive')),
  to: optional(instant('Records before this instant, exclusive')),
  cursor: optional(cursor('`nextCursor` of a sync that ended early')),
  forceFullRefresh: optional(flag('Start over, whatever was read before')),
});

const failure = () =>
  Type.Object(
    {
      entityType: Type.Enum(['activity', 'workout', 'sleep', 'biometric', 'nutrition']),
      externalId: optional(Type.String({ description: "The vendor's id of the record" })),
      code: Type.String(),
      message: Type.String({ description: 'Without any figure of the record' }),
    },
    closed,
  );

export const syncResultFields = () => ({
  synced: count('Records stored, over all pages'),
  failed: count('Records not stored'),
  nextCursor: optional(cursor('Where to go on; present where the sync ended early')),
  errors: optional(Type.Array(Type.String(), { description: 'The messages of `failures`' })),
  failures: optional(Type.Array(failure())),
  hasMore: optional(flag('Whether there is more to read')),
  oldestAt: optional(instant('Time of the oldest record read')),
  newestAt: optional(instant('Time of the newest record read')),
});

/** Capability that an area needs of the provider. */
export const readCapability = (area: string): CapabilityRef => ({ key: `health.${area}.read`, version: '1.0.0' });

export const areaMeta = (area: string) =>
  ({
    version: '1.0.0',
    domain: 'integrations',
    stability: 'experimental',
    owners: ['@platform.integrations'],
    tags: ['health', area, 'wearables'],
  }) as const;

/** A list is for the person whose records they are, too: the handler limits it with `resolveHealthUserId`. */
export const listPolicy = (resource: string) =>
  ({ auth: 'user', tenantScoped: true, resource, pii: ['/userId'] }) as const;

export const syncPolicy = (resource: string) =>
  ({ auth: 'admin', tenantScoped: true, resource, pii: ['/userId'], destructive: false }) as const;

export const listErrors = () =>
  ({
    CONNECTION_NOT_FOUND: { description: 'The tenant has no such connection.', httpStatus: 404 },
    CURSOR_INVALID: { description: 'The cursor is not one of this list, or is too old; start again.', httpStatus: 400 },
    WINDOW_INVALID: { description: '`from` is not before `to`.', httpStatus: 422 },
    FORBIDDEN_USER: { description: 'The caller asked for the records of somebody else.', httpStatus: 403 },
  }) as const;

export const syncErrors = () =>
  ({
    CONNECTION_NOT_FOUND: { description: 'The tenant has no such connection.', httpStatus: 404 },
    CURSOR_INVALID: { description: 'The cursor is not one of this sync, or is too old; start again.', httpStatus: 400 },
    WINDOW_INVALID: { description: '`from` is not before `to`.', httpStatus: 422 },
    CONSENT_REQUIRED: { description: 'The person withdrew consent and has to connect again.', httpStatus: 403 },
    NOT_SUPPORTED: { description: 'The provider has no data of this kind.', httpStatus: 422 },
  }) as const;
