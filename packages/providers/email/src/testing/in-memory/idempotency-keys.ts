import { IntegrationError } from '@mortise/core';

/** Remembers results by key, so that a repeated call has no second effect. A failed call is not remembered. */
export class IdempotencyKeys<Value> {
  readonly #calls = new Map<string, { readonly fingerprint: string; readonly result: Promise<Value> }>();

  /**
   * Runs the work once for each key.
   *
   * @throws {IntegrationError} `conflict`: the key was used for another input.
   */
  async once(key: string | undefined, input: unknown, work: () => Promise<Value>): Promise<Value> {
    if (key === undefined) return work();
    const fingerprint = fingerprintOf(input);
    const known = this.#calls.get(key);
    if (known !== undefined) {
      if (known.fingerprint === fingerprint) return known.result;
      throw new IntegrationError({
        code: 'conflict',
        field: 'idempotencyKey',
        message: 'The idempotency key was used for another input before',
      });
    }
    const result = work();
    this.#calls.set(key, { fingerprint, result });
    try {
      return await result;
    } catch (error) {
      this.#calls.delete(key);
      throw error;
    }
  }
}

/** JSON, with bytes written out, since JSON would turn them into an object of numbers at best. */
function fingerprintOf(input: unknown): string {
  return JSON.stringify(input, (_key, value: unknown) => (value instanceof Uint8Array ? [...value] : value));
}
