import { MortiseError } from '@mortise/core';

/** The SDK could not make a client of the options. Its own error ends here, because options hold credentials. */
export class ClientOptionsError extends MortiseError<'CLIENT_OPTIONS'> {
  constructor() {
    super({ code: 'CLIENT_OPTIONS', message: 'The SDK cannot make a client of clientOptions' });
  }
}
