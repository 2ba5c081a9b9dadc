import { MortiseError } from '@mortise/core';

/** A vendor's public keys could not be had. */
export class KeySetError extends MortiseError<'KEY_SET_UNAVAILABLE'> {
  constructor(message: string, cause?: unknown) {
    super({ code: 'KEY_SET_UNAVAILABLE', message, retry: 'transient', ...(cause === undefined ? {} : { cause }) });
  }
}
