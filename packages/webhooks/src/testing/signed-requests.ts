import type { WebhookContract } from '@mortise/core';
import { utf8 } from '../bytes/text-bytes.ts';
import type { WebhookSecrets } from '../keys/webhook-secrets.ts';
import type { NodeRequest } from '../request/inbound-request.ts';
import type { SentWebhook } from '../sign/sent-webhook.ts';
import { signWebhook } from '../sign/sign-webhook.ts';
import type { SignWebhookOptions, WebhookToSign } from '../sign/signing-context.ts';

const DEFAULT_URL = 'https://receiver.test/webhooks';

/**
 * A signed delivery as a `Request`, to be handed to an endpoint under test.
 *
 * @throws {WebhookSigningError} Something that signing takes was not passed.
 */
export async function signedFetchRequest(
  contract: WebhookContract,
  delivery: WebhookToSign,
  secrets: WebhookSecrets,
  options?: SignWebhookOptions,
): Promise<Request> {
  const sent = await signWebhook(contract, { url: DEFAULT_URL, ...delivery }, secrets, options);
  const { method, url = DEFAULT_URL, headers } = sent;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(url, { method, headers, ...(hasBody ? { body: bodyOf(sent) } : {}) });
}

/** What an endpoint of Node gets, without a socket. */
export interface TestNodeRequest extends NodeRequest {
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A signed delivery as a request of Node, its body in two chunks.
 *
 * @throws {WebhookSigningError} Something that signing takes was not passed.
 */
export async function signedNodeRequest(
  contract: WebhookContract,
  delivery: WebhookToSign,
  secrets: WebhookSecrets,
  options?: SignWebhookOptions,
): Promise<TestNodeRequest> {
  const sent = await signWebhook(contract, { url: DEFAULT_URL, ...delivery }, secrets, options);
  const entries = Object.entries(sent.headers);
  const body = bodyOf(sent);
  const half = Math.floor(body.length / 2);
  const { pathname, search } = new URL(sent.url ?? DEFAULT_URL);
  return {
    method: sent.method,
    url: pathname + search,
    rawHeaders: entries.flat(),
    headers: Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value])),
    async *[Symbol.asyncIterator]() {
      for (const chunk of [body.slice(0, half), body.slice(half)]) yield await Promise.resolve(chunk);
    },
  };
}

function bodyOf({ rawBody }: SentWebhook): Uint8Array<ArrayBuffer> {
  return typeof rawBody === 'string' ? utf8(rawBody) : rawBody.slice();
}
