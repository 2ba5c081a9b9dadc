import type { IntegrationSpec, WebhookContract } from '@mortise/core';
import { failure, type WebhookFailure } from '../verify/webhook-failure.ts';

/** A spec with webhooks, or one contract by itself. */
export type WebhookSpec = Pick<IntegrationSpec, 'meta' | 'webhooks'> | WebhookContract;

/** The contracts of a spec, or the one of a key. */
export function listContracts(spec: WebhookSpec, key: string | undefined): WebhookContract[] | WebhookFailure {
  const all = 'verification' in spec ? [spec] : (spec.webhooks ?? []);
  const wanted = key === undefined ? all : all.filter((contract) => (contract.key ?? 'default') === key);
  if (wanted.length > 0) return [...wanted];
  return failure('no_contract', key === undefined ? 'The spec has no webhooks' : `The spec has no webhooks "${key}"`);
}
