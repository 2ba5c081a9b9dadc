import type { IntegrationRequestError } from '../errors/integration-request-error.ts';

/** Bytes that come in, and the errors of those who read them. */
export interface ByteSource {
  /** Can be gone through once. Leaving the loop early ends the connection. */
  chunks(): AsyncGenerator<Uint8Array, void>;
  tooLong(maxLength: number, part: string): IntegrationRequestError;
  malformed(what: string): IntegrationRequestError;
}
