import type { IntegrationSpec, WebhookVerification } from '@mortise/core';
import type { ProbeContext, ProbeFinding } from './probe.ts';

/** What is known of the deliveries of a connection. */
export interface DeliveryRecord {
  /** Instant (ISO 8601) of the last delivery that was accepted. */
  readonly lastDeliveryAt: string;
  /** Milliseconds without a delivery after which the connection counts as degraded. Absent: silence is no sign. */
  readonly maxSilenceMs?: number;
}

/** Whether deliveries can be verified, and whether any came. Nothing is sent: there is nobody to ask. */
export function probeWebhooks(
  { spec, secrets }: Pick<ProbeContext, 'spec' | 'secrets'>,
  deliveries: DeliveryRecord | undefined,
  nowMs: number,
): ProbeFinding {
  const missing = missingFields(spec, secrets);
  if (missing.length > 0) {
    return {
      status: 'misconfigured',
      errorCode: 'MISSING_FIELD',
      errorMessage: `Deliveries cannot be verified: the secret has no ${missing.map((name) => `"${name}"`).join(' or ')}`,
    };
  }
  if (deliveries === undefined) {
    return { status: 'unknown', errorCode: 'NO_DELIVERY', errorMessage: 'No delivery is known of yet' };
  }
  const { lastDeliveryAt, maxSilenceMs = Number.POSITIVE_INFINITY } = deliveries;
  const silenceMs = nowMs - Date.parse(lastDeliveryAt);
  if (Number.isNaN(silenceMs)) {
    return { status: 'unknown', errorCode: 'NO_DELIVERY', errorMessage: 'The time of the last delivery is no instant' };
  }
  if (silenceMs <= maxSilenceMs) return { status: 'connected' };
  return {
    status: 'degraded',
    errorCode: 'NO_RECENT_DELIVERY',
    errorMessage: `The last delivery came at ${lastDeliveryAt}, which is longer ago than ${maxSilenceMs} ms`,
  };
}

/** Fields without which no way of verification works, for the first contract that is left without one. */
function missingFields(spec: IntegrationSpec, secrets: ProbeContext['secrets']): readonly string[] {
  const isThere = (name: string): boolean => Object.hasOwn(secrets, name) && (secrets[name] ?? '') !== '';
  for (const { verification } of spec.webhooks ?? []) {
    const ways = (isList(verification) ? verification : [verification]).map(fieldsOf);
    if (ways.length > 0 && !ways.some((fields) => fields.every(isThere))) {
      return [...new Set(ways.flat().filter((name) => !isThere(name)))];
    }
  }
  return [];
}

function fieldsOf(way: WebhookVerification): readonly string[] {
  switch (way.scheme) {
    case 'signature':
    case 'jwt':
      return 'secretField' in way.key ? [way.key.secretField] : [];
    case 'token':
      return [way.secretField];
    case 'basic':
      return [way.usernameField, way.passwordField];
    default:
      return [];
  }
}

function isList(
  verification: WebhookVerification | readonly WebhookVerification[],
): verification is readonly WebhookVerification[] {
  return Array.isArray(verification);
}
