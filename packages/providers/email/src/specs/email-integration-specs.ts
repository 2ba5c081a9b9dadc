import type { IntegrationSpec } from '@mortise/core';
import { gmailIntegrationSpec } from './gmail.ts';
import { postmarkIntegrationSpec } from './postmark.ts';
import { resendIntegrationSpec } from './resend.ts';

/** Every e-mail spec that is shipped. */
export const emailIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([
  gmailIntegrationSpec,
  postmarkIntegrationSpec,
  resendIntegrationSpec,
]);
