import { normalizeCurrency } from './money.ts';

/**
 * Currencies whose smallest unit is not a hundredth, after ISO 4217 (list one, as of 2026-01). All others have two digits
 * after the point.
 */
const ISO_EXPONENTS: Readonly<Record<string, number>> = {
  ...withExponent(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...withExponent(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...withExponent(4, 'CLF UYW'),
};

/** Digits after the point by currency, where a provider counts in other units than ISO 4217. */
export type CurrencyExponents = Readonly<Record<string, number>>;

/**
 * How Stripe counts where ISO 4217 has it otherwise: a krona of ISK is 100 units, whole kronur only; an ariary of MGA is
 * one unit. UGX is left out: what the vendor writes about it is not clear, so try it in a sandbox before relying on it.
 *
 * @see https://support.stripe.com/questions/deprecation-of-fractional-isk-charges-and-refunds (read 2026-11-25)
 * @see https://docs.stripe.com/currencies (zero-decimal currencies, read 2026-11-25)
 */
export const STRIPE_CURRENCY_EXPONENTS: CurrencyExponents = Object.freeze({ ISK: 2, MGA: 0 });

/**
 * Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD.
 *
 * @param overrides Exponents of the provider that the amount comes from or goes to.
 * @throws {MoneyError} `INVALID_CURRENCY`
 */
export function currencyExponent(currency: string, overrides: CurrencyExponents = {}): number {
  const code = normalizeCurrency(currency);
  const own = Object.hasOwn(overrides, code) ? overrides[code] : undefined;
  return own ?? (Object.hasOwn(ISO_EXPONENTS, code) ? ISO_EXPONENTS[code] : undefined) ?? 2;
}

function withExponent(exponent: number, codes: string): Record<string, number> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, exponent]));
}
