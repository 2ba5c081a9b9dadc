import { ScalewayFailure } from '../errors/scaleway-failure.ts';
import { failure, type Subject } from '../reference/subject.ts';
import type { ScalewaySecretManagerOptions, SecretText } from './scaleway-options.ts';

/** What a header can carry and an API key could be. Checked here, because fetch would show it in its complaint. */
const TOKEN = /^[\x21-\x7e]{1,1024}$/;

/**
 * Gives the token for each request.
 *
 * @throws {SecretProviderError} `INVALID` at once: there is none, or it cannot be one. Later, the source itself throws a
 *   `ScalewayFailure`: the host's function failed or gave something else.
 */
export function createTokenSource(
  token: ScalewaySecretManagerOptions['token'],
  subject: Subject,
): () => Promise<string> {
  if (token === undefined) {
    throw failure(
      subject,
      'INVALID',
      'there is no token; set the option token or the environment variable SCW_SECRET_KEY to the secret key of an API key',
    );
  }
  if (typeof token === 'function') return async () => askForToken(token);
  const text = reveal(token);
  if (!TOKEN.test(text)) {
    throw failure(subject, 'INVALID', 'the token must have 1 to 1024 printable ASCII characters and no spaces');
  }
  return async () => text;
}

async function askForToken(token: () => SecretText | Promise<SecretText>): Promise<string> {
  let text: string;
  try {
    text = reveal(await token());
  } catch {
    // Its error may hold the token.
    throw new ScalewayFailure('token');
  }
  if (!TOKEN.test(text)) throw new ScalewayFailure('token');
  return text;
}

function reveal(text: SecretText): string {
  return typeof text === 'string' ? text : text.reveal();
}
