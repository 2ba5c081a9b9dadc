import { hexDigit } from '../bytes/hex.ts';
import { utf8 } from '../bytes/text-bytes.ts';

const PERCENT = 0x25;

/** More than any vendor sends; the limit keeps sorting short. */
const MAX_FIELDS = 10_000;

/** Names and values of a query or a form body, by name, in the order received. Undefined where there are too many. */
export function parseFields(text: string): Map<string, string[]> | undefined {
  const fields = new Map<string, string[]>();
  let count = 0;
  for (let start = 0, end = 0; end < text.length; start = end + 1) {
    end = text.indexOf('&', start);
    if (end === -1) end = text.length;
    if (end === start) continue;
    count += 1;
    if (count > MAX_FIELDS) return undefined;
    const pair = text.slice(start, end);
    const assign = pair.indexOf('=');
    const name = decodeText(assign === -1 ? pair : pair.slice(0, assign));
    const value = assign === -1 ? '' : decodeText(pair.slice(assign + 1));
    const values = fields.get(name);
    if (values === undefined) fields.set(name, [value]);
    else values.push(value);
  }
  return fields;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** As the URL standard decodes forms: what is no escape stays, what is no UTF-8 becomes U+FFFD. */
function decodeText(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text;
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return decoder.decode(percentDecode(utf8(spaced)));
  }
}

function percentDecode(bytes: Uint8Array): Uint8Array {
  const decoded = new Uint8Array(bytes.length);
  let length = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    const high = byte === PERCENT ? hexDigit(bytes[index + 1] ?? 0) : -1;
    const low = high === -1 ? -1 : hexDigit(bytes[index + 2] ?? 0);
    decoded[length++] = low === -1 ? byte : high * 16 + low;
    if (low !== -1) index += 2;
  }
  return decoded.subarray(0, length);
}

/**
 * The fields as Twilio signs them: sorted by name, each name directly followed by its value; a name with several
 * values is repeated for each, without repetitions and sorted.
 */
export function canonicalForm(fields: ReadonlyMap<string, readonly string[]>): string {
  let text = '';
  for (const name of [...fields.keys()].sort()) {
    const values = fields.get(name) ?? [];
    if (values.length === 1) text += name + (values[0] ?? '');
    else for (const value of [...new Set(values)].sort()) text += name + value;
  }
  return text;
}
