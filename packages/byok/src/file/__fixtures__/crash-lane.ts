import { join } from 'node:path';
import type { ByokKeyRotationReason } from '@mortise/core';
import type { SecretProvider } from '@mortise/secrets';
import { generateIdentity, openFileVault } from '@mortise/secrets-file';
import { onTestFinished } from 'vitest';
import { keyAt } from '../../__fixtures__/application.ts';
import type { ByokKeyRecord } from '../../record/byok-key-record.ts';
import { FileByokKeyStore } from '../file-byok-key-store.ts';
import type { CrashProcessOptions } from './crash-process.ts';
import { type CrashEnding, type CrashProgram, temporaryDirectory } from './crash-program.ts';
import { KeyServer } from './key-server.ts';
import { stagedVault } from './staged-vault.ts';

const IDENTITY = await generateIdentity();
const REFERENCE = 'file://tenants/acme/llm';
export const OVERLAP_MS = 3_600_000;
/** Longer than a lease, shorter than the overlap: what a killed process held is free, and the old key is still readable. */
const STEP_MS = 180_000;
/** Processes that are killed before the overlap of the first one's old key is let end. */
const RUNS_PER_OVERLAP = 6;

/** When a process kills itself. */
export type KillMoment = Pick<CrashProcessOptions, 'killAt' | 'killOn' | 'killAfterMs'>;

export interface LaneOptions {
  readonly name: string;
  readonly isStaged: boolean;
  readonly isThorough: boolean;
  readonly reason: ByokKeyRotationReason;
}

/** One connection, with its vault and records on disk and its provider on loopback, and the processes killed over them. */
export class CrashLane {
  /** Where processes were killed: `before store.save`. */
  readonly labels = new Set<string>();
  /** What the records said a rotation was doing when its process was killed. */
  readonly steps = new Set<string>();
  /** What was found wrong, in words. */
  readonly violations: string[] = [];
  readonly options: LaneOptions;
  readonly server: KeyServer;
  kills = 0;
  #aheadMs = 0;
  #runs = 0;
  readonly #program: CrashProgram;
  readonly #directory: string;
  readonly #vault: SecretProvider;
  readonly #store: FileByokKeyStore;

  private constructor(
    options: LaneOptions,
    place: { program: CrashProgram; directory: string; server: KeyServer; vault: SecretProvider },
  ) {
    this.options = options;
    this.server = place.server;
    this.#program = place.program;
    this.#directory = place.directory;
    this.#vault = place.vault;
    this.#store = new FileByokKeyStore({ directory: join(place.directory, 'records') });
  }

  static async open(options: LaneOptions, program: CrashProgram): Promise<CrashLane> {
    const directory = await temporaryDirectory();
    const server = new KeyServer();
    await server.start();
    onTestFinished(async () => server.close());
    const vault = await openFileVault({ directory: join(directory, 'vault'), identity: IDENTITY });
    onTestFinished(async () => vault.close());
    const first = server.issue();
    server.validated.add(first);
    await vault.setSecret(REFERENCE, { data: JSON.stringify({ apiKey: first }) });
    const shown = options.isStaged ? stagedVault(vault) : vault;
    return new CrashLane(options, { program, directory, server, vault: shown });
  }

  async run(how: KillMoment = {}): Promise<CrashEnding> {
    return this.#program({
      vaultDirectory: join(this.#directory, 'vault'),
      storeDirectory: join(this.#directory, 'records'),
      identity: IDENTITY,
      providerUrl: this.server.url,
      reference: REFERENCE,
      connectionId: 'c1',
      isStaged: this.options.isStaged,
      reason: this.options.reason,
      overlapMs: OVERLAP_MS,
      aheadMs: this.#aheadMs,
      ...how,
    });
  }

  /** A process that is killed; the next one goes on from where it was. */
  async kill(how: KillMoment): Promise<void> {
    const { ended, report } = await this.run(how);
    const moment = `killed ${JSON.stringify(how)} at ${report?.label}`;
    if (ended === 'SIGKILL') {
      this.kills += 1;
      if (report !== undefined) this.labels.add(report.label);
    } else if (ended !== 0) {
      this.violations.push(`${moment}: it ended with ${String(ended)}`);
    }
    await this.check(moment);
    this.advance(STEP_MS);
    // Not only within one overlap, but also past it; and a vault that had to keep every version would get slow.
    this.#runs += 1;
    if (this.#runs % RUNS_PER_OVERLAP === 0) this.advance(2 * OVERLAP_MS);
  }

  /** Lets the clocks of later processes be this much further ahead. */
  advance(ms: number): void {
    this.#aheadMs += ms;
  }

  async record(): Promise<ByokKeyRecord | undefined> {
    return this.#store.load({ tenantId: 'acme', connectionId: 'c1' });
  }

  async currentKey(): Promise<string | undefined> {
    return keyAt(this.#vault, REFERENCE);
  }

  /** The current key and the old ones in their overlap, sorted. */
  async keysInUse(): Promise<string[]> {
    const old = ((await this.record())?.retiring ?? []).map(async ({ place }) =>
      keyAt(this.#vault, place.reference, place.version),
    );
    return (await Promise.all([this.currentKey(), ...old])).map(String).sort();
  }

  /** Keys that were made and not revoked, sorted. */
  aliveKeys(): string[] {
    return [...this.server.issued].filter((key) => this.server.isAlive(key)).sort();
  }

  /** What must hold whenever somebody looks. */
  async check(moment: string): Promise<void> {
    const fault = (text: string): void => void this.violations.push(`${moment}: ${text}`);
    const current = await this.currentKey();
    if (current === undefined) fault('no current key');
    else if (!this.server.isAlive(current)) fault(`current key ${current} is revoked`);
    else if (!this.server.validated.has(current)) fault(`current key ${current} is not validated`);
    const record = await this.record();
    if (record?.rotation !== undefined) this.steps.add(record.rotation.step);
    for (const { place, retireAt } of record?.retiring ?? []) {
      if (Date.parse(retireAt) <= Date.now() + this.#aheadMs) continue;
      const old = await keyAt(this.#vault, place.reference, place.version);
      if (old === undefined) fault('an old key is not readable before its time');
      else if (!this.server.isAlive(old)) fault(`old key ${old} is revoked before its time`);
    }
  }

  /** References of secrets that a rotation made and did not remove. */
  async leftovers(): Promise<string[]> {
    const vault = await openFileVault({ directory: join(this.#directory, 'vault'), identity: IDENTITY });
    const summaries = await vault.listSecrets();
    await vault.close();
    return summaries.map(({ reference }) => reference).filter((reference) => reference.includes('-byok-'));
  }
}
