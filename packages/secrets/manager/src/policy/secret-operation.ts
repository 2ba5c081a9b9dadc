/** What is done with a secret: the methods of a `SecretProvider`. */
export type SecretOperation = 'get' | 'set' | 'rotate' | 'delete' | 'restore' | 'stage' | 'promote' | 'retire';

/** The operation as messages say it: "could not read". */
export function toVerb(operation: SecretOperation): string {
  return operation === 'get' ? 'read' : operation === 'set' ? 'write' : operation;
}
