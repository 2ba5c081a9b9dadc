import { defineCommand, type OperationSpec, type OperationSpecRegistry } from '@mortise/core/operations';
import { MEETING_RECORDER_TELEMETRY_EVENTS } from '../telemetry/meeting-recorder-telemetry.ts';
import { capability, connectionErrors, errorCodeOf, shared } from './shared-terms.ts';
import { MeetingRecorderWebhookIngestInput, MeetingRecorderWebhookIngestOutput } from './webhook-inputs.ts';

/** Takes in a delivery of a recorder. */
export const MeetingRecorderWebhookIngest: OperationSpec<
  typeof MeetingRecorderWebhookIngestInput,
  typeof MeetingRecorderWebhookIngestOutput
> = defineCommand({
  meta: {
    ...shared,
    key: 'meeting-recorder.webhooks.ingest',
    title: 'Ingest Meeting Recorder Webhook',
    description: 'Checks that a delivery comes from the provider and turns it into an event.',
    goal: 'Hear of new meetings and transcripts without asking.',
    context:
      'Called by the endpoint of the host, which acts as an administrator of the tenant that the address of the endpoint belongs to. The provider itself is nobody to the host: its signature is checked, not its sign-in.',
    tags: ['meeting-recorder', 'webhooks', 'transcripts'],
  },
  capability,
  io: {
    input: MeetingRecorderWebhookIngestInput,
    output: MeetingRecorderWebhookIngestOutput,
    errors: {
      ...connectionErrors,
      PROVIDER_UNKNOWN: { description: 'No meeting-recorder integration has this key.', httpStatus: 422 },
    },
  },
  policy: {
    auth: 'admin',
    tenantScoped: true,
    resource: 'meeting-recorder.webhook',
    idempotent: true,
    destructive: false,
    pii: ['/headers', '/rawBody', '/rawBodyBase64', '/payload'],
  },
  telemetry: {
    success: {
      event: { key: MEETING_RECORDER_TELEMETRY_EVENTS.webhookReceived, version: '1.0.0' },
      properties: ({ input, output }) => ({
        tenantId: input.tenantId,
        providerKey: input.providerKey,
        accepted: output?.accepted,
        eventType: output?.event?.eventType,
      }),
    },
    failure: {
      event: { key: MEETING_RECORDER_TELEMETRY_EVENTS.webhookRejected, version: '1.0.0' },
      properties: ({ input, error }) => ({
        tenantId: input.tenantId,
        providerKey: input.providerKey,
        error: errorCodeOf(error),
      }),
    },
  },
});

/** The operation on webhooks by name. */
export const meetingRecorderWebhookContracts: {
  readonly MeetingRecorderWebhookIngest: typeof MeetingRecorderWebhookIngest;
} = { MeetingRecorderWebhookIngest };

/**
 * Registers the operation on webhooks.
 *
 * @returns The registry.
 * @throws {DuplicateContractError} It is registered already.
 */
export function registerMeetingRecorderWebhookContracts(registry: OperationSpecRegistry): OperationSpecRegistry {
  return registry.register(MeetingRecorderWebhookIngest);
}
