import { MortiseError } from '../errors/mortise-error.ts';

/** A schema that cannot be evaluated. Never leaves the package: a schema checker turns it into a problem. */
export class UnusableSchemaError extends MortiseError<'UNUSABLE_SCHEMA'> {
  constructor(reason: string) {
    super({ code: 'UNUSABLE_SCHEMA', message: `The schema cannot be evaluated: ${reason}` });
  }
}
