import { defineCommand, type OperationSpecRegistry } from '@mortise/core/operations';
import { type Static, Type } from '@mortise/core/schema';
import { closed, flag, id, optional, text } from '../schema/fields.ts';
import { HealthWebhookEventRecord } from '../schema/record-models.ts';
import { HEALTH_TELEMETRY_EVENTS } from '../telemetry/telemetry-events.ts';
import { errorCodeOf } from './telemetry-triggers.ts';

export const HealthWebhookIngestInput = Type.Object(
  {
    tenantId: id("Tenant; must be the caller's"),
    connectionId: optional(id('Connection whose secret proves the delivery. Absent: that of the slot')),
    providerKey: Type.String({ minLength: 1, description: 'Integration that the delivery is said to come from' }),
    headers: Type.Record(Type.String(), Type.Unknown(), {
      description: 'As received; a value is text or a list of texts',
    }),
    rawBody: text('The body as received, since the signature covers its bytes'),
    rawBodyEncoding: optional(
      Type.Enum(['utf-8', 'base64'], { description: 'How `rawBody` stands for the bytes. Default `utf-8`' }),
    ),
  },
  { ...closed, title: 'HealthWebhookIngestInput' },
);
export type HealthWebhookIngestInput = Static<typeof HealthWebhookIngestInput>;

export const HealthWebhookIngestOutput = Type.Object(
  {
    accepted: flag('Whether the delivery was proven and taken in'),
    event: optional(HealthWebhookEventRecord),
    events: optional(
      Type.Array(HealthWebhookEventRecord, { description: 'All of them, where one delivery tells of many' }),
    ),
    reason: optional(text('Why it was not accepted, without anything of its content')),
  },
  { ...closed, title: 'HealthWebhookIngestOutput' },
);
export type HealthWebhookIngestOutput = Static<typeof HealthWebhookIngestOutput>;

/** Takes in a delivery of a vendor. The handler verifies it first; an unproven one is answered with `accepted: false`. */
export const HealthWebhookIngest = defineCommand({
  meta: {
    version: '1.0.0',
    key: 'health.webhooks.ingest',
    title: 'Ingest Health Webhook',
    description: 'Verifies a delivery of a health data vendor and takes its events in.',
    goal: 'Learn of new health data without asking for it again and again.',
    context:
      "Called by the host's own webhook endpoint, on behalf of a tenant that it found by the address. A vendor never calls it.",
    domain: 'integrations',
    stability: 'experimental',
    owners: ['@platform.integrations'],
    tags: ['health', 'webhooks', 'integrations'],
  },
  capability: { key: 'health.webhooks', version: '1.0.0' },
  io: {
    input: HealthWebhookIngestInput,
    output: HealthWebhookIngestOutput,
    errors: {
      CONNECTION_NOT_FOUND: { description: 'The tenant has no such connection.', httpStatus: 404 },
      NOT_SUPPORTED: { description: 'The provider takes no deliveries.', httpStatus: 422 },
    },
  },
  policy: {
    auth: 'admin',
    tenantScoped: true,
    resource: 'health.webhook',
    pii: ['/headers', '/rawBody'],
    destructive: false,
  },
  telemetry: {
    success: {
      event: { key: HEALTH_TELEMETRY_EVENTS.webhookReceived, version: '1.0.0' },
      properties: ({ input, output }) => ({
        providerKey: input.providerKey,
        accepted: output?.accepted,
        eventCount: output?.events?.length ?? (output?.event === undefined ? 0 : 1),
      }),
    },
    failure: {
      event: { key: HEALTH_TELEMETRY_EVENTS.webhookRejected, version: '1.0.0' },
      properties: ({ input, error }) => ({ providerKey: input.providerKey, errorCode: errorCodeOf(error) }),
    },
  },
  sideEffects: { audit: ['health.webhooks.ingested'] },
});

/** The operation of the area by name. */
export const healthWebhookContracts = { HealthWebhookIngest } as const;

/**
 * Registers the operation of the area.
 *
 * @returns The registry.
 * @throws {DuplicateContractError} It is registered already.
 */
export function registerHealthWebhookContracts(registry: OperationSpecRegistry): OperationSpecRegistry {
  return registry.register(HealthWebhookIngest);
}
