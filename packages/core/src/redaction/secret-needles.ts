/** One spelling of a secret to look for. */
export interface SecretNeedle {
  readonly text: string;
  /** Neighbouring characters that may carry a few of the secret's bits, as in base64 that is not aligned with it. */
  readonly before: 0 | 1;
  readonly after: 0 | 1;
}

/** The spellings to look for in text and, for secrets beyond ASCII, in text that is given as UTF-8 bytes. */
export interface SecretNeedles {
  readonly forText: readonly SecretNeedle[];
  readonly forBytes: readonly SecretNeedle[];
  /** Whether a number, printed in decimal, could be one of the secrets. */
  readonly mayBeNumber: boolean;
}

/** Each secret plain, in base64 and base64url at every alignment, and in hex. Escapes are undone in the text instead. */
export function createSecretNeedles(secrets: Iterable<string>, minLength: number): SecretNeedles {
  const forText = new Map<string, SecretNeedle>();
  const forBytes = new Map<string, SecretNeedle>();
  let mayBeNumber = false;
  for (const secret of secrets) {
    for (const form of new Set([secret, secret.trim()])) {
      if (form.length < minLength || form === '') continue;
      mayBeNumber ||= /^[-+.\deE]+$/.test(form);
      const bytes = toByteString(form);
      for (const needle of encodedNeedles(bytes)) {
        forText.set(needle.text, needle);
        forBytes.set(needle.text, needle);
      }
      // Form encoding writes a space as a plus sign.
      for (const [map, plain] of [
        [forText, form],
        [forBytes, bytes],
      ] as const) {
        map.set(plain, exact(plain));
        const withPlus = plain.replaceAll(' ', '+');
        map.set(withPlus, exact(withPlus));
      }
    }
  }
  return { forText: [...forText.values()], forBytes: [...forBytes.values()], mayBeNumber };
}

/** UTF-8 bytes as a string of characters up to U+00FF. */
function toByteString(text: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/.test(text)) return text;
  let result = '';
  for (const byte of new TextEncoder().encode(text)) result += String.fromCharCode(byte);
  return result;
}

function exact(text: string): SecretNeedle {
  return { text, before: 0, after: 0 };
}

function* encodedNeedles(bytes: string): Generator<SecretNeedle> {
  for (const shift of [0, 1, 2] as const) {
    const whole = btoa('\0'.repeat(shift) + bytes);
    // Only characters made from the secret's bits alone are the same wherever the secret stands.
    const first = Math.ceil((shift * 8) / 6);
    const end = Math.floor(((shift + bytes.length) * 8) / 6);
    const text = whole.slice(first, end);
    const before = shift === 0 ? 0 : 1;
    const after = (shift + bytes.length) % 3 === 0 ? 0 : 1;
    yield { text, before, after };
    yield { text: text.replaceAll('+', '-').replaceAll('/', '_'), before, after };
  }
  let hex = '';
  for (let index = 0; index < bytes.length; index += 1) hex += bytes.charCodeAt(index).toString(16).padStart(2, '0');
  yield exact(hex);
  yield exact(hex.toUpperCase());
}
