/** What is done with a secret: the four methods of a `SecretProvider`. */
export type SecretOperation = 'get' | 'set' | 'rotate' | 'delete';

const VERBS: Readonly<Record<SecretOperation, string>> = {
  get: 'read',
  set: 'write',
  rotate: 'rotate',
  delete: 'delete',
};

/** The operation as messages say it: "could not read". */
export function toVerb(operation: SecretOperation): string {
  return VERBS[operation];
}
