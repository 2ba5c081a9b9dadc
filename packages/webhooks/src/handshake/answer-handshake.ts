import type { WebhookContract, WebhookHandshake } from '@mortise/core';
import { createValueReader } from '../contract/read-value.ts';
import { type Digests, platformDigests } from '../crypto/digests.ts';
import { listSecrets, type WebhookSecrets } from '../keys/webhook-secrets.ts';
import { HeaderNames } from '../request/read-headers.ts';
import type { InboundRequest, WebhookSource } from '../request/inbound-request.ts';
import { readSource } from '../request/read-source.ts';
import { DEFAULT_MAX_BODY_BYTES, isWithin } from '../request/read-stream.ts';
import { RequestView } from '../request/request-view.ts';
import { isSameSecret } from '../verify/compare-secret.ts';
import { listContracts, type WebhookSpec } from '../contract/list-contracts.ts';
import { listPrevious, type VerifyWebhookOptions, verifyWebhook } from '../verify/verify-webhook.ts';
import type { WebhookFailure } from '../verify/webhook-failure.ts';
import { emptyResponse, type WebhookResponse } from './webhook-response.ts';

/** What came of a request that is a handshake. */
export interface HandshakeAnswer {
  /** Whether the vendor may have what it asks for. The response says so either way. */
  readonly accepted: boolean;
  readonly response: WebhookResponse;
  /** A value that the vendor gives out now and signs with from now on; keep it under this field of the secret. */
  readonly keep?: { readonly secretField: string; readonly value: string };
}

export interface AnswerHandshakeOptions extends VerifyWebhookOptions {
  /**
   * True: a handshake may bring a new value for a field that has one. Default false: anyone could send a handshake, and
   * with it the secret that later proves their deliveries.
   */
  readonly acceptNewSecret?: boolean;
}

/** A challenge is short; more than this is not repeated. */
const MAX_ECHO_LENGTH = 4096;

/**
 * Answers the request with which a vendor checks an endpoint. Like `verifyWebhook` it never throws.
 *
 * @returns Undefined where the request is no handshake of the spec's, or cannot be read.
 */
export async function answerHandshake(
  spec: WebhookSpec,
  source: WebhookSource,
  secrets: WebhookSecrets,
  options: AnswerHandshakeOptions = {},
): Promise<HandshakeAnswer | undefined> {
  try {
    const contracts = listContracts(spec, options.contract);
    if (!isList(contracts) || contracts.every(({ handshakes = [] }) => handshakes.length === 0)) return undefined;
    const read = await readSource(source, options);
    if (!read.ok || !isWithin(read.request.rawBody, options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES)) return undefined;
    for (const contract of contracts) {
      for (const handshake of contract.handshakes ?? []) {
        const answer = await answerOne({ contract, handshake, request: read.request, secrets, options });
        if (answer !== undefined) return answer;
      }
    }
    return undefined;
  } catch {
    // Reached only by what is no request at all, such as an object whose properties throw.
    return undefined;
  }
}

interface Attempt {
  readonly contract: WebhookContract;
  readonly handshake: WebhookHandshake;
  readonly request: InboundRequest;
  readonly secrets: WebhookSecrets;
  readonly options: AnswerHandshakeOptions;
}

async function answerOne(attempt: Attempt): Promise<HandshakeAnswer | undefined> {
  const { handshake, request, options } = attempt;
  const { answer } = handshake;
  const headers = new HeaderNames();
  const read = (value: Parameters<typeof createValueReader>[0]) => createValueReader(value, headers);
  const conditions = handshake.when.map(({ value, equals }) => ({ reader: read(value), equals }));
  const token = handshake.token === undefined ? undefined : { ...handshake.token, reader: read(handshake.token.value) };
  const keepReader = handshake.keep === undefined ? undefined : read(handshake.keep.value);
  const echoReader = answer.echo === undefined ? undefined : read(answer.echo);
  const view = new RequestView(request, headers, options);

  if (view.method.toUpperCase() !== handshake.method) return undefined;
  for (const { reader, equals } of conditions) {
    const value = reader.read(view);
    if (typeof value !== 'string' || (equals !== undefined && value !== equals)) return undefined;
  }

  const refused: HandshakeAnswer = { accepted: false, response: emptyResponse(answer.refusedStatus ?? 403) };
  if (token !== undefined) {
    const value = token.reader.read(view);
    if (typeof value !== 'string' || !(await isActive(value, token.secretField, attempt))) return refused;
  }
  const kept = keepReader?.read(view);
  const keep =
    handshake.keep === undefined || typeof kept !== 'string' || kept === ''
      ? undefined
      : { secretField: handshake.keep.secretField, value: kept };
  if (keep !== undefined && !(await mayKeep(keep, attempt))) return refused;
  if (handshake.signed === true && !(await isSigned(attempt, keep))) return refused;

  const response = echo(answer, echoReader?.readJson(view));
  if (response === undefined) return refused;
  return { accepted: true, response, ...(keep === undefined ? {} : { keep }) };
}

async function isActive(value: string, field: string, { secrets, options }: Attempt): Promise<boolean> {
  const digests: Digests = platformDigests();
  for (const { text } of listSecrets({ secrets, previousSecrets: listPrevious(options) }, field))
    if (await isSameSecret(digests, value, text)) return true;
  return false;
}

async function mayKeep(
  { secretField, value }: NonNullable<HandshakeAnswer['keep']>,
  attempt: Attempt,
): Promise<boolean> {
  if (attempt.options.acceptNewSecret === true) return true;
  return listSecrets(attempt, secretField).length === 0 || isActive(value, secretField, attempt);
}

/** A handshake that brings the secret is signed with it, which proves no more than that it is whole. */
async function isSigned(attempt: Attempt, keep: HandshakeAnswer['keep']): Promise<boolean> {
  const { contract, request, options } = attempt;
  const secrets = keep === undefined ? attempt.secrets : { ...attempt.secrets, [keep.secretField]: keep.value };
  const { replay: _replay, contract: _key, ...rest } = options;
  return (await verifyWebhook(contract, request, secrets, rest)).ok;
}

/** Plain text that no browser takes for a page, or JSON. Undefined where there is nothing that could be sent back. */
function echo(
  { status = 200, echo: wanted, echoAs }: WebhookHandshake['answer'],
  value: unknown,
): WebhookResponse | undefined {
  if (wanted === undefined) return emptyResponse(status);
  const isText = typeof value === 'string' && value.length <= MAX_ECHO_LENGTH;
  if (!isText && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const headers = { 'x-content-type-options': 'nosniff' };
  if (echoAs === undefined)
    return { status, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' }, body: String(value) };
  const body = JSON.stringify({ [echoAs]: value });
  return { status, headers: { ...headers, 'content-type': 'application/json' }, body };
}

function isList(value: WebhookContract[] | WebhookFailure): value is WebhookContract[] {
  return Array.isArray(value);
}
