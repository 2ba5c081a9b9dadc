import { dirname } from 'node:path';
import { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { readPrivateFile } from '../disk/durable-file.ts';
import { publishNewFile } from '../disk/intent-file.ts';
import type { PermissionPolicy } from '../disk/permissions.ts';
import { toProviderError } from '../disk/system-error.ts';
import { failure, type Subject } from '../reference/subject.ts';

const MAX_IDENTITY_FILE_BYTES = 64 * 1024;
const BINARY_HEAD = 'age-encryption.org/v1\n';
const ARMOR_HEAD = '-----BEGIN AGE ENCRYPTED FILE-----';

/** Makes the key of a vault: an age identity, `AGE-SECRET-KEY-1…`. Whoever has it can read the vault; keep a copy. */
export async function generateIdentity(): Promise<string> {
  return generateX25519Identity();
}

export interface CreateIdentityFileOptions {
  /** Where the file goes; its directory must exist. */
  readonly path: string;
  /** Default: a new identity. */
  readonly identity?: string;
  /** Encrypts the file under this passphrase (scrypt, about 1.5 s to open). Absent: the key stands there in plain. */
  readonly passphrase?: string;
}

/**
 * Writes an identity file with mode 0600 that `identityFile` and the `age` command line both read. Never overwrites:
 * a lost key is a lost vault.
 *
 * @returns The public recipient, `age1…`.
 * @throws {SecretProviderError} `CONFLICT` if the path is taken, `INVALID` for a malformed identity.
 */
export async function createIdentityFile(options: CreateIdentityFileOptions): Promise<{ recipient: string }> {
  const { path, passphrase, identity = await generateIdentity() } = options;
  const subject: Subject = { provider: 'file', operation: 'create the identity file', reference: '' };
  try {
    const recipient = await recipientOf(identity, subject);
    const text = `# public key: ${recipient}\n${identity}\n`;
    const bytes = passphrase === undefined ? new TextEncoder().encode(text) : await protect(text, passphrase);
    if (!(await publishNewFile(dirname(path), path, bytes))) {
      throw failure(subject, 'CONFLICT', `${path} exists already and is never overwritten`);
    }
    return { recipient };
  } catch (error) {
    throw toProviderError(error, subject);
  }
}

/**
 * The identities in a file, in order: one per line, blank lines and `#` comments skipped, as `age-keygen` writes it.
 * A file that is itself encrypted, armoured or not, is opened with the passphrase.
 *
 * @throws {SecretProviderError} `NOT_FOUND`, `FORBIDDEN` for an open mode or a wrong passphrase, `INVALID` for a file
 *   without identities.
 */
export async function readIdentityFile(
  path: string,
  passphrase: string | undefined,
  policy: PermissionPolicy,
  subject: Subject,
): Promise<string[]> {
  const bytes = await readPrivateFile(path, MAX_IDENTITY_FILE_BYTES, policy, subject).catch((error: unknown) => {
    const { code, message } = toProviderError(error, subject);
    throw failure(subject, code, `the identity file ${path} cannot be read: ${message}`, error);
  });
  const text = await openIdentityText(bytes, path, passphrase, subject);
  const identities = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (identities.length === 0) throw failure(subject, 'INVALID', `the identity file ${path} holds no identity`);
  return identities;
}

async function openIdentityText(
  bytes: Uint8Array,
  path: string,
  passphrase: string | undefined,
  subject: Subject,
): Promise<string> {
  const text = new TextDecoder().decode(bytes);
  const isArmored = text.trimStart().startsWith(ARMOR_HEAD);
  if (!isArmored && !text.startsWith(BINARY_HEAD)) return text;
  if (passphrase === undefined) {
    throw failure(subject, 'INVALID', `the identity file ${path} is encrypted; give its passphrase`);
  }
  try {
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    return await decrypter.decrypt(isArmored ? armor.decode(text) : bytes, 'text');
  } catch {
    throw failure(subject, 'FORBIDDEN', `the passphrase does not open the identity file ${path}, or it is damaged`);
  }
}

async function protect(text: string, passphrase: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  return new TextEncoder().encode(armor.encode(await encrypter.encrypt(text)));
}

async function recipientOf(identity: string, subject: Subject): Promise<string> {
  try {
    return await identityToRecipient(identity);
  } catch {
    // age's error quotes the key.
    throw failure(subject, 'INVALID', 'the identity is not of the form AGE-SECRET-KEY-1…');
  }
}
