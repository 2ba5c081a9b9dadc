import { IntegrationError } from '@mortise/core';

const FENCE = /^(`{3,}|~{3,})(.*)$/;

/**
 * Cuts a text into pieces of at most `maxLength` UTF-16 code units, best between paragraphs, else between lines, else
 * between words. A code block that goes on in the next piece is closed and opened again there; a surrogate pair is
 * never cut. Without code blocks the pieces together are the text.
 *
 * @throws {IntegrationError} `invalid_request` for a limit below 16, where a fence and its code would not fit.
 */
export function splitText(text: string, maxLength: number): string[] {
  if (!(maxLength >= 16)) {
    throw new IntegrationError({
      code: 'invalid_request',
      field: 'maxLength',
      message: `maxLength: expected at least 16 code units, got ${maxLength}`,
    });
  }
  const pieces: string[] = [];
  let rest = text;
  let opening = '';
  while (opening.length + rest.length > maxLength) {
    // Room for the end of a fence that may be open where the piece ends.
    const fenceRoom = hasFence(`${opening}${rest.slice(0, maxLength)}`) ? 8 : 0;
    const size = Math.max(1, maxLength - opening.length - fenceRoom);
    const cut = findCut(rest, size);
    const piece = `${opening}${rest.slice(0, cut)}`;
    const fence = openFence(piece);
    pieces.push(fence === undefined ? piece : `${piece}${piece.endsWith('\n') ? '' : '\n'}${fence.mark}`);
    rest = rest.slice(cut);
    // A long info string is left out: the code matters more than its colours.
    opening = fence === undefined ? '' : `${fence.mark}${fence.info.length <= maxLength / 8 ? fence.info : ''}\n`;
    if (fence !== undefined && rest.startsWith('\n')) rest = rest.slice(1);
  }
  if (rest !== '' || pieces.length === 0) pieces.push(`${opening}${rest}`);
  return pieces;
}

/** Where a piece of at most `size` ends: after a separator in its second half, else as late as may be. */
function findCut(text: string, size: number): number {
  for (const separator of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(separator, size - separator.length);
    if (at >= size / 2) return at + separator.length;
  }
  const isInPair = isHighSurrogate(text.charCodeAt(size - 1)) && isLowSurrogate(text.charCodeAt(size));
  return isInPair && size > 1 ? size - 1 : isInPair ? 2 : size;
}

function hasFence(text: string): boolean {
  return text.split('\n').some((line) => FENCE.test(line));
}

/** The fence that is open at the end of a text. */
function openFence(text: string): { readonly mark: string; readonly info: string } | undefined {
  let open: { mark: string; info: string } | undefined;
  for (const line of text.split('\n')) {
    const [, mark, info = ''] = FENCE.exec(line) ?? [];
    if (mark === undefined) continue;
    if (open === undefined) open = { mark: mark.slice(0, 3), info };
    else if (mark.startsWith(open.mark)) open = undefined;
  }
  return open;
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd8_00 && unit <= 0xdb_ff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc_00 && unit <= 0xdf_ff;
