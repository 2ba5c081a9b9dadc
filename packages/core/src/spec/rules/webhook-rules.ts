import { findAllAuthConfigs, type WebhookSigningAuthConfig } from '../../auth.ts';
import type {
  JwtVerification,
  SignatureVerification,
  WebhookContract,
  WebhookTimestamp,
  WebhookVerification,
} from '../../contract/webhook-contract.ts';
import { ownField } from '../../schema/record.ts';
import { reportRepeated, type Report, type SoundParts } from './report.ts';

const DEFAULT_TOLERANCE_MS = 300_000;
/** A brace, or a place of a `signed` template. */
const PLACE = /\{\{|\{(?<name>[^}]*)(?<end>\}?)/g;
const KNOWN_PLACE = /^(?:body|timestamp|method|url|path|form|body:sha256:hex|header:[^\s:]+)$/;

function verificationsOf({ verification }: WebhookContract): WebhookVerification[] {
  return [verification].flat();
}

/** What is said of webhooks must be able to prove a delivery. */
export function checkWebhooks({ webhooks = [] }: SoundParts, report: Report): void {
  reportRepeated(webhooks, '/webhooks', ({ key = 'default' }) => key, report);
  for (const [index, contract] of webhooks.entries()) {
    const several = verificationsOf(contract);
    for (const [position, verification] of several.entries()) {
      const path = `/webhooks/${index}/verification${Array.isArray(contract.verification) ? `/${position}` : ''}`;
      if (verification.scheme === 'signature') checkSignature(verification, path, report);
      if ('key' in verification) checkKey(verification, path, report);
      if (verification.scheme === 'none' && several.length > 1) {
        report(path, 'agreement', 'proves nothing, so that any delivery would pass whatever else is listed');
      }
    }
  }
}

/** A signature covers what it is relied on for, and its template can be filled in. */
function checkSignature(verification: SignatureVerification, path: string, report: Report): void {
  const { signed, signature, timestamp, bodyDigest } = verification;
  const places = new Set<string>();
  for (const { 0: text, groups } of signed.matchAll(PLACE)) {
    const { name, end } = groups ?? {};
    if (name === undefined) continue;
    if (end === '' || !KNOWN_PLACE.test(name)) {
      report(`${path}/signed`, 'template', `"${text}" is no part of a delivery; write "{{" for a brace`);
    }
    places.add(name.toLowerCase());
  }
  const isDigestSigned = bodyDigest !== undefined && isCovered(bodyDigest.from, places);
  if (bodyDigest !== undefined && !isDigestSigned) {
    report(`${path}/bodyDigest/from`, 'signed', 'is not covered by the signature');
  }
  if (timestamp === undefined) {
    if (places.has('timestamp')) report(`${path}/timestamp`, 'required', '"signed" has a place {timestamp}');
    return;
  }
  const { from } = timestamp;
  if ('item' in from && signature.items === undefined) {
    report(`${path}/timestamp/from`, 'reference', 'the signature header has no "items"');
  }
  if (isDigestSigned && bodyDigest.optional !== true) places.add('body');
  if (!places.has('timestamp') && !isCovered(from, places)) {
    report(`${path}/timestamp`, 'signed', 'is not covered by the signature, so that anyone could change it');
  }
}

function isCovered(from: WebhookTimestamp['from'], places: ReadonlySet<string>): boolean {
  const isOneOf = (...names: string[]): boolean => names.some((name) => places.has(name));
  if ('header' in from) return isOneOf(`header:${from.header.toLowerCase()}`);
  if ('query' in from) return isOneOf('url', 'path');
  if ('form' in from) return isOneOf('form', 'body', 'body:sha256:hex');
  return 'pointer' in from && isOneOf('body', 'body:sha256:hex');
}

function checkKey({ algorithm, key }: SignatureVerification | JwtVerification, path: string, report: Report): void {
  const given = 'keySetUrl' in key ? key.format : 'secretField';
  const fitting = KEYS[algorithm] ?? ['secretField'];
  if (!fitting.includes(given)) {
    report(`${path}/key`, 'agreement', `${algorithm} is checked with ${fitting.join(' or ')}, not with ${given}`);
  }
}

/** Where public keys come from; all other algorithms take a secret. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  ed25519: ['secretField', 'jwks'],
  'ecdsa-p256-sha256': ['tink'],
  RS256: ['jwks'],
  ES256: ['jwks'],
};

/** The established places for signing facts must agree with `webhooks`, and inbound transports with auth methods. */
export function checkWebhookSigning(spec: SoundParts, report: Report): void {
  const { webhooks, transports = [], supportedAuthMethods = [] } = spec;
  const signatures = webhooks?.flatMap(verificationsOf).map(signingFacts);
  const methods = findAllAuthConfigs(supportedAuthMethods, 'webhook-signing');
  const check = (path: string, claim: SigningFacts, others: readonly object[] | undefined, name: string): void => {
    if (others === undefined || others.some((other) => agrees(claim, other))) return;
    report(path, 'agreement', `${claim.algorithm} in "${claim.signatureHeader}" matches no ${name}`);
  };
  for (const [index, transport] of transports.entries()) {
    if (transport.type !== 'webhook' || transport.inbound === undefined) continue;
    const { signatureHeader, signingAlgorithm: algorithm } = transport.inbound;
    const path = `/transports/${index}/inbound`;
    check(path, { algorithm, signatureHeader }, signatures, SIGNATURE);
    check(path, { algorithm, signatureHeader }, methods.length > 0 ? methods : undefined, METHOD);
  }
  for (const [index, method] of supportedAuthMethods.entries()) {
    if (method.type === 'webhook-signing') check(`/supportedAuthMethods/${index}`, method, signatures, SIGNATURE);
  }
}

type SigningFacts = Pick<WebhookSigningAuthConfig, 'algorithm' | 'signatureHeader'>;

const SIGNATURE = 'signature of webhooks in all that both say';
const METHOD = 'webhook-signing method of supportedAuthMethods';

/** What a verification says, in the words of a `webhook-signing` method. */
function signingFacts(verification: WebhookVerification): object {
  if (verification.scheme !== 'signature') return { algorithm: undefined };
  const { algorithm, signature, key, timestamp } = verification;
  return {
    algorithm,
    signatureHeader: signature.header,
    secretField: ownField(key, 'secretField'),
    timestampHeader: ownField(timestamp?.from, 'header'),
    toleranceMs: timestamp?.toleranceMs ?? DEFAULT_TOLERANCE_MS,
  };
}

/** Whether the facts are the same wherever both sides have them. */
function agrees(claim: object, facts: object): boolean {
  return Object.entries(facts).every(([name, fact]) => {
    const claimed = ownField(claim, name);
    return claimed === undefined || [fact].flat().some((one) => fold(name, one) === fold(name, claimed));
  });
}

/** Names of headers are the same in any case. */
function fold(name: string, value: unknown): unknown {
  return name.endsWith('Header') ? String(value).toLowerCase() : value;
}
