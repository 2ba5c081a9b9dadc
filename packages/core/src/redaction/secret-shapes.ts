import { REDACTED, type TextRanges } from './text-ranges.ts';

/**
 * Marks what looks like a credential although nobody said it is one. Every scan goes forward only: no pattern here can
 * be made to look at the same stretch of text more than a fixed number of times.
 */
export function findSecretShapes(text: string, ranges: TextRanges): void {
  if (text.length < 8) return;
  findTokens(text, ranges);
  findJsonWebTokens(text, ranges);
  findPemBlocks(text, ranges);
  findUserInfo(text, ranges);
  findNamedValues(text, ranges);
}

/** Tokens that vendors give a recognisable beginning. */
const TOKENS =
  /(?:sk-|[sr]k_(?:live|test)_|whsec_|gh[opsur]_|github_pat_|glpat-|xox[a-z]-|xapp-)[\w-]{8,}(?:\.[\w-]+){0,4}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{35}/g;

function findTokens(text: string, ranges: TextRanges): void {
  for (const match of text.matchAll(TOKENS)) {
    const { index } = match;
    // `task-force-one` is a word, not a key.
    if (match[0].startsWith('sk-') && index > 0 && /[A-Za-z]/.test(text.charAt(index - 1))) continue;
    ranges.add(index, index + match[0].length);
  }
}

function findJsonWebTokens(text: string, ranges: TextRanges): void {
  let start = text.indexOf('eyJ');
  while (start !== -1) {
    const headerEnd = skip(text, start, isBase64UrlCode);
    let end = headerEnd;
    // A start further inside the same stretch ends at the same place, so it need not be tried.
    if (text.charAt(headerEnd) === '.' && headerEnd - start >= 8) {
      end = skip(text, headerEnd, (code) => code === 0x2e || isBase64UrlCode(code));
      ranges.add(start, end);
    }
    start = text.indexOf('eyJ', end);
  }
}

const PEM_BEGIN = '-----BEGIN ';
const PEM_END = '-----END ';

function findPemBlocks(text: string, ranges: TextRanges): void {
  let start = text.indexOf(PEM_BEGIN);
  while (start !== -1) {
    const footer = text.indexOf(PEM_END, start);
    const dashes = footer === -1 ? -1 : text.indexOf('-----', footer + PEM_END.length);
    // A block that was cut off is hidden to the end of the text.
    const end = dashes === -1 ? text.length : dashes + 5;
    ranges.add(start, end);
    start = text.indexOf(PEM_BEGIN, end);
  }
}

/** `scheme://user:password@host`, the last `@` of the authority counting. */
function findUserInfo(text: string, ranges: TextRanges): void {
  let mark = text.indexOf('://');
  while (mark !== -1) {
    const start = mark + 3;
    const end = skip(text, start, isAuthorityCode);
    const at = text.slice(start, end).lastIndexOf('@');
    if (at > 0) ranges.add(start, start + at);
    // The colon of the next `://` may be the character before the one that ended this authority.
    mark = text.indexOf('://', Math.max(start, end - 1));
  }
}

type ValueExtent = 'word' | 'line';

interface NamedValuePattern {
  readonly pattern: RegExp;
  readonly extent: ValueExtent;
}

const NAMED_VALUES: readonly NamedValuePattern[] = [
  // `Bearer authentication failed` is prose.
  {
    pattern:
      /\b(?:bearer|basic)(?:\s|%20|\+){1,4}(?!(?:auth|authentication|authorization|credentials?|required|scheme|security|access|tokens?|realm)\b)(?=[\w.~+/=-]{8})/gi,
    extent: 'word',
  },
  {
    pattern:
      /(?:authorization|cookie|x-api-key|x-auth-token|x-vault-token|x-amz-security-token|x-goog-api-key)["']?\s{0,4}:\s{0,4}/gi,
    extent: 'line',
  },
  {
    pattern:
      /[?&;](?:x-amz-signature|x-amz-credential|x-amz-security-token|awsaccesskeyid|signature|sig|x-goog-signature|x-goog-credential|token|key|code|auth|secret|assertion|client_assertion|code_verifier|sas|hmac)=/gi,
    extent: 'word',
  },
  {
    pattern:
      /(?:client[_-]?secret|access[_-]?token|refresh[_-]?token|id[_-]?token|auth[_-]?token|session[_-]?token|api[_-]?key|secret[_-]?key|access[_-]?key|private[_-]?key|signing[_-]?secret|webhook[_-]?secret|password|passwd|passphrase|pwd)\\?["']?\s{0,4}(?:=|:|%3d)\s{0,4}/gi,
    extent: 'word',
  },
];

function findNamedValues(text: string, ranges: TextRanges): void {
  for (const { pattern, extent } of NAMED_VALUES) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const start = match.index + match[0].length;
      const [valueStart, valueEnd] = valueAt(text, start, extent);
      // What was redacted before stays as it is.
      if (!text.startsWith(REDACTED, valueStart)) ranges.add(valueStart, valueEnd);
      pattern.lastIndex = Math.max(start, valueEnd);
    }
  }
}

const QUOTES = '"\'`';

function valueAt(text: string, at: number, extent: ValueExtent): [start: number, end: number] {
  const start = text.charAt(at) === '\\' && QUOTES.includes(text.charAt(at + 1)) ? at + 1 : at;
  const first = text.charAt(start);
  if (first !== '' && QUOTES.includes(first)) {
    let end = start + 1;
    // Within a string inside a string, an escaped quote closes the value.
    if (start > at) return [start + 1, closingEscapedQuote(text, end, first)];
    while (end < text.length && text.charAt(end) !== first) end += text.charAt(end) === '\\' ? 2 : 1;
    return [start + 1, Math.min(end, text.length)];
  }
  return [start, skip(text, start, extent === 'line' ? isLineCode : isWordCode)];
}

function closingEscapedQuote(text: string, from: number, quote: string): number {
  let end = text.indexOf(`\\${quote}`, from);
  if (end === -1) end = text.length;
  return end;
}

function skip(text: string, from: number, accepts: (code: number) => boolean): number {
  let index = from;
  while (index < text.length && accepts(text.charCodeAt(index))) index += 1;
  return index;
}

function isBase64UrlCode(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x5f;
}

/** Anything but white space, quotes, angle brackets, backslash and the `/ ? #` that end an authority. */
function isAuthorityCode(code: number): boolean {
  return code > 0x20 && !'/?#"\'`<>\\'.includes(String.fromCharCode(code));
}

function isLineCode(code: number): boolean {
  return code !== 0x0a && code !== 0x0d && code !== 0x22 && code !== 0x60;
}

/** Anything but white space and what closes a value in a query, JSON, a header list or prose. */
function isWordCode(code: number): boolean {
  return code > 0x20 && !'&#"\'`<>,;)}]\\'.includes(String.fromCharCode(code));
}
