import { IntegrationError } from '@mortise/core';
import type { StorageChecksum, StorageChecksumAlgorithm } from '../../model/checksum.ts';

/** The algorithms that the in-memory store computes. */
export const KNOWN_ALGORITHMS: readonly StorageChecksumAlgorithm[] = ['sha256', 'crc32c'];

/** @throws {IntegrationError} `unsupported` */
export async function checksumOf(
  bytes: Uint8Array<ArrayBuffer>,
  algorithm: StorageChecksumAlgorithm,
): Promise<StorageChecksum> {
  if (algorithm === 'sha256') {
    return { algorithm, value: toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))) };
  }
  if (algorithm === 'crc32c') {
    const value = new Uint8Array(4);
    new DataView(value.buffer).setUint32(0, crc32c(bytes));
    return { algorithm, value: toBase64(value) };
  }
  throw new IntegrationError({
    code: 'unsupported',
    field: 'checksum',
    message: `The in-memory store computes ${KNOWN_ALGORITHMS.join(' and ')}, not ${algorithm}`,
  });
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''));
}

/** Castagnoli polynomial (RFC 3720, appendix B.4), bits reversed. */
const POLYNOMIAL = 0x82_f6_3b_78;

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let rest = index;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  return rest;
});

function crc32c(bytes: Uint8Array): number {
  let rest = 0xff_ff_ff_ff;
  for (const byte of bytes) rest = (rest >>> 8) ^ (TABLE[(rest ^ byte) & 0xff] ?? 0);
  return (rest ^ 0xff_ff_ff_ff) >>> 0;
}
