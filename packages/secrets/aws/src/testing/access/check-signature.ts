import { createHash, createHmac } from 'node:crypto';
import type { RecordedRequest } from '@mortise/testing/server';
import { ServiceError } from '../service-error.ts';

/** Credentials that the server accepts. */
export interface AcceptedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Absent: they do not expire. */
  readonly expiresAt?: Date;
}

/** Who signed, and for which region. */
export interface Signature {
  readonly accessKeyId: string;
  readonly region: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=(?<key>[^/\s,]+)\/(?<date>\d{8})\/(?<region>[a-z0-9-]+)\/(?<service>[a-z0-9-]+)\/aws4_request, ?SignedHeaders=(?<headers>[a-z0-9;-]+), ?Signature=(?<signature>[0-9a-f]{64})$/;
const SIGNING_TIME = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;
const MAX_SKEW_MS = 300_000;

export interface SignatureRules {
  /** The server's time in epoch milliseconds. */
  readonly nowMs: number;
  /** Absent: any credentials, and the signature itself is not computed. */
  readonly credentials?: readonly AcceptedCredentials[] | undefined;
}

/**
 * Checks Signature Version 4 as far as a server without AWS's keys can: that the headers are there and well formed, for
 * this service, signed at about this time, and, where the credentials are known, that the signature is right.
 *
 * @throws {ServiceError} As AWS answers.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function checkSignature(request: RecordedRequest, rules: SignatureRules): Signature {
  const { authorization, 'x-amz-date': time } = request.headers;
  if (authorization === undefined)
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const parts = AUTHORIZATION.exec(authorization)?.groups;
  if (parts === undefined || time === undefined) throw incomplete('Authorization header or X-Amz-Date is malformed.');
  const { key = '', date = '', region = '', service = '', headers = '', signature = '' } = parts;
  if (service !== 'secretsmanager') throw mismatch(`Credential should be scoped to correct service: 'secretsmanager'.`);
  const signed = headers.split(';');
  for (const name of ['host', 'x-amz-date', 'x-amz-target']) {
    if (!signed.includes(name)) throw incomplete(`'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
  }
  if (!time.startsWith(date))
    throw mismatch('Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date.');
  checkTime(time, rules.nowMs);
  const { credentials } = rules;
  if (credentials !== undefined) {
    const known = checkCredentials(request, key, credentials, rules.nowMs);
    const expected = sign(request, { signed, time, date, region, secretAccessKey: known.secretAccessKey });
    if (signature !== expected) {
      throw mismatch('The request signature we calculated does not match the signature you provided.');
    }
  }
  return { accessKeyId: key, region };
}

function checkTime(time: string, nowMs: number): void {
  const [, year, month, day, hour, minute, second] = (SIGNING_TIME.exec(time) ?? []).map(Number);
  const signedMs = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second);
  const now = toSigningTime(nowMs);
  if (Number.isNaN(signedMs) || signedMs > nowMs + MAX_SKEW_MS) {
    throw mismatch(`Signature not yet current: ${time} is still later than ${now} (+ 5 min.)`);
  }
  if (signedMs < nowMs - MAX_SKEW_MS) {
    throw mismatch(`Signature expired: ${time} is now earlier than ${now} (- 5 min.)`);
  }
}

function toSigningTime(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}

function checkCredentials(
  request: RecordedRequest,
  accessKeyId: string,
  credentials: readonly AcceptedCredentials[],
  nowMs: number,
): AcceptedCredentials {
  const token = request.headers['x-amz-security-token'];
  const known = credentials.find((each) => each.accessKeyId === accessKeyId);
  if (known === undefined || known.sessionToken !== token) {
    throw new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  if (known.expiresAt !== undefined && known.expiresAt.getTime() <= nowMs) {
    throw new ServiceError('ExpiredTokenException', 'The security token included in the request is expired');
  }
  return known;
}

interface SigningParts {
  readonly signed: readonly string[];
  readonly time: string;
  readonly date: string;
  readonly region: string;
  readonly secretAccessKey: string;
}

function sign(request: RecordedRequest, { signed, time, date, region, secretAccessKey }: SigningParts): string {
  const headers = signed.map((name) => `${name}:${(request.headers[name] ?? '').trim().replaceAll(/ +/g, ' ')}\n`);
  const [path = '/', query = ''] = request.path.split('?', 2);
  const canonical = [request.method, path, query, headers.join(''), signed.join(';'), sha256(request.body)].join('\n');
  const scope = `${date}/${region}/secretsmanager/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  return hmac(key, toSign).toString('hex');
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function hmac(key: string | Buffer, content: string): Buffer {
  return createHmac('sha256', key).update(content).digest();
}

function incomplete(message: string): ServiceError {
  return new ServiceError('IncompleteSignatureException', message);
}

function mismatch(message: string): ServiceError {
  return new ServiceError('InvalidSignatureException', message);
}
