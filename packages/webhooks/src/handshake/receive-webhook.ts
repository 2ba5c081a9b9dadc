import type { WebhookSecrets } from '../keys/webhook-secrets.ts';
import type { WebhookSource } from '../request/inbound-request.ts';
import { readSource } from '../request/read-source.ts';
import type { VerifiedWebhook } from '../verify/verified-webhook.ts';
import { listContracts, type WebhookSpec } from '../contract/list-contracts.ts';
import { verifyWebhook } from '../verify/verify-webhook.ts';
import { failure, type WebhookFailure, type WebhookFailureReason } from '../verify/webhook-failure.ts';
import { answerHandshake, type AnswerHandshakeOptions, type HandshakeAnswer } from './answer-handshake.ts';
import { emptyResponse, type WebhookResponse } from './webhook-response.ts';

/** What a request to a webhook endpoint was, and what to answer in each case. */
export type ReceivedWebhook =
  | { readonly kind: 'delivery'; readonly delivery: VerifiedWebhook; readonly response: WebhookResponse }
  | ({ readonly kind: 'handshake' } & HandshakeAnswer)
  | { readonly kind: 'refused'; readonly failure: WebhookFailure; readonly response: WebhookResponse };

/**
 * Status for a failure. What may be our own fault is a 5xx, so that the vendor tries again; a repetition is answered like the
 * delivery that it repeats. 401 rather than 403, which some vendors take as the wish to hear no more.
 */
const STATUS: Readonly<Partial<Record<WebhookFailureReason, number>>> = {
  too_large: 413,
  aborted: 400,
  malformed: 400,
  no_secret: 500,
  invalid_secret: 500,
  no_contract: 500,
  missing_url: 500,
  unsupported_scheme: 500,
  keys_unavailable: 503,
  replay_store_failed: 503,
};
const REFUSED = 401;

/**
 * All that an endpoint does with a request: answers a handshake, or verifies a delivery. Never throws. Do the work for a
 * delivery before its response is sent, or note it where it is not lost.
 */
export async function receiveWebhook(
  spec: WebhookSpec,
  source: WebhookSource,
  secrets: WebhookSecrets,
  options: AnswerHandshakeOptions = {},
): Promise<ReceivedWebhook> {
  let read: Awaited<ReturnType<typeof readSource>>;
  try {
    read = await readSource(source, options);
  } catch {
    read = failure('malformed', 'The request cannot be read');
  }
  if (!read.ok) return refused(read, spec, options);
  const handshake = await answerHandshake(spec, read.request, secrets, options);
  if (handshake !== undefined) return { kind: 'handshake', ...handshake };
  const result = await verifyWebhook(spec, read.request, secrets, options);
  if (!result.ok) return refused(result, spec, options);
  return { kind: 'delivery', delivery: result, response: emptyResponse(ackStatus(spec, result.contract, options)) };
}

function refused(reason: WebhookFailure, spec: WebhookSpec, options: AnswerHandshakeOptions): ReceivedWebhook {
  const status =
    reason.reason === 'replayed' ? ackStatus(spec, reason.contract, options) : (STATUS[reason.reason] ?? REFUSED);
  return { kind: 'refused', failure: reason, response: emptyResponse(status) };
}

function ackStatus(spec: WebhookSpec, key: string | undefined, options: AnswerHandshakeOptions): number {
  const contracts = listContracts(spec, options.contract);
  if ('ok' in contracts) return 200;
  return contracts.find((contract) => (contract.key ?? 'default') === key)?.ack?.status ?? 200;
}
