import type {
  ByokKeyLifecycle,
  ByokKeyRevocationRequest,
  ByokKeyRotationRequest,
  ByokKeyRotationResult,
  ByokKeyValidationResult,
} from '@mortise/core';

/** What a call to the provider does instead of answering. */
export type Interference = (call: 'validate' | 'rotate' | 'revoke', key: string) => void | Promise<void>;

/**
 * A provider of keys, in memory: makes one new key for each idempotency key, and says of every key whether it works. Its
 * secret has the field `apiKey`.
 */
export class KeyProvider implements ByokKeyLifecycle {
  readonly issued: string[] = [];
  readonly revoked = new Set<string>();
  readonly calls: string[] = [];
  /** Answers of `validateKey` by key; for the others, whether the key is issued and not revoked. */
  readonly answers = new Map<string, ByokKeyValidationResult | (() => ByokKeyValidationResult)>();
  /** What the next rotations answer on top of, or instead of, a new key. */
  rotation: Partial<ByokKeyRotationResult> = {};
  interfere: Interference = () => {};
  readonly #byRequest = new Map<string, string>();
  readonly #name: string;

  /** @param first A key that works from the start. */
  constructor(first = 'key-0', name = 'key') {
    this.issued.push(first);
    this.#name = name;
  }

  isAlive(key: string): boolean {
    return this.issued.includes(key) && !this.revoked.has(key);
  }

  async validateKey(secrets: Record<string, string>): Promise<ByokKeyValidationResult> {
    const key = secrets['apiKey'] ?? '';
    this.calls.push(`validate ${key}`);
    await this.interfere('validate', key);
    const answer = this.answers.get(key);
    if (answer !== undefined) return typeof answer === 'function' ? answer() : answer;
    return this.isAlive(key) ? { valid: true, scopes: ['chat'] } : { valid: false, error: 'no such key' };
  }

  async rotateKey(secrets: Record<string, string>, request: ByokKeyRotationRequest): Promise<ByokKeyRotationResult> {
    const old = secrets['apiKey'] ?? '';
    this.calls.push(`rotate ${old}`);
    const before = this.#byRequest.get(request.idempotencyKey ?? '');
    const key = before ?? `${this.#name}-${this.issued.length}`;
    if (this.rotation.success !== false && before === undefined) {
      this.issued.push(key);
      this.#byRequest.set(request.idempotencyKey ?? '', key);
    }
    await this.interfere('rotate', key);
    return {
      success: true,
      ...(this.rotation.newSecretRef === undefined ? { newSecrets: { apiKey: key } } : {}),
      ...this.rotation,
    };
  }

  async revokeKey(secrets: Record<string, string>, _request: ByokKeyRevocationRequest): Promise<void> {
    const key = secrets['apiKey'] ?? '';
    this.calls.push(`revoke ${key}`);
    await this.interfere('revoke', key);
    this.revoked.add(key);
  }
}
