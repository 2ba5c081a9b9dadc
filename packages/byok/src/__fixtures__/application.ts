import { defineIntegration, type IntegrationConnection } from '@mortise/core';
import type { SecretProvider } from '@mortise/secrets';
import { MemorySecretProvider } from '@mortise/secrets/testing';
import { FakeClock, seededRandom } from '@mortise/testing';
import type { ByokEvent } from '../byok-event.ts';
import type { ByokKeyRecord } from '../record/byok-key-record.ts';
import { ByokKeyRunner } from '../runner/byok-key-runner.ts';
import type { ByokKeyRunnerOptions, ByokSubject } from '../runner/runner-options.ts';
import { MemoryByokKeyStore } from '../testing/memory-byok-key-store.ts';
import { KeyProvider } from './key-provider.ts';

export const OWNER = { tenantId: 'acme', connectionId: 'c1' };
export const REFERENCE = 'memory://tenants/acme/llm';
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export const SPEC = defineIntegration({
  meta: {
    key: 'ai-llm.example',
    version: '1.0.0',
    title: 'Example',
    description: 'A model',
    domain: 'ai',
    category: 'ai-llm',
    owners: ['@platform'],
    tags: ['llm'],
    stability: 'stable',
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'llm.chat', version: '1.0.0' }] },
  configSchema: { schema: { type: 'object' } },
  secretSchema: {
    schema: { type: 'object', properties: { apiKey: { type: 'string', minLength: 3 } }, required: ['apiKey'] },
  },
});

export function connectionOf(more: Partial<IntegrationConnection> = {}): IntegrationConnection {
  return {
    meta: {
      id: OWNER.connectionId,
      tenantId: OWNER.tenantId,
      integrationKey: SPEC.meta.key,
      integrationVersion: SPEC.meta.version,
      label: 'Chat',
      createdAt: '2025-12-01T00:00:00Z',
      updatedAt: '2025-12-01T00:00:00Z',
    },
    ownershipMode: 'byok',
    config: { region: 'eu' },
    secretProvider: 'memory',
    secretRef: REFERENCE,
    status: 'connected',
    ...more,
  };
}

export interface ApplicationOptions extends Partial<ByokKeyRunnerOptions> {
  readonly subject?: Partial<ByokSubject>;
  readonly provider?: KeyProvider;
}

/** A runner with all that it needs in memory, and ways to look at what it did. */
export function application(options: ApplicationOptions = {}) {
  const { subject: more = {}, provider = new KeyProvider(), ...runnerOptions } = options;
  const clock = new FakeClock({ startMs: Date.parse('2026-01-01T00:00:00Z') });
  const secrets: SecretProvider =
    runnerOptions.secrets ??
    new MemorySecretProvider({
      now: clock.now,
      secrets: { [REFERENCE]: JSON.stringify({ apiKey: 'key-0', org: 'o-1' }) },
    });
  const store = runnerOptions.store ?? new MemoryByokKeyStore();
  const events: ByokEvent[] = [];
  const subject: ByokSubject = { connection: connectionOf(), spec: SPEC, ...more };
  let ids = 0;
  const random = seededRandom(7);
  const runnerWith = (extra: Partial<ByokKeyRunnerOptions> = {}): ByokKeyRunner =>
    new ByokKeyRunner({
      lifecycle: provider,
      clock,
      random,
      newId: () => `rotation${(ids += 1)}`.padEnd(12, '0'),
      onEvent: (event) => void events.push(event),
      findSubject: async () => subject,
      ...runnerOptions,
      ...extra,
      secrets: extra.secrets ?? secrets,
      store: extra.store ?? store,
    });
  return {
    clock,
    secrets,
    store,
    events,
    subject,
    provider,
    runner: runnerWith(),
    runnerWith,
    /** The field `apiKey` of what a reference gives. */
    keyAt: async (reference = REFERENCE, version?: string): Promise<string | undefined> =>
      keyAt(secrets, reference, version),
    record: async (): Promise<ByokKeyRecord> => {
      const record = await store.load(OWNER);
      if (record === undefined) throw new TypeError('there is no record');
      return record;
    },
    types: (): string[] => events.map(({ type }) => type),
  };
}

/** The field `apiKey`, or the text, under a reference; `undefined` where nothing can be read. */
export async function keyAt(secrets: SecretProvider, reference: string, version?: string): Promise<string | undefined> {
  try {
    const { data } = await secrets.getSecret(reference, version === undefined ? {} : { version });
    const text = new TextDecoder().decode(data);
    return text.startsWith('{') ? String(JSON.parse(text).apiKey) : text;
  } catch {
    return undefined;
  }
}
