import type { SignatureVerification, WebhookContract, WebhookVerification } from '@mortise/core';
import { encodeBase64 } from '../bytes/base64.ts';
import { utf8 } from '../bytes/text-bytes.ts';
import { listSecrets, type WebhookSecrets } from '../keys/webhook-secrets.ts';
import type { SentWebhook } from './sent-webhook.ts';
import { type Draft, placeValue, setHeader } from './place-value.ts';
import type { SignWebhookOptions, SigningContext, WebhookToSign } from './signing-context.ts';
import { signContent } from './sign-content.ts';
import { signJwt } from './sign-jwt.ts';
import { WebhookSigningError } from './webhook-signing-error.ts';

/**
 * Signs a delivery as the vendor would, for tests, or as a vendor does, for webhooks of one's own. Of a field with several
 * secrets, each signs where the contract has a list of signatures; else the first does.
 *
 * @returns The request to be sent. `verifyWebhook` accepts it with the same contract and secrets.
 * @throws {WebhookSigningError} Something that it takes was not passed; the code says what.
 */
export async function signWebhook(
  contract: WebhookContract,
  delivery: WebhookToSign,
  secrets: WebhookSecrets,
  options: SignWebhookOptions = {},
): Promise<SentWebhook> {
  const draft: Draft = {
    method: delivery.method ?? 'POST',
    url: delivery.url,
    headers: { ...delivery.headers },
    rawBody: delivery.body,
  };
  const [idPlace] = contract.eventId ?? [];
  if (delivery.id !== undefined && idPlace !== undefined && 'header' in idPlace)
    setHeader(draft, idPlace.header, delivery.id);
  const { verification } = contract;
  const listed: readonly WebhookVerification[] = isList(verification) ? verification : [verification];
  const chosen = listed[options.verification ?? 0];
  if (chosen === undefined) throw new WebhookSigningError('UNSUPPORTED', 'The contract has no such verification');
  await prove(draft, chosen, { delivery, secrets, options });
  return {
    method: draft.method,
    headers: draft.headers,
    rawBody: draft.rawBody,
    ...(draft.url === undefined ? {} : { url: draft.url }),
  };
}

async function prove(draft: Draft, verification: WebhookVerification, context: SigningContext): Promise<void> {
  switch (verification.scheme) {
    case 'signature':
      return signParts(draft, verification, context);
    case 'token':
      return placeValue(
        draft,
        verification.from,
        (verification.prefix ?? '') + firstSecret(context, verification.secretField),
      );
    case 'basic': {
      const { usernameField, passwordField } = verification;
      const configured = context.options.config?.[usernameField];
      const username = typeof configured === 'string' ? configured : firstSecret(context, usernameField);
      const credentials = utf8(`${username}:${firstSecret(context, passwordField)}`);
      return setHeader(draft, 'Authorization', `Basic ${encodeBase64(credentials, 'base64')}`);
    }
    case 'jwt': {
      const { header = 'Authorization' } = verification;
      const token = await signJwt(verification, context);
      return setHeader(draft, header, header.toLowerCase() === 'authorization' ? `Bearer ${token}` : token);
    }
    case 'none':
      throw new WebhookSigningError(
        'UNSUPPORTED',
        'The contract says that nothing is proven; there is nothing to sign',
      );
    default:
      throw new WebhookSigningError('UNSUPPORTED', 'The contract names a scheme that does not exist');
  }
}

async function signParts(draft: Draft, verification: SignatureVerification, context: SigningContext): Promise<void> {
  const { signature, token } = verification;
  if (token !== undefined)
    placeValue(draft, token.from, (token.prefix ?? '') + firstSecret(context, token.secretField));
  const { signatures, stamp } = await signContent(draft, verification, context);
  const [name = ''] = typeof signature.header === 'string' ? [signature.header] : signature.header;
  const prefixed = signatures.map((text) => (signature.prefix ?? '') + text);
  if (signature.items === undefined) return setHeader(draft, name, prefixed[0] ?? '');
  const { separator, assign, name: item } = signature.items;
  const items = prefixed.map((text) => item + assign + text);
  const from = verification.timestamp?.from;
  if (from !== undefined && 'item' in from) items.unshift(from.item + assign + stamp);
  setHeader(draft, name, items.join(separator));
}

function firstSecret({ secrets }: SigningContext, field: string): string {
  const [first] = listSecrets({ secrets }, field);
  if (first === undefined) throw new WebhookSigningError('NO_KEY', `The secret has no field "${field}"`);
  return first.text;
}

function isList<Item>(value: Item | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value);
}
