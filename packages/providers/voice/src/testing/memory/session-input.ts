import { IntegrationError } from '@mortise/core';
import type { AudioEncoding } from '../../audio/audio-format.ts';
import { joinBytes } from '../../audio/join-bytes.ts';
import { bytesPerSample } from '../../audio/sample-encoding.ts';

/** The user's audio on its way to the service: bounded, and taken out at the service's pace. */
export class SessionInput {
  readonly #maxBufferedMs: number;
  readonly #bytesPerMs: number;
  #waiting: Uint8Array[] = [];
  #bytes = 0;

  constructor(encoding: AudioEncoding, sampleRateHz: number, maxBufferedMs: number) {
    this.#bytesPerMs = (bytesPerSample(encoding) * sampleRateHz) / 1000;
    this.#maxBufferedMs = maxBufferedMs;
  }

  get bufferedMs(): number {
    return this.#bytes / this.#bytesPerMs;
  }

  /** @throws {IntegrationError} `rate_limited` when so much does not fit; nothing is taken then. */
  add(chunk: Uint8Array): void {
    const chunkMs = chunk.byteLength / this.#bytesPerMs;
    if (this.bufferedMs > 0 && this.bufferedMs + chunkMs > this.#maxBufferedMs) {
      throw new IntegrationError({
        code: 'rate_limited',
        retry: 'throttled',
        retryAfterMs: Math.ceil(chunkMs),
        message: `${Math.round(this.bufferedMs)} ms of audio wait to be sent, at most ${this.#maxBufferedMs} may; slow down`,
      });
    }
    // A copy: the caller may use its buffer again.
    this.#waiting.push(chunk.slice());
    this.#bytes += chunk.byteLength;
  }

  /** Takes out at most so much. */
  take(ms: number): Uint8Array {
    const wanted = Math.round(ms * this.#bytesPerMs);
    const all = joinBytes(this.#waiting);
    const taken = all.subarray(0, wanted);
    const rest = all.subarray(wanted);
    this.#waiting = rest.byteLength === 0 ? [] : [rest];
    this.#bytes = rest.byteLength;
    return taken;
  }

  clear(): void {
    this.#waiting = [];
    this.#bytes = 0;
  }
}
