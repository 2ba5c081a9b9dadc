import { identityText, undoBackslashes, undoPercents, type DecodedText } from './escape-layers.ts';
import type { SecretNeedle, SecretNeedles } from './secret-needles.ts';
import type { TextRanges } from './text-ranges.ts';

/** Layers of escapes that are looked through, such as JSON inside JSON or a URL inside a URL. */
const MAX_LAYERS = 2;

/** Marks every place where a known secret stands, in any of its spellings and behind up to two layers of escapes. */
export function findSecrets(text: string, needles: SecretNeedles, ranges: TextRanges): void {
  if (needles.forText.length === 0) return;
  for (const needle of needles.forText) findNeedle(text, needle, (start, end) => ranges.add(start, end));
  if (text.includes('\\') || text.includes('%')) searchLayers(identityText(text), needles, ranges, MAX_LAYERS);
}

function searchLayers(source: DecodedText, needles: SecretNeedles, ranges: TextRanges, layers: number): void {
  if (layers === 0) return;
  for (const decoded of [undoBackslashes(source), undoPercents(source)]) {
    if (decoded === undefined) continue;
    const { origin } = decoded;
    for (const needle of decoded.isBytes ? needles.forBytes : needles.forText) {
      findNeedle(decoded.text, needle, (start, end) => ranges.add(origin[start] ?? 0, origin[end] ?? 0));
    }
    searchLayers(decoded, needles, ranges, layers - 1);
  }
}

function findNeedle(text: string, needle: SecretNeedle, found: (start: number, end: number) => void): void {
  const { length } = needle.text;
  let lastMatch = -length;
  let index = text.indexOf(needle.text);
  while (index !== -1) {
    let start = index;
    let end = index + length;
    // A needle that overlaps itself repeats with a period: the whole run is taken at once, or long runs cost a square.
    const period = index - lastMatch;
    if (period < length) {
      while (end < text.length && text.charCodeAt(end) === text.charCodeAt(end - period)) end += 1;
    }
    lastMatch = end - length;
    if (needle.before === 1 && isBase64At(text, start - 1)) start -= 1;
    if (needle.after === 1) {
      if (isBase64At(text, end)) end += 1;
      while (text.charAt(end) === '=') end += 1;
    }
    found(start, end);
    index = text.indexOf(needle.text, lastMatch + 1);
  }
}

function isBase64At(text: string, index: number): boolean {
  return /[\w+/-]/.test(text.charAt(index));
}
