/** A secret as it was read, without the time of the read. */
export interface SecretValue {
  readonly data: Uint8Array;
  readonly version?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The reading part of a secret backend, for code that depends on nothing else. Every full backend is one. */
export interface SecretProvider {
  readonly id: string;
  canHandle(reference: string): boolean;
  getSecret(reference: string): Promise<SecretValue>;
}
