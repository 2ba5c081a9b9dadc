import type { SecretPayloadEncoding, SecretWritePayload } from '../secret-provider.ts';
import { SecretProviderError } from '../secret-provider-error.ts';
import { describeSecretReference } from '../reference/describe-secret-reference.ts';
import { decodeBase64 } from './decode-base64.ts';

/** For whom a payload is normalised; it only serves the error. */
export interface SecretPayloadContext {
  /** Id of the backend. Default `unknown`. */
  readonly provider?: string;
  /** Default `''`. */
  readonly reference?: string;
}

const LONE_SURROGATE = /\p{Cs}/u;
const ENCODINGS = 'utf-8, base64, base64url or binary';

/**
 * The bytes of a payload, always a copy. Bytes are taken as they are, whatever the encoding says.
 *
 * `base64` needs its padding, `base64url` may leave it out; neither allows whitespace, foreign letters or stray bits at
 * the end. `binary` is latin-1: one byte for each character up to U+00FF.
 *
 * @throws {SecretProviderError} `INVALID` for text that is not in its encoding. It names the encoding, never the data.
 */
export function normalizeSecretPayload(
  payload: SecretWritePayload,
  context: SecretPayloadContext = {},
): Uint8Array<ArrayBuffer> {
  const { data, encoding = 'utf-8' } = payload;
  if (typeof data !== 'string') {
    if (!ArrayBuffer.isView(data)) throw invalid(context, 'must be a string or a Uint8Array');
    return new Uint8Array(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  const bytes = decodeText(data, encoding);
  if (bytes === 'unknown encoding') throw invalid(context, `has an unknown encoding; expected ${ENCODINGS}`);
  if (bytes === undefined) throw invalid(context, `is not valid ${encoding}`);
  return bytes;
}

function decodeText(
  text: string,
  encoding: SecretPayloadEncoding,
): Uint8Array<ArrayBuffer> | undefined | 'unknown encoding' {
  switch (encoding) {
    case 'utf-8':
      return LONE_SURROGATE.test(text) ? undefined : new TextEncoder().encode(text);
    case 'base64':
    case 'base64url':
      return decodeBase64(text, encoding);
    case 'binary':
      return decodeLatin1(text);
    default:
      return 'unknown encoding';
  }
}

function decodeLatin1(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > 0xff) return undefined;
    bytes[index] = unit;
  }
  return bytes;
}

function invalid({ provider = 'unknown', reference = '' }: SecretPayloadContext, fault: string): SecretProviderError {
  const shown = describeSecretReference(reference);
  const where = shown === '' ? '' : ` for ${JSON.stringify(shown)}`;
  return new SecretProviderError({
    code: 'INVALID',
    message: `Secret payload${where} ${fault}`,
    provider,
    reference: shown,
  });
}
