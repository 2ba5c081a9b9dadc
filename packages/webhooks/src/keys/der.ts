/** Bytes of one coordinate of P-256. */
const COORDINATE = 32;

/**
 * An ECDSA signature in DER (a sequence of two integers) as Web Crypto takes it: both numbers in 32 bytes each. Strict:
 * undefined for any other encoding of the same numbers.
 */
export function derToFixed(der: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der.length > 72) return undefined;
  const fixed = new Uint8Array(2 * COORDINATE);
  let offset = 2;
  for (const end of [COORDINATE, 2 * COORDINATE]) {
    const length = der[offset + 1] ?? 0;
    const start = offset + 2;
    if (der[offset] !== 0x02 || length === 0 || start + length > der.length) return undefined;
    const first = der[start] ?? 0;
    const second = der[start + 1] ?? 0;
    // Negative, or with a zero more than the sign needs.
    if (first > 0x7f || (first === 0 && length > 1 && second <= 0x7f)) return undefined;
    const digits = first === 0 ? der.subarray(start + 1, start + length) : der.subarray(start, start + length);
    if (digits.length > COORDINATE) return undefined;
    fixed.set(digits, end - digits.length);
    offset = start + length;
  }
  return offset === der.length ? fixed : undefined;
}

/** The opposite of `derToFixed`. */
export function fixedToDer(fixed: Uint8Array): Uint8Array<ArrayBuffer> {
  const numbers = [fixed.subarray(0, COORDINATE), fixed.subarray(COORDINATE, 2 * COORDINATE)].map((number) => {
    let start = 0;
    while (start < number.length - 1 && number[start] === 0) start += 1;
    const digits = [...number.subarray(start)];
    return (digits[0] ?? 0) > 0x7f ? [0, ...digits] : digits;
  });
  const content = numbers.flatMap((digits) => [0x02, digits.length, ...digits]);
  return Uint8Array.from([0x30, content.length, ...content]);
}
