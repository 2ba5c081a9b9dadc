import type { ByokKeyRotationReason } from '@mortise/core';
import type { SecretProvider } from '@mortise/secrets';
import { MemorySecretProvider } from '@mortise/secrets/testing';
import { FakeClock, seededRandom } from '@mortise/testing';
import type { ByokKeyRecord } from '../record/byok-key-record.ts';
import { ByokKeyRunner, type ByokRotateOptions } from '../runner/byok-key-runner.ts';
import type { ByokSubject } from '../runner/runner-options.ts';
import { MemoryByokKeyStore } from '../testing/memory-byok-key-store.ts';
import { connectionOf, HOUR_MS, keyAt, OWNER, REFERENCE } from './application.ts';
import { interruptLifecycle, interruptSecrets, interruptStore, type Point } from './interrupted.ts';
import { KeyProvider } from './key-provider.ts';
import { versionless } from './versionless.ts';

const OVERLAP_MS = HOUR_MS;
/** Longer than any lease. */
export const AFTER_LEASE_MS = 600_000;

/** A process that is gone: from one point on, nothing that its runner does reaches anything. */
export class CrashedError extends Error {}

export interface WorldOptions {
  /** `copies`: a backend without versions, stages and idempotency keys. */
  readonly variant: 'staged' | 'sibling' | 'copies';
}

/** Everything that outlives a process: the secrets, the records and the provider; and what must always hold of them. */
export class World {
  readonly clock = new FakeClock({ startMs: Date.parse('2026-01-01T00:00:00Z') });
  readonly store = new MemoryByokKeyStore();
  readonly provider = new KeyProvider();
  readonly secrets: SecretProvider;
  readonly subject: ByokSubject = { connection: connectionOf(), policy: { overlapMs: OVERLAP_MS } };
  readonly variant: WorldOptions['variant'];
  /** Keys that the provider has called valid, and the first one. */
  readonly validated = new Set(['key-0']);
  /** What was found wrong at some point, in words. */
  readonly violations: string[] = [];
  readonly #memory: MemorySecretProvider;
  #ids = 0;

  constructor({ variant }: WorldOptions) {
    this.variant = variant;
    const memory = new MemorySecretProvider({
      now: this.clock.now,
      secrets: { [REFERENCE]: JSON.stringify({ apiKey: 'key-0' }) },
    });
    this.#memory = memory;
    this.secrets = variant === 'copies' ? versionless(memory) : memory;
    const validate = this.provider.validateKey.bind(this.provider);
    this.provider.validateKey = async (secrets) => {
      const result = await validate(secrets);
      if (result.valid) this.validated.add(secrets['apiKey'] ?? '');
      return result;
    };
  }

  /** A runner in a process of its own that ends at a point. @param crashAt Number of the point, from 1. */
  start(crashAt = Infinity): {
    runner: ByokKeyRunner;
    points: () => number;
    isCrashed: () => boolean;
    labels: string[];
  } {
    let count = 0;
    const labels: string[] = [];
    const point = (label: string): void => {
      count += 1;
      if (count <= crashAt) labels.push(label);
      if (count >= crashAt) throw new CrashedError(label);
    };
    return { runner: this.runnerWith(point), points: () => count, isCrashed: () => count >= crashAt, labels };
  }

  /** A runner that passes these points. */
  runnerWith(point: Point): ByokKeyRunner {
    return new ByokKeyRunner({
      secrets: interruptSecrets(this.secrets, point),
      store: interruptStore(this.store, point),
      lifecycle: interruptLifecycle(this.provider, point),
      clock: this.clock,
      random: seededRandom(1),
      placement: this.variant === 'staged' ? 'auto' : 'sibling',
      newId: () => `r${(this.#ids += 1)}`.padEnd(10, 'x'),
      findSubject: async () => this.subject,
      allowReference: () => true,
    });
  }

  /** Runs a rotation to the end or to the crash. */
  async rotate(crashAt: number, reason: ByokKeyRotationReason, more: Partial<ByokRotateOptions> = {}) {
    const process = this.start(crashAt);
    const end = await this.clock
      .settle(process.runner.rotate(this.subject, { reason, ...more }))
      .catch((error: unknown) => error);
    await this.check(`${reason} crashed at ${crashAt}, ${process.labels.at(-1)}`);
    return { ...process, end };
  }

  async record(): Promise<ByokKeyRecord | undefined> {
    return this.store.load(OWNER);
  }

  async currentKey(): Promise<string | undefined> {
    return keyAt(this.#memory, REFERENCE);
  }

  /** What must hold at every moment at which somebody could look. */
  async check(moment: string): Promise<void> {
    const current = await this.currentKey();
    const record = await this.record();
    if (current === undefined) this.violations.push(`${moment}: no current key`);
    else if (!this.provider.isAlive(current)) this.violations.push(`${moment}: current key ${current} is revoked`);
    else if (!this.validated.has(current)) this.violations.push(`${moment}: current key ${current} is not validated`);
    for (const { place, retireAt, revokedAt, rotationId } of record?.retiring ?? []) {
      if (Date.parse(retireAt) <= this.clock.now()) continue;
      const old = await keyAt(this.secrets, place.reference, place.version);
      if (old === undefined) this.violations.push(`${moment}: the old key of ${rotationId} is not readable`);
      else if (revokedAt !== undefined || !this.provider.isAlive(old)) {
        this.violations.push(`${moment}: the old key of ${rotationId} is revoked before its time`);
      }
    }
  }

  /** References beside the connection's own that still hold something. */
  async leftovers(): Promise<string[]> {
    const left: string[] = [];
    for (let id = 1; id <= this.#ids; id += 1) {
      for (const suffix of ['', '-old']) {
        const reference = `${REFERENCE}-byok-${`r${id}`.padEnd(10, 'x')}${suffix}`;
        if ((await keyAt(this.#memory, reference)) !== undefined) left.push(reference);
      }
    }
    return left;
  }

  /** Lets a new process finish whatever is under way, overlaps included. */
  async settle(): Promise<void> {
    for (let round = 0; round < 50; round += 1) {
      await this.clock.advance(AFTER_LEASE_MS);
      const { runner } = this.start();
      await this.clock.settle(runner.resume(this.subject));
      await this.check(`settling, round ${round}`);
      const record = await this.record();
      if (record?.rotation === undefined && (record?.retiring ?? []).length === 0) return;
    }
    this.violations.push('it never settles');
  }
}
