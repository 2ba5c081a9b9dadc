/**
 * A runner in a process of its own: goes on with whatever is under way, then rotates, and kills itself with SIGKILL at one
 * of the points before and after its operations. Prints the point first; without one, that it is done.
 * Usage: crash-process.ts <JSON of CrashProcessOptions>
 */
import { writeSync } from 'node:fs';
import { request } from 'node:http';
import type { ByokKeyLifecycle, ByokKeyRotationReason } from '@mortise/core';
import { openFileVault } from '@mortise/secrets-file';
import { FileByokKeyStore } from '../file-byok-key-store.ts';
import { ByokKeyRunner } from '../../runner/byok-key-runner.ts';
import { systemByokClock } from '../../runner/byok-clock.ts';
import { interruptLifecycle, interruptSecrets, interruptStore } from '../../__fixtures__/interrupted.ts';
import { stagedVault } from './staged-vault.ts';

export interface CrashProcessOptions {
  readonly vaultDirectory: string;
  readonly storeDirectory: string;
  readonly identity: string;
  readonly providerUrl: string;
  readonly reference: string;
  readonly connectionId: string;
  readonly isStaged: boolean;
  readonly reason: ByokKeyRotationReason;
  readonly overlapMs: number;
  /** How far this process's clock is ahead. */
  readonly aheadMs: number;
  /** Number of the point at which it dies, from 1. Absent: at none. */
  readonly killAt?: number;
  /** Label of the point at whose first passing it dies. Absent: at none. */
  readonly killOn?: string;
  /** Milliseconds after which it dies wherever it is, in the middle of an operation too. Absent: never. */
  readonly killAfterMs?: number;
}

/** What a process prints in its last line. */
export interface CrashProcessReport {
  readonly label: string;
  readonly points: number;
}

const options: CrashProcessOptions = JSON.parse(process.argv[2] ?? '{}');
const clock = { ...systemByokClock, now: () => Date.now() + options.aheadMs };

let points = 0;
const die = (label: string): void => {
  writeSync(1, `${JSON.stringify({ label, points })}\n`);
  process.kill(process.pid, 'SIGKILL');
};
const point = (label: string): void => {
  points += 1;
  if (points === options.killAt || label === options.killOn) die(label);
};

/** Not `fetch`: loading it would take a third of this process's time. */
async function ask<Answer>(call: string, secrets: Record<string, string>, more: object = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(`${options.providerUrl}/${call}`, { method: 'POST' }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve(JSON.parse(body)));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(JSON.stringify({ key: secrets['apiKey'], ...more }));
  });
}

const lifecycle: ByokKeyLifecycle = {
  validateKey: async (secrets) => ask('validate', secrets),
  rotateKey: async (secrets, { idempotencyKey }) => ask('rotate', secrets, { idempotencyKey }),
  revokeKey: async (secrets) => ask('revoke', secrets),
};

const { vaultDirectory: directory, identity } = options;
// So few that only the overlap keeps an old version. The stages have no way to ask the vault for one; these are enough for
// the rotations of one overlap.
const maxVersions = options.isStaged ? 20 : 1;
const vault = await openFileVault({ directory, identity, maxVersions, now: clock.now });
const runner = new ByokKeyRunner({
  secrets: interruptSecrets(options.isStaged ? stagedVault(vault) : vault, point),
  store: interruptStore(new FileByokKeyStore({ directory: options.storeDirectory }), point),
  lifecycle: interruptLifecycle(lifecycle, point),
  clock,
  retryBaseMs: 1,
});
const at = new Date(0).toISOString();
const subject = {
  connection: {
    meta: {
      id: options.connectionId,
      tenantId: 'acme',
      integrationKey: 'ai-llm.example',
      integrationVersion: '1.0.0',
      label: 'Chat',
      createdAt: at,
      updatedAt: at,
    },
    ownershipMode: 'byok' as const,
    config: {},
    secretProvider: 'file',
    secretRef: options.reference,
    status: 'connected' as const,
  },
  policy: { overlapMs: options.overlapMs },
};

if (options.killAfterMs !== undefined) setTimeout(() => die('anywhere'), options.killAfterMs);
await runner.resume(subject);
const report = await runner.rotate(subject, { reason: options.reason });
await vault.close();
writeSync(1, `${JSON.stringify({ label: report.status, points })}\n`);
