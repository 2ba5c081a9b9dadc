/** Words that end or renew a subscription when they are the whole message. Compared without case and accents. */
const OPT_OUT = [
  'STOP',
  'STOPALL',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  // French, Spanish, Portuguese, German, Italian.
  'ARRET',
  'DESABONNER',
  'ALTO',
  'PARAR',
  'SAIR',
  'STOPP',
  'ABMELDEN',
  'FERMA',
];
const OPT_IN = ['START', 'UNSTOP', 'YES', 'OUI', 'INICIAR', 'ANMELDEN'];

/** Further words of a campaign's own. */
export interface OptKeywords {
  readonly optOut?: readonly string[];
  readonly optIn?: readonly string[];
}

/**
 * Whether a message ends (`opt_out`) or renews (`opt_in`) a subscription: only where a keyword is all of it, so that "do
 * not stop" is neither. Providers and countries have lists of their own; this one errs towards stopping.
 */
export function readOptKeyword(body: string, more: OptKeywords = {}): 'opt_out' | 'opt_in' | undefined {
  const word = fold(body);
  if (word === '') return undefined;
  if ([...OPT_OUT, ...(more.optOut ?? [])].some((keyword) => fold(keyword) === word)) return 'opt_out';
  if ([...OPT_IN, ...(more.optIn ?? [])].some((keyword) => fold(keyword) === word)) return 'opt_in';
  return undefined;
}

/** Without accents, case, and what stands around the word. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    .toUpperCase();
}
