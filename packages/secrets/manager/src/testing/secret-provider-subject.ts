import type { SecretProvider, SecretReference } from '../secret-provider.ts';

/**
 * A backend under test, fresh for each check. What it declares as a capability decides which checks apply:
 * `seed` (a secret can be put there, by `seed` or by writing), `write`, `read-only`, `versions` (older ones stay
 * readable), `binary` (any bytes, not only text), `size-limit` (larger payloads are refused), `idempotent` (a write can be
 * repeated under its key), `idempotency-keys` (and another payload under that key is refused), `overlap` (`overlapMs` is
 * kept), `staging`, `retire`, `restore` (the optional methods), `force-delete`.
 */
export interface SecretProviderSubject {
  readonly provider: SecretProvider;
  /** A reference of the backend's kind, another for each name. Names have letters, digits, `.`, `_` and `-`. */
  readonly reference: (name: string) => SecretReference;
  /** Puts a secret there without the provider, for backends that take no writes. Default: `setSecret`. */
  seed?(name: string, data: Uint8Array): Promise<void>;
  /** Largest payload in bytes. Default 65,536, which the three large clouds share. */
  readonly maxBytes?: number;
  /** Prints a value for a person, such as Node's `util.inspect`; what it prints is searched for secrets. */
  readonly inspect?: (value: unknown) => string;
  close?(): Promise<void>;
}

/** Puts a secret there in whichever way the backend allows. */
export async function seedSecret(
  subject: SecretProviderSubject,
  name: string,
  data: Uint8Array,
): Promise<SecretReference> {
  const reference = subject.reference(name);
  if (subject.seed === undefined) await subject.provider.setSecret(reference, { data });
  else await subject.seed(name, data);
  return reference;
}

export function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
