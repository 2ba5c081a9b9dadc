import type { IntegrationSpec } from '@mortise/core';
import { messagingGithubIntegrationSpec } from './messaging-github.ts';
import { messagingSlackIntegrationSpec } from './messaging-slack.ts';
import { messagingTelegramIntegrationSpec } from './messaging-telegram.ts';
import { messagingWhatsappMetaIntegrationSpec } from './messaging-whatsapp-meta.ts';
import { messagingWhatsappTwilioIntegrationSpec } from './messaging-whatsapp-twilio.ts';

/** Every messaging spec that is shipped. */
export const messagingIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([
  messagingSlackIntegrationSpec,
  messagingGithubIntegrationSpec,
  messagingTelegramIntegrationSpec,
  messagingWhatsappMetaIntegrationSpec,
  messagingWhatsappTwilioIntegrationSpec,
]);
