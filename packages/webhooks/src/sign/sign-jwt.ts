import type { JwtVerification } from '@mortise/core';
import { encodeBase64 } from '../bytes/base64.ts';
import { utf8 } from '../bytes/text-bytes.ts';
import { platformDigests } from '../crypto/digests.ts';
import { listSecrets, secretBytes } from '../keys/webhook-secrets.ts';
import type { SigningContext } from './signing-context.ts';
import { WebhookSigningError } from './webhook-signing-error.ts';

const LIFETIME_SECONDS = 3600;
const SIGN_AS = { RS256: { name: 'RSASSA-PKCS1-v1_5' }, ES256: { name: 'ECDSA', hash: 'SHA-256' } } as const;

/** A token with the claims that the contract asks for. */
export async function signJwt(verification: JwtVerification, context: SigningContext): Promise<string> {
  const { algorithm, issuer, audienceField, claimFields = {}, claims = {} } = verification;
  const { options, delivery } = context;
  const issuedAt = Math.floor((delivery.timestampMs ?? (options.now ?? Date.now)()) / 1000);
  const payload: Record<string, unknown> = { iat: issuedAt, exp: issuedAt + LIFETIME_SECONDS, ...claims };
  if (issuer !== undefined) payload['iss'] = typeof issuer === 'string' ? issuer : issuer[0];
  if (audienceField !== undefined) payload['aud'] = fieldValue(audienceField, context);
  for (const [claim, field] of Object.entries(claimFields)) payload[claim] = fieldValue(field, context);
  const header = { alg: algorithm, typ: 'JWT', ...(options.keyId === undefined ? {} : { kid: options.keyId }) };
  const content = `${encode(header)}.${encode({ ...payload, ...options.claims })}`;
  return `${content}.${encodeBase64(await sign(utf8(content), verification, context), 'base64url')}`;
}

async function sign(
  content: Uint8Array<ArrayBuffer>,
  { algorithm, key }: JwtVerification,
  { secrets, options }: SigningContext,
): Promise<Uint8Array> {
  if (algorithm !== 'HS256') {
    if (options.privateKey === undefined) throw new WebhookSigningError('NO_KEY', `${algorithm} needs a privateKey`);
    return new Uint8Array(await crypto.subtle.sign(SIGN_AS[algorithm], options.privateKey, content));
  }
  if (!('secretField' in key)) throw new WebhookSigningError('UNSUPPORTED', 'HS256 needs a secret');
  const [first] = listSecrets({ secrets }, key.secretField);
  const bytes = first === undefined ? undefined : secretBytes(first.text, key);
  if (bytes === undefined)
    throw new WebhookSigningError('NO_KEY', `The secret has no usable field "${key.secretField}"`);
  return platformDigests().macKey('sha256', bytes).sign([content]);
}

function fieldValue(field: string, { secrets, options }: SigningContext): string {
  const configured = options.config?.[field];
  if (typeof configured === 'string') return configured;
  const [first] = listSecrets({ secrets }, field);
  if (first === undefined)
    throw new WebhookSigningError('NO_KEY', `Neither config nor secret has the field "${field}"`);
  return first.text;
}

function encode(value: unknown): string {
  return encodeBase64(utf8(JSON.stringify(value)), 'base64url');
}
