import { IntegrationError } from '@mortise/core';

/** Longest key that is taken. */
const MAX_KEY_LENGTH = 255;

interface Entry {
  /** What was asked for under the key. */
  readonly fingerprint: string;
  readonly outcome: Promise<unknown>;
  readonly expiresAt: number;
}

/**
 * Remembers what each key led to. A repeat gets the same outcome, a failure included, and so does one that comes while
 * the first is still running; a known key with another body is refused. What was refused before anything was done is not
 * remembered, so that it can be corrected under the same key.
 */
export class IdempotencyStore {
  readonly #entries = new Map<string, Entry>();
  readonly #ttlMs: number;
  readonly #now: () => number;

  constructor(ttlMs: number, now: () => number) {
    this.#ttlMs = ttlMs;
    this.#now = now;
  }

  /**
   * Does the work, or gives its outcome again.
   *
   * @param key Undefined: nothing is remembered.
   * @param fingerprint Operation and body, as text.
   * @throws {IntegrationError} `invalid_request`: the key came with another body, or is none.
   */
  async run<Result>(key: string | undefined, fingerprint: string, work: () => Promise<Result>): Promise<Result> {
    if (key === undefined) return work();
    if (key === '' || key.length > MAX_KEY_LENGTH) {
      throw invalidKey(`expected 1 to ${MAX_KEY_LENGTH} characters, got ${key.length}`);
    }
    this.#forgetExpired();
    const known = this.#entries.get(key);
    if (known === undefined) return this.#first(key, fingerprint, work);
    if (known.fingerprint !== fingerprint) throw reusedKey();
    // A fingerprint names its operation, so that what it led to once has the type that it leads to now.
    const isResult = (_outcome: unknown): _outcome is Result => known.fingerprint === fingerprint;
    const outcome = await known.outcome;
    if (isResult(outcome)) return outcome;
    throw reusedKey();
  }

  #first<Result>(key: string, fingerprint: string, work: () => Promise<Result>): Promise<Result> {
    const outcome = work();
    this.#entries.set(key, { fingerprint, outcome, expiresAt: this.#now() + this.#ttlMs });
    outcome.catch((error: unknown) => {
      if (isRefusal(error)) this.#entries.delete(key);
    });
    return outcome;
  }

  #forgetExpired(): void {
    for (const [key, { expiresAt }] of this.#entries) {
      if (expiresAt <= this.#now()) this.#entries.delete(key);
    }
  }
}

/** Nothing was done: the request itself was wrong, or its time had not come. */
function isRefusal(error: unknown): boolean {
  return (
    IntegrationError.is(error) &&
    ['invalid_request', 'not_found', 'precondition_failed', 'aborted'].includes(error.code)
  );
}

function reusedKey(): IntegrationError {
  return invalidKey('came before with another request; use a new key for a new request');
}

function invalidKey(what: string): IntegrationError {
  const message = `idempotencyKey: ${what}`;
  return new IntegrationError({ code: 'invalid_request', field: 'idempotencyKey', message });
}
