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
  if (PRIVATE_KEY.test(text) || SIGNED_TOKEN.test(text)) return true;
  const runs = text.replace(WEB_ADDRESS, ' ').match(RUN) ?? [];
  return runs.some(isRandom);
}

/** Letters and digits change places at least three times and once in ten characters, and no few characters dominate. */
function isRandom(run: string): boolean {
  const changes = run.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  return changes >= 3 && run.length <= changes * 10 && new Set(run).size >= 8;
}
