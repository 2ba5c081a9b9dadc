import type { WebhookSignaturePlace } from '@mortise/core';
import { decodeBase64 } from '../bytes/base64.ts';
import { decodeHex } from '../bytes/hex.ts';

/** Signatures that are looked at in one delivery. A rotation needs two. */
export const MAX_SIGNATURES = 16;
/** Servers take headers of 8 to 16 KiB; one whose signatures need more is no vendor. */
export const MAX_HEADER_LENGTH = 8192;

/** What a signature header holds. */
export interface ParsedSignatures {
  readonly signatures: readonly Uint8Array<ArrayBuffer>[];
  /** Value of the item that was asked for. */
  readonly item?: string;
}

/**
 * Reads a signature header. Among several signatures those that cannot be decoded are passed over, since a vendor may
 * list kinds that are not known yet.
 *
 * @param itemName Name of another item to be read, such as `t`.
 * @returns What is wrong, in words, where no signature can be read, where there are too many, or where the other item
 * is there twice.
 */
export function parseSignatures(
  header: string,
  place: Omit<WebhookSignaturePlace, 'header'>,
  itemName?: string,
): ParsedSignatures | string {
  if (header.length > MAX_HEADER_LENGTH) return `is longer than ${MAX_HEADER_LENGTH} characters`;
  if (place.items === undefined) {
    const signature = decodeSignature(header, place);
    return signature === undefined ? `is not ${describe(place)}` : { signatures: [signature] };
  }
  const { separator, assign, name } = place.items;
  const signatures: Uint8Array<ArrayBuffer>[] = [];
  let count = 0;
  let item: string | undefined;
  let at = 0;
  for (let start = 0, end = 0; end < header.length; start = end + separator.length) {
    end = header.indexOf(separator, start);
    if (end === -1) end = header.length;
    // Searched for only once it was passed, so that a header without any is not searched over and over.
    if (at < start || start === 0) at = header.indexOf(assign, start);
    if (at === -1) break;
    if (at >= end) continue;
    const key = header.slice(start, at).trim();
    if (key !== name && key !== itemName) continue;
    const value = header.slice(at + assign.length, end).trim();
    if (key === name) {
      count += 1;
      const signature = decodeSignature(value, place);
      if (signature !== undefined) signatures.push(signature);
    } else {
      if (item !== undefined) return `has several items "${key}"`;
      item = value;
    }
  }
  if (count > MAX_SIGNATURES) return `has more than ${MAX_SIGNATURES} signatures`;
  if (signatures.length === 0) return `has no item "${name}" that is ${describe(place)}`;
  return item === undefined ? { signatures } : { signatures, item };
}

function decodeSignature(
  text: string,
  place: Omit<WebhookSignaturePlace, 'header'>,
): Uint8Array<ArrayBuffer> | undefined {
  const { prefix = '', prefixOptional = false, encoding } = place;
  let rest = text;
  if (prefix !== '') {
    if (text.startsWith(prefix)) rest = text.slice(prefix.length);
    else if (!prefixOptional) return undefined;
  }
  if (rest === '') return undefined;
  return encoding === 'hex' ? decodeHex(rest) : decodeBase64(rest, encoding);
}

function describe(place: Omit<WebhookSignaturePlace, 'header'>): string {
  return place.prefix === undefined ? place.encoding : `${place.encoding} after "${place.prefix}"`;
}
