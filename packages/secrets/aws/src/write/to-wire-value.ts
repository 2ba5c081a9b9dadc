import { normalizeSecretPayload, type SecretWritePayload } from '@mortise/secrets';
import { failure, type Subject } from '../reference/subject.ts';

/** Largest value in bytes, of text in UTF-8. See "Quotas" in the Secrets Manager user guide. */
const MAX_SECRET_BYTES = 65_536;

/** A value as it goes to AWS: text as `SecretString`, what is no text as `SecretBinary`. */
export interface WireValue {
  readonly member: { readonly SecretString: string } | { readonly SecretBinary: Uint8Array };
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What makes bytes binary though they are well-formed UTF-8: control characters other than tab, CR and LF. */
// oxlint-disable-next-line no-control-regex
const NOT_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * Text given as a string is stored as text. So are bytes that are text, because the console, rotation functions and
 * readers of JSON look for `SecretString`; every other byte string is stored as binary. Both read back byte for byte.
 *
 * @throws {SecretProviderError} `INVALID` for an empty or badly encoded value, `TOO_LARGE` above 65,536 bytes.
 */
export function toWireValue(payload: SecretWritePayload, subject: Subject): WireValue {
  const { provider, reference } = subject;
  const bytes = normalizeSecretPayload(payload, { provider, reference });
  if (bytes.length === 0) throw failure(subject, 'INVALID', 'the payload is empty, and AWS stores no empty value');
  if (bytes.length > MAX_SECRET_BYTES) {
    throw failure(subject, 'TOO_LARGE', `the payload has ${bytes.length} bytes, and AWS takes ${MAX_SECRET_BYTES}`);
  }
  const { data, encoding = 'utf-8' } = payload;
  const text = typeof data === 'string' && encoding === 'utf-8' ? data : textIn(bytes);
  return { member: text === undefined ? { SecretBinary: bytes } : { SecretString: text }, bytes };
}

function textIn(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return NOT_TEXT.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
