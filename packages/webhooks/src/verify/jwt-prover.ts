import type { ComparableJson, JwtVerification } from '@mortise/core';
import { decodeBase64 } from '../bytes/base64.ts';
import { equalBytes } from '../bytes/compare-bytes.ts';
import { utf8 } from '../bytes/text-bytes.ts';
import { createValueReader } from '../contract/read-value.ts';
import type { Digests } from '../crypto/digests.ts';
import type { PublicKey } from '../keys/public-keys.ts';
import { listSecrets, secretBytes } from '../keys/webhook-secrets.ts';
import type { HeaderNames } from '../request/read-headers.ts';
import { fetchedKeys } from './fetched-keys.ts';
import { type Proof, type ProofContext, type ProofFailure, type Prover, refuse } from './proof.ts';
import { requireValue } from './require-value.ts';

const MAX_TOKEN_LENGTH = 16_384;
/** Difference of clocks that is forgiven. */
const SKEW_MS = 60_000;

interface Token {
  readonly kid: string | undefined;
  readonly claims: object;
  readonly content: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/**
 * Checks a signed token about the sender (RFC 7515, RFC 7519). The contract alone says the algorithm: a token that names
 * another one, or none, is refused before any key is looked at (RFC 8725). `exp` is required.
 */
export function createJwtProver(
  verification: JwtVerification,
  headers: HeaderNames,
  digests: Digests,
): Prover | string {
  const { header = 'authorization', algorithm, key } = verification;
  if (algorithm === 'HS256' && !('secretField' in key)) return 'HS256 needs a secret, not a set of public keys';
  if (algorithm !== 'HS256' && !('keySetUrl' in key && key.format === 'jwks')) return `${algorithm} needs a JWKS`;
  if (!['RS256', 'ES256', 'HS256'].includes(algorithm)) return `The algorithm "${algorithm}" does not exist`;
  const reader = createValueReader({ header }, headers);
  const isBearer = header.toLowerCase() === 'authorization';
  return {
    scheme: 'jwt',
    covers: () => false,
    async prove(view, context) {
      const value = requireValue(reader, view);
      if (typeof value !== 'string') return value;
      const token = parseToken(isBearer ? value.replace(/^bearer +/i, '') : value, algorithm);
      if (typeof token === 'string') return refuse('malformed', `The token in ${reader.where} ${token}`);
      const signer = await findSigner(verification, token, context, digests);
      if ('reason' in signer) return signer;
      const { keyId } = signer;
      const proof: Proof = { ok: true, keyId, timestampMs: undefined, message: [view.rawBody] };
      return checkClaims(token.claims, verification, context) ?? proof;
    },
  };
}

function parseToken(text: string, algorithm: JwtVerification['algorithm']): Token | string {
  if (text.length > MAX_TOKEN_LENGTH) return `is longer than ${MAX_TOKEN_LENGTH} characters`;
  const [first = '', second = '', third = '', ...others] = text.split('.');
  const header = parseObject(first);
  const claims = parseObject(second);
  const signature = decodeBase64(third, 'base64url');
  const isWhole = header !== undefined && claims !== undefined && signature !== undefined && signature.length > 0;
  if (!isWhole || others.length > 0) return 'is no JWS';
  if (own(header, 'alg') !== algorithm) return `is not signed with ${algorithm}`;
  if (own(header, 'crit') !== undefined) return 'asks for extensions that are not known';
  const kid = own(header, 'kid');
  return { kid: typeof kid === 'string' ? kid : undefined, claims, content: utf8(`${first}.${second}`), signature };
}

async function findSigner(
  { algorithm, key }: JwtVerification,
  token: Token,
  context: ProofContext,
  digests: Digests,
): Promise<{ readonly keyId: string } | ProofFailure> {
  if ('keySetUrl' in key) {
    if (algorithm === 'HS256') return refuse('unsupported_scheme', 'HS256 needs a secret');
    return fetchedKeys({ key, algorithm, keySets: context.keySets }, (keys) => findPublicKey(keys, token));
  }
  const secrets = listSecrets(context.sources, key.secretField);
  if (secrets.length === 0) return refuse('no_secret', `The secret has no field "${key.secretField}"`);
  for (const { id, text } of secrets) {
    const bytes = secretBytes(text, key);
    if (bytes === undefined) continue;
    const mac = await digests.macKey('sha256', bytes).sign([token.content]);
    if (equalBytes(mac, token.signature)) return { keyId: id };
  }
  return refuse('no_match', 'The token is not signed with an active secret');
}

async function findPublicKey(
  keys: readonly PublicKey[],
  { kid, content, signature }: Token,
): Promise<{ readonly keyId: string } | undefined> {
  for (const key of keys) {
    if (kid !== undefined && key.id !== undefined && key.id !== kid) continue;
    if (await key.verify(signature, content)) return { keyId: key.id ?? 'key set' };
  }
  return undefined;
}

function checkClaims(
  claims: object,
  verification: JwtVerification,
  { nowMs, config, sources }: ProofContext,
): ProofFailure | undefined {
  const expiresAt = own(claims, 'exp');
  const notBefore = own(claims, 'nbf') ?? own(claims, 'iat') ?? 0;
  if (typeof expiresAt !== 'number' || typeof notBefore !== 'number')
    return refuse('malformed', 'The token has no numeric "exp", or its "nbf" or "iat" is no number');
  if (!(nowMs < expiresAt * 1000 + SKEW_MS)) return refuse('timestamp_out_of_tolerance', 'The token has expired');
  if (!(nowMs > notBefore * 1000 - SKEW_MS)) return refuse('timestamp_out_of_tolerance', 'The token is not valid yet');

  const { issuer, audienceField, claimFields = {} } = verification;
  const issuers = typeof issuer === 'string' ? [issuer] : issuer;
  const iss = own(claims, 'iss');
  if (issuers !== undefined && !(typeof iss === 'string' && issuers.includes(iss))) return wrongClaim('iss');
  for (const [claim, expected] of Object.entries<ComparableJson>(verification.claims ?? {}))
    if (own(claims, claim) !== expected) return wrongClaim(claim);

  const fields = Object.entries(claimFields);
  if (audienceField !== undefined) fields.push(['aud', audienceField]);
  for (const [claim, field] of fields) {
    const expected = fieldValues(field, config, sources);
    if (expected.length === 0) return refuse('no_secret', `Neither config nor secret has the field "${field}"`);
    const value = own(claims, claim);
    const values: readonly unknown[] = claim === 'aud' && Array.isArray(value) ? value : [value];
    if (!values.some((item) => typeof item === 'string' && expected.includes(item))) return wrongClaim(claim);
  }
  return undefined;
}

function fieldValues(field: string, config: ProofContext['config'], sources: ProofContext['sources']): string[] {
  const configured = Object.hasOwn(config, field) ? config[field] : undefined;
  if (typeof configured === 'string' && configured !== '') return [configured];
  return listSecrets(sources, field).map(({ text }) => text);
}

function wrongClaim(claim: string): ProofFailure {
  return refuse('no_match', `The token's claim "${claim}" is not the expected one`);
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function parseObject(text: string): object | undefined {
  const bytes = decodeBase64(text, 'base64url');
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function own(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}
