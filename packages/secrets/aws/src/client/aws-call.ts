import type { SecretProviderError, SecretProviderErrorCode } from '@mortise/secrets';
import { factsOf } from '../errors/error-facts.ts';
import { type RequestKind, toProviderError } from '../errors/to-provider-error.ts';
import type { AwsSecretReference } from '../reference/aws-secret-reference.ts';
import { failure, type Subject } from '../reference/subject.ts';
import type { LoadedClient } from './client-pool.ts';

/** How the SDK is told to stop. */
export interface SendOptions {
  readonly abortSignal: AbortSignal;
}

export interface AwsCallParts {
  readonly subject: Subject;
  readonly reference: AwsSecretReference;
  readonly loaded: LoadedClient;
  readonly signal: AbortSignal;
}

/** One call of the contract on one secret: sends its requests, and makes sense of what goes wrong with them. */
export class AwsCall {
  readonly subject: Subject;
  readonly reference: AwsSecretReference;
  readonly #loaded: LoadedClient;
  readonly #signal: AbortSignal;

  constructor({ subject, reference, loaded, signal }: AwsCallParts) {
    this.subject = subject;
    this.reference = reference;
    this.#loaded = loaded;
    this.#signal = signal;
  }

  /** Name or ARN of the secret. */
  get secretId(): string {
    return this.reference.secretId;
  }

  /**
   * Sends one request. A request that AWS refused for its time is sent once more, after the SDK has set its clock by
   * the answer: it did nothing, and with the SDK's retries off nobody else would repeat it.
   *
   * @throws {SecretProviderError} Whatever goes wrong.
   */
  async request<Output>(
    kind: RequestKind,
    send: (loaded: LoadedClient, options: SendOptions) => Promise<Output>,
  ): Promise<Output> {
    try {
      return await this.#send(send).catch(async (error: unknown) => {
        if (!isRefusedForItsTime(error)) throw error;
        return this.#send(send);
      });
    } catch (error) {
      throw toProviderError(error, this.subject, kind);
    }
  }

  /** The error for this call. */
  failure(code: SecretProviderErrorCode, problem: string): SecretProviderError {
    return failure(this.subject, code, problem);
  }

  async #send<Output>(send: (loaded: LoadedClient, options: SendOptions) => Promise<Output>): Promise<Output> {
    // Between two requests, so that nothing is begun for a caller who has left.
    this.#signal.throwIfAborted();
    return send(this.#loaded, { abortSignal: this.#signal });
  }
}

const REFUSED_FOR_ITS_TIME = new Set(['InvalidSignatureException', 'SignatureDoesNotMatch', 'RequestExpired']);

function isRefusedForItsTime(error: unknown): boolean {
  const { name, isClockCorrected } = factsOf(error, 0);
  return isClockCorrected && REFUSED_FOR_ITS_TIME.has(name);
}
