import { createHash } from 'node:crypto';
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';
import { failure, type Subject } from '../reference/subject.ts';

/** Why a ciphertext could not be opened. */
export type DecryptionFault = 'no matching identity' | 'damaged';

/** age's own words; there is no code to match on. A test fails should they ever change. */
const NO_MATCH = "no identity matched any of the file's recipients";

/** The vault's keys: encrypts to all recipients, decrypts with whichever identity fits. */
export class Keyring {
  /** Names the set of recipients, so that a rewrap can tell what it has done already. Not secret, not reversible. */
  readonly fingerprint: string;
  readonly #encrypter: Encrypter;
  readonly #decrypter: Decrypter;

  private constructor(encrypter: Encrypter, decrypter: Decrypter, fingerprint: string) {
    this.#encrypter = encrypter;
    this.#decrypter = decrypter;
    this.fingerprint = fingerprint;
  }

  /**
   * @param identities `AGE-SECRET-KEY-1…` each. The first one's recipient is written to; all are tried for reading.
   * @param recipients `age1…` each; whatever is written is encrypted to these as well.
   * @throws {SecretProviderError} `INVALID` for a malformed key. The message has its position, never the key.
   */
  static async create(
    identities: readonly string[],
    recipients: readonly string[],
    subject: Subject,
  ): Promise<Keyring> {
    const [first] = identities;
    if (first === undefined) {
      throw failure(subject, 'INVALID', 'the vault needs an identity; make one with generateIdentity()');
    }
    const decrypter = new Decrypter();
    for (const [index, identity] of identities.entries()) {
      // age's errors quote the key, so none of them may become a cause.
      if (!accepts(() => decrypter.addIdentity(identity))) throw malformed(subject, 'identity', index);
    }
    const encrypter = new Encrypter();
    const own = await identityToRecipient(first);
    const all = [...new Set([own, ...recipients])];
    for (const [index, recipient] of all.entries()) {
      if (!accepts(() => encrypter.addRecipient(recipient))) throw malformed(subject, 'recipient', index - 1);
    }
    const fingerprint = createHash('sha256').update(all.toSorted().join('\n')).digest('base64url').slice(0, 22);
    return new Keyring(encrypter, decrypter, fingerprint);
  }

  async encrypt(plaintext: Uint8Array): Promise<Uint8Array> {
    return this.#encrypter.encrypt(plaintext);
  }

  /** Never throws for what a ciphertext holds: a fault is an answer, and each caller names it in its own way. */
  async decrypt(ciphertext: Uint8Array): Promise<Uint8Array | DecryptionFault> {
    try {
      return await this.#decrypter.decrypt(ciphertext);
    } catch (error) {
      return error instanceof Error && error.message === NO_MATCH ? 'no matching identity' : 'damaged';
    }
  }
}

function accepts(add: () => void): boolean {
  try {
    add();
    return true;
  } catch {
    return false;
  }
}

function malformed(subject: Subject, kind: 'identity' | 'recipient', index: number): Error {
  const shape = kind === 'identity' ? 'AGE-SECRET-KEY-1…' : 'age1…';
  return failure(subject, 'INVALID', `${kind} ${index + 1} is not of the form ${shape}`);
}
