import { decodeBase64 } from '../bytes/base64.ts';

/** A public key of a Tink keyset. */
export interface TinkKey {
  readonly id: number;
  /** Bytes before each signature of this key: a format byte and the key's id. None for `RAW`. */
  readonly prefix: Uint8Array;
  /** Uncompressed point of P-256. */
  readonly point: Uint8Array<ArrayBuffer>;
  readonly isDer: boolean;
}

const ECDSA_TYPE = 'type.googleapis.com/google.crypto.tink.EcdsaPublicKey';
const SHA256 = 3;
const P256 = 2;
const DER = 2;
const IEEE_P1363 = 1;

/**
 * The enabled ECDSA P-256 keys of a Tink keyset in JSON; others, and the output prefix `LEGACY`, are passed over.
 *
 * @see https://developers.google.com/tink/wire-format (read 2026-11-23)
 */
export function parseTinkKeyset(document: unknown): TinkKey[] {
  const found: TinkKey[] = [];
  for (const entry of listOf(get(document, 'key'))) {
    const data = get(entry, 'keyData');
    const id = get(entry, 'keyId');
    const value = get(data, 'value');
    if (get(entry, 'status') !== 'ENABLED' || get(data, 'typeUrl') !== ECDSA_TYPE) continue;
    if (typeof id !== 'number' || typeof value !== 'string') continue;
    const prefix = prefixOf(get(entry, 'outputPrefixType'), id);
    const message = decodeBase64(value, 'base64', 'optional');
    const key = message === undefined ? undefined : readPublicKey(message);
    if (prefix !== undefined && key !== undefined) found.push({ id, prefix, ...key });
  }
  return found;
}

/** Bytes before the signatures of a key with the output prefix `TINK`. */
export function tinkPrefix(id: number, format = 1): Uint8Array<ArrayBuffer> {
  const prefix = new Uint8Array(5);
  prefix[0] = format;
  new DataView(prefix.buffer).setUint32(1, id);
  return prefix;
}

function prefixOf(type: unknown, id: number): Uint8Array | undefined {
  if (type === 'TINK') return tinkPrefix(id);
  if (type === 'CRUNCHY') return tinkPrefix(id, 0);
  return type === 'RAW' ? new Uint8Array() : undefined;
}

function readPublicKey(message: Uint8Array): Pick<TinkKey, 'point' | 'isDer'> | undefined {
  const fields = readProtobuf(message);
  const params = fields?.get(2);
  const x = fields?.get(3);
  const y = fields?.get(4);
  if (!(params instanceof Uint8Array) || !(x instanceof Uint8Array) || !(y instanceof Uint8Array)) return undefined;
  const parameters = readProtobuf(params);
  const encoding = parameters?.get(3);
  if (parameters?.get(1) !== SHA256 || parameters.get(2) !== P256) return undefined;
  if (encoding !== DER && encoding !== IEEE_P1363) return undefined;
  const point = new Uint8Array(65);
  point[0] = 4;
  for (const [coordinate, end] of [
    [x, 33],
    [y, 65],
  ] as const) {
    // Written by Java as a signed number: with a zero in front, or without zeros that a fixed length would have.
    const digits =
      coordinate.length > 32 && coordinate[0] === 0 ? coordinate.subarray(coordinate.length - 32) : coordinate;
    if (digits.length > 32) return undefined;
    point.set(digits, end - digits.length);
  }
  return { point, isDer: encoding === DER };
}

/** Varints and byte strings of a protobuf message by field number; the last of several. Undefined for anything else. */
function readProtobuf(message: Uint8Array): Map<number, number | Uint8Array> | undefined {
  const fields = new Map<number, number | Uint8Array>();
  let offset = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message[offset++] ?? 0;
      value += (byte & 127) * shift;
      if (byte < 128 || shift > 2 ** 42) return value;
    }
  };
  while (offset < message.length) {
    const tag = varint();
    const wireType = tag % 8;
    const value = varint();
    if (wireType === 0) fields.set(Math.floor(tag / 8), value);
    else if (wireType === 2 && offset + value <= message.length) {
      fields.set(Math.floor(tag / 8), message.subarray(offset, offset + value));
      offset += value;
    } else return undefined;
  }
  return offset === message.length ? fields : undefined;
}

function get(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
