import type { JsonValue, Operation, WebhookRequest } from '@mortise/core';
import { IntegrationError } from '@mortise/core';
import type { ImageGenerationResult } from '../../model/generation-result.ts';

type Job = Operation<ImageGenerationResult>;

/** What a service keeps of its jobs: any provider in front of it finds them again. */
export class MemoryJobStore {
  readonly #jobs = new Map<string, Job>();
  readonly #results = new Map<string, ImageGenerationResult>();
  readonly #secret: string;
  #count = 0;

  /** @param webhookSecret Signs deliveries. */
  constructor(webhookSecret = 'in-memory-webhook-secret') {
    this.#secret = webhookSecret;
  }

  /** Takes a job in. It is seen waiting once, then running, then done. */
  add(result: ImageGenerationResult): Job {
    this.#count += 1;
    const id = `job-${this.#count}`;
    const job: Job = { id, status: 'queued', resumeToken: id, queuePosition: 0 };
    this.#jobs.set(id, job);
    this.#results.set(id, result);
    return job;
  }

  /** The job as it is now, a step further than at the last look. @throws {IntegrationError} `not_found` */
  look(resumeToken: JsonValue): Job {
    const { id, status } = this.#get(resumeToken);
    if (status === 'queued') this.#jobs.set(id, { id, resumeToken: id, status: 'running', progress: 0.5 });
    else if (status === 'running') this.#finish(id);
    return this.#get(resumeToken);
  }

  /** A job that has ended stays as it is. */
  cancel(resumeToken: JsonValue): Job {
    const job = this.#get(resumeToken);
    if (job.status !== 'queued' && job.status !== 'running') return job;
    const canceled: Job = { id: job.id, resumeToken: job.id, status: 'canceled' };
    this.#jobs.set(job.id, canceled);
    return canceled;
  }

  /** Ends a job and makes the delivery that tells of it. */
  async delivery(id: string): Promise<WebhookRequest> {
    this.#finish(id);
    const { status } = this.#get(id);
    const rawBody = JSON.stringify({ id: `delivery-${id}`, job: id, status });
    return { headers: { 'x-signature': await this.#sign(rawBody) }, rawBody };
  }

  async verify({ headers, rawBody }: WebhookRequest): Promise<boolean> {
    const given = headers['x-signature'];
    if (typeof given !== 'string' || !/^[0-9a-f]{64}$/.test(given)) return false;
    const signature = Uint8Array.from(given.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    return crypto.subtle.verify('HMAC', await this.#key('verify'), signature, bytesOf(rawBody));
  }

  #get(resumeToken: JsonValue): Job {
    const job = typeof resumeToken === 'string' ? this.#jobs.get(resumeToken) : undefined;
    if (job !== undefined) return job;
    throw new IntegrationError({
      code: 'not_found',
      field: 'resumeToken',
      message: 'resumeToken: there is no such job',
    });
  }

  #finish(id: string): void {
    const result = this.#results.get(id);
    const { status } = this.#get(id);
    if (result === undefined || (status !== 'queued' && status !== 'running')) return;
    this.#jobs.set(id, { id, resumeToken: id, status: 'succeeded', result });
  }

  async #sign(body: string): Promise<string> {
    const signature = await crypto.subtle.sign('HMAC', await this.#key('sign'), bytesOf(body));
    return Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  #key(usage: 'sign' | 'verify'): ReturnType<typeof crypto.subtle.importKey> {
    return crypto.subtle.importKey('raw', bytesOf(this.#secret), { name: 'HMAC', hash: 'SHA-256' }, false, [usage]);
  }
}

function bytesOf(text: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return typeof text === 'string' ? new TextEncoder().encode(text) : Uint8Array.from(text);
}
