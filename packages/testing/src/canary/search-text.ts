import type { CanaryForm, Needle, Needles } from './canary-forms.ts';

/** Escapes within escapes, such as JSON inside a string of JSON, are undone this many times. */
const MAX_UNESCAPES = 4;

/** The form in which the text holds the canary, or undefined. */
export function searchText(text: string, canary: string, needles: Needles): CanaryForm | undefined {
  return (
    firstMatch(text, needles.asIs) ??
    firstMatch(withoutSpace(text), needles.withoutSpace) ??
    firstMatch(hexDigitsOf(text), needles.hexDigits) ??
    searchUnescaped(text, canary)
  );
}

function firstMatch(text: string, needles: readonly Needle[]): CanaryForm | undefined {
  return needles.find((needle) => text.includes(needle.text))?.form;
}

/** Encoders wrap long base64 into lines; byte lists come with blanks, or in JSON with an index before each byte. */
function withoutSpace(text: string): string {
  return text.replaceAll(/\\[nrt]|\s+|"\d+":/gu, '');
}

/** `41:42`, `41 42`, `0x41, 0x42` and `<Buffer 41 42>` all say the same. */
function hexDigitsOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/0x|\\x/gu, '')
    .replaceAll(/[\s:,-]+/gu, '');
}

const UNESCAPERS: readonly (readonly [CanaryForm, (text: string) => string])[] = [
  ['percent-encoded', unescapePercent],
  ['percent-encoded', (text) => unescapePercent(text.replaceAll('+', ' '))],
  ['json-escaped', unescapeJson],
  ['html-escaped', unescapeHtml],
];

/** Undoes each kind of escape, then each kind in what came out, and so on. */
function searchUnescaped(text: string, canary: string): CanaryForm | undefined {
  let layer: readonly { readonly text: string; readonly form: CanaryForm | undefined }[] = [{ text, form: undefined }];
  const seen = new Set([text]);
  for (let depth = 0; depth < MAX_UNESCAPES; depth += 1) {
    const nextLayer = [];
    for (const { text: escaped, form: outerForm } of layer) {
      for (const [form, unescape] of UNESCAPERS) {
        const unescaped = unescape(escaped);
        if (seen.has(unescaped)) continue;
        seen.add(unescaped);
        if (unescaped.includes(canary)) return outerForm ?? form;
        nextLayer.push({ text: unescaped, form: outerForm ?? form });
      }
    }
    layer = nextLayer;
  }
  return undefined;
}

/** Lenient: what is not a well-formed escape stays, so that one stray `%` does not save a leak. */
function unescapePercent(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/giu, (run) => {
    const bytes = Uint8Array.from(run.slice(1).split('%'), (pair) => Number.parseInt(pair, 16));
    return new TextDecoder().decode(bytes);
  });
}

const JSON_LETTERS: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
};

function unescapeJson(text: string): string {
  return text.replaceAll(/\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|(.))/gisu, (...match) => {
    const [, braced, unicode, short, letter] = match as (string | undefined)[];
    const digits = braced ?? unicode ?? short;
    if (digits === undefined) return JSON_LETTERS[letter ?? ''] ?? letter ?? '';
    const codePoint = Number.parseInt(digits, 16);
    return codePoint <= 0x10_ffff ? String.fromCodePoint(codePoint) : '';
  });
}

const HTML_NAMES: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>' };

function unescapeHtml(text: string): string {
  return text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/giu,
    (whole: string, ...groups: readonly unknown[]) => {
      const [hex, decimal, name] = groups;
      if (typeof name === 'string') return HTML_NAMES[name.toLowerCase()] ?? whole;
      const codePoint = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
      return codePoint <= 0x10_ffff ? String.fromCodePoint(codePoint) : whole;
    },
  );
}
