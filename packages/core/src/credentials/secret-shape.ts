const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----\s*[A-Za-z0-9+/=\s]{40,}/;
const SIGNED_TOKEN = /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/;
const WEB_ADDRESS = /https?:\/\/[^\s"'<>]+/g;
const RUN = /[A-Za-z0-9]{16,}/g;

/**
 * Whether a text carries something that has the form of a real credential: a private key, a signed token, or a run of
 * 16 and more letters and digits as mixed as only a random generator makes them. Words, names of variables, repeated
 * placeholders and addresses of web pages do not count.
 */
export function looksLikeSecret(text: string): boolean {
  if (text.length < 16) return false;
  if (PRIVATE_KEY.test(text) || SIGNED_TOKEN.test(text)) return true;
  const runs = text.replace(WEB_ADDRESS, ' ').match(RUN) ?? [];
  return runs.some(isRandom);
}

/**
 * Whether letters and digits, or small letters, capitals and digits, change places as often as they do by chance and
 * hardly ever do in names. A few characters repeated are a placeholder.
 */
function isRandom(run: string): boolean {
  if (new Set(run).size < 8) return false;
  const digitChanges = run.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  if (digitChanges >= 3 && run.length <= digitChanges * 10) return true;
  const caseChanges = run.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g)?.length ?? 0;
  return digitChanges >= 1 && (digitChanges + caseChanges) * 20 >= run.length * 9;
}
