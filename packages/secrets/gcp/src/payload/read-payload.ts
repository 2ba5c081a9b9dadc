import { normalizeSecretPayload, SecretProviderError } from '@mortise/secrets';
import { crc32c } from './crc32c.ts';
import { readInt64 } from './read-int64.ts';

/** What the SDK hands out, whose REST mode gives bytes as base64 and numbers as text. */
export interface RawPayload {
  readonly data?: Uint8Array | string | null;
  readonly dataCrc32c?: unknown;
}

export type PayloadReading =
  | { readonly isSound: true; readonly data: Uint8Array; readonly crc: string | undefined }
  | { readonly isSound: false; readonly fault: string };

/** The bytes of a payload, copied, and proven by its checksum where it has one. */
export function readPayload(payload: RawPayload | null | undefined): PayloadReading {
  const raw = payload?.data;
  if (raw === undefined || raw === null) return { isSound: false, fault: 'the answer has no payload' };
  const data = typeof raw === 'string' ? decodeBase64(raw) : new Uint8Array(raw);
  if (data === undefined) return { isSound: false, fault: 'the payload is not base64' };
  const sent = payload?.dataCrc32c;
  if (sent === undefined || sent === null) return { isSound: true, data, crc: undefined };
  const crc = String(crc32c(data));
  if (readInt64(sent) !== crc) return { isSound: false, fault: 'the payload does not match its CRC32C' };
  return { isSound: true, data, crc };
}

function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return normalizeSecretPayload({ data: text, encoding: 'base64' });
  } catch (error) {
    if (SecretProviderError.is(error)) return undefined;
    throw error;
  }
}
