import type { CallOptions, Operation, ResumableOperations } from '@mortise/core';
import type { ImageGenerationInput } from './model/generation-input.ts';
import type { ImageGenerationResult } from './model/generation-result.ts';

export interface StartImageJobOptions extends CallOptions {
  /** Told when the job has ended. */
  readonly webhookUrl?: string;
}

/** Pictures that are made after the call that asks for them. `waitForOperation` of core waits for one. */
export interface ImageJobs extends ResumableOperations<ImageGenerationInput, ImageGenerationResult> {
  start(input: ImageGenerationInput, options?: StartImageJobOptions): Promise<Operation<ImageGenerationResult>>;
}

/** What a provider reports of a job. */
export interface ImageJobEvent {
  /** Same over repeated deliveries. Absent: the vendor gives none. */
  id?: string;
  /** `unknown` for what the vendor reports under a name that is not known here; see `rawType`. */
  type: 'job.succeeded' | 'job.failed' | 'unknown';
  /** The vendor's own name. */
  rawType?: string;
  /** Id of the operation. */
  operationId?: string;
  /** Present where the delivery holds it. */
  result?: ImageGenerationResult;
  /** ISO 8601 instant. */
  occurredAt?: string;
}
