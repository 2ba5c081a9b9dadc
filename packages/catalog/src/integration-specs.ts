import type { IntegrationSpec } from '@mortise/core';
import { analyticsIntegrationSpecs } from '@mortise/provider-analytics/specs';
import { calendarIntegrationSpecs } from '@mortise/provider-calendar/specs';
import { composioIntegrationSpecs } from '@mortise/provider-composio/specs';
import { databaseIntegrationSpecs } from '@mortise/provider-database/specs';
import { emailIntegrationSpecs } from '@mortise/provider-email/specs';
import { healthIntegrationSpecs } from '@mortise/provider-health/specs';
import { imageIntegrationSpecs } from '@mortise/provider-image/specs';
import { llmIntegrationSpecs } from '@mortise/provider-llm/specs';
import { meetingRecorderIntegrationSpecs } from '@mortise/provider-meeting-recorder/specs';
import { messagingIntegrationSpecs } from '@mortise/provider-messaging/specs';
import { openbankingIntegrationSpecs } from '@mortise/provider-openbanking/specs';
import { paymentsIntegrationSpecs } from '@mortise/provider-payments/specs';
import { projectManagementIntegrationSpecs } from '@mortise/provider-project-management/specs';
import { smsIntegrationSpecs } from '@mortise/provider-sms/specs';
import { storageIntegrationSpecs } from '@mortise/provider-storage/specs';
import { vectorStoreIntegrationSpecs } from '@mortise/provider-vector-store/specs';
import { voiceIntegrationSpecs } from '@mortise/provider-voice/specs';

/** Every shipped spec, by domain in alphabetical order; within a domain in the order of its package. */
export const integrationSpecs: readonly IntegrationSpec[] = Object.freeze([
  ...analyticsIntegrationSpecs,
  ...calendarIntegrationSpecs,
  ...composioIntegrationSpecs,
  ...databaseIntegrationSpecs,
  ...emailIntegrationSpecs,
  ...healthIntegrationSpecs,
  ...imageIntegrationSpecs,
  ...llmIntegrationSpecs,
  ...meetingRecorderIntegrationSpecs,
  ...messagingIntegrationSpecs,
  ...openbankingIntegrationSpecs,
  ...paymentsIntegrationSpecs,
  ...projectManagementIntegrationSpecs,
  ...smsIntegrationSpecs,
  ...storageIntegrationSpecs,
  ...vectorStoreIntegrationSpecs,
  ...voiceIntegrationSpecs,
]);
