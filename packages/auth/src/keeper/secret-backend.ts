/** What is needed of a secret backend; every `SecretProvider` of `@mortise/secrets` fits. */
export interface SecretBackend {
  readonly id: string;
  getSecret(reference: string, options?: SecretBackendOptions): Promise<SecretBackendValue>;
  /** Reads past any cache. Absent: `getSecret` does. */
  refresh?(reference: string, options?: SecretBackendOptions): Promise<SecretBackendValue>;
}

export interface SecretBackendOptions {
  readonly signal?: AbortSignal;
}

export interface SecretBackendValue {
  readonly data: Uint8Array;
  readonly version?: string;
  readonly retrievedAt: Date;
}

/** A backend that takes writes. */
export interface WritableSecretBackend extends SecretBackend {
  setSecret(
    reference: string,
    payload: { readonly data: string; readonly contentType?: string },
    options?: SecretBackendOptions,
  ): Promise<{ readonly version: string }>;
}

/** The members of a secret that is a JSON object. */
export type SecretMembers = Readonly<Record<string, unknown>>;

/** @returns `undefined`: it is no JSON object. */
export function parseSecretMembers(bytes: Uint8Array): SecretMembers | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    // Nothing of the parser's error is kept: it quotes the text.
    return undefined;
  }
}

/** Whether a backend said that it holds no such secret; by the code, since errors may come from any copy of a package. */
export function isSecretMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'NOT_FOUND';
}

/** Name of the member in which the keeper keeps what it knows beside the tokens. */
export const GRANT_MEMBER = '_grant';
