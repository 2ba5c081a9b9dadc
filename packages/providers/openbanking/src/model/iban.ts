const SHAPE = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** An IBAN as it is stored: upper case, without the spaces that people write. */
export function normalizeIban(text: string): string {
  return text.replaceAll(/\s/g, '').toUpperCase();
}

/** Whether the check digits of an IBAN (ISO 13616, modulo 97) are right. Country formats beyond the length are not checked. */
export function isIban(text: string): boolean {
  const iban = normalizeIban(text);
  if (!SHAPE.test(iban)) return false;
  const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replaceAll(
    /[A-Z]/g,
    (letter) => `${Number.parseInt(letter, 36)}`,
  );
  let remainder = 0;
  for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder === 1;
}

/** Country and last two characters, for people who must tell their accounts apart: `FR** **** 06`. Not for logs. */
export function maskIban(text: string): string {
  const iban = normalizeIban(text);
  return SHAPE.test(iban) ? `${iban.slice(0, 2)}** **** ${iban.slice(-2)}` : '****';
}
