/** Arguments as JSON text: some vendors send an object, and nothing at all for a call without arguments. */
export function argumentsText(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '{}' : value;
  return value === undefined || value === null ? '{}' : JSON.stringify(value);
}

/**
 * Whether a call was cut off by the token limit. Such a call must not look like one to be run. A call with broken
 * arguments that was not cut off is the model's mistake, which the caller answers with an error result.
 */
export function isCutOff(argumentsOfCall: string, reason: string | undefined): boolean {
  if (reason !== 'length' && reason !== 'model_length') return false;
  try {
    JSON.parse(argumentsText(argumentsOfCall));
    return false;
  } catch {
    return true;
  }
}

/** What the caller is told of a call that was cut off. */
export function cutOffCall(name: string): string {
  return `The token limit cut off a call of "${name}", which is left out`;
}
