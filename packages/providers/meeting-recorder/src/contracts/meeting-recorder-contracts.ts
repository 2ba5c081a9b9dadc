import type { OperationSpecRegistry } from '@mortise/core/operations';
import { registerMeetingRecorderMeetingContracts } from './meetings.ts';
import { registerMeetingRecorderTranscriptContracts } from './transcripts.ts';
import { registerMeetingRecorderWebhookContracts } from './webhooks.ts';

/**
 * Registers all five operations: on meetings, on transcripts, on webhooks, in this order.
 *
 * @returns The registry.
 * @throws {DuplicateContractError} One of them is registered already.
 */
export function registerMeetingRecorderContracts(registry: OperationSpecRegistry): OperationSpecRegistry {
  registerMeetingRecorderMeetingContracts(registry);
  registerMeetingRecorderTranscriptContracts(registry);
  return registerMeetingRecorderWebhookContracts(registry);
}
