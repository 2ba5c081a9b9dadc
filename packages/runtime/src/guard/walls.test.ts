import { SecretProviderManager } from '@mortise/secrets';
import { EnvSecretProvider } from '@mortise/secrets-env';
import { MemorySecretProvider } from '@mortise/secrets/testing';
import { describe, expect, it, vi } from 'vitest';
import {
  type ApplicationParts,
  CHAT_SPEC,
  chatSecrets,
  configOf,
  integrationOf,
  secretsOf,
} from '../__fixtures__/application.ts';
import { RecordingSink } from '../__fixtures__/recording-sink.ts';
import { defineSlot } from './executor.ts';
import type { GuardedCallOptions } from './guard-options.ts';
import { IntegrationCallGuard } from './integration-call-guard.ts';

/** Calls through a fresh guard and tells the code; the executor and the backend must not have been touched. */
async function codeOf(parts: ApplicationParts, options?: GuardedCallOptions): Promise<string | undefined> {
  const executor = vi.fn(async () => 'ran');
  const secrets = chatSecrets();
  const getSecret = vi.spyOn(secrets, 'getSecret');
  const sink = new RecordingSink();
  const guard = new IntegrationCallGuard(secrets, { telemetry: sink });
  const config = configOf(integrationOf(parts));
  const result = await guard.executeWithGuards('primary-llm', 'chat', {}, config, executor, options);
  if (!result.success) {
    expect(executor).not.toHaveBeenCalled();
    expect(getSecret).not.toHaveBeenCalled();
    expect(result.metadata.attempts).toBe(0);
    expect(sink.attempts).toEqual([expect.objectContaining({ errorCode: result.error.code, attempt: 0 })]);
  }
  return result.error?.code;
}

describe('the walls of a call', () => {
  it('refuse a connection of another tenant', async () => {
    expect(await codeOf({ meta: { tenantId: 'globex' } })).toBe('TENANT_MISMATCH');
  });

  it('refuse a mode that the slot or the spec does not allow', async () => {
    expect(await codeOf({ slot: { allowedModes: ['byok'] } })).toBe('MODE_NOT_ALLOWED');
    const byokOnly = { ...CHAT_SPEC, supportedModes: ['byok'] as const };
    expect(await codeOf({ spec: byokOnly })).toBe('MODE_NOT_ALLOWED');
    expect(await codeOf({ slot: { allowedModes: [] } })).toBeUndefined();
  });

  it('refuse a spec of another category than the slot asks for', async () => {
    expect(await codeOf({ slot: { requiredCategory: 'payments' } })).toBe('CATEGORY_MISMATCH');
  });

  it('refuse parts that do not belong together', async () => {
    expect(await codeOf({ meta: { integrationKey: 'ai-llm.other' } })).toBe('BINDING_MISMATCH');
    expect(await codeOf({ binding: { connectionId: 'conn-2' } })).toBe('BINDING_MISMATCH');
    expect(await codeOf({ binding: { slotId: 'other-slot' } })).toBe('BINDING_MISMATCH');
  });

  it('refuse an operation outside the binding’s scope', async () => {
    expect(await codeOf({ binding: { scope: { operations: ['embed'] } } })).toBe('OUT_OF_SCOPE');
    expect(await codeOf({ binding: { scope: { operations: ['chat'] } } })).toBeUndefined();
    expect(await codeOf({ binding: { scope: { operations: [] } } })).toBe('OUT_OF_SCOPE');
  });

  it.each(['workflow', 'feature'] as const)(
    'refuse a call that is not of the scope’s %s, or names none',
    async (kind) => {
      const scope = { [`${kind}s`]: ['support'] };
      expect(await codeOf({ binding: { scope } })).toBe('OUT_OF_SCOPE');
      expect(await codeOf({ binding: { scope } }, { [kind]: 'sales' })).toBe('OUT_OF_SCOPE');
      expect(await codeOf({ binding: { scope } }, { [kind]: 'support' })).toBeUndefined();
    },
  );

  it('refuse a typed slot that is bound to another integration', async () => {
    const other = { ...CHAT_SPEC, meta: { ...CHAT_SPEC.meta, key: 'ai-llm.other' } };
    const guard = new IntegrationCallGuard(chatSecrets());
    const executor = vi.fn(async () => 1);
    const result = await guard.executeWithGuards(defineSlot('primary-llm', other), 'chat', {}, configOf(), executor);
    expect(result.error).toMatchObject({ code: 'BINDING_MISMATCH' });
    expect(result.error?.message).toContain('ai-llm.other');
    expect(executor).not.toHaveBeenCalled();
  });
});

describe('the wall around secrets', () => {
  const call = (guard: IntegrationCallGuard, parts: ApplicationParts = {}) =>
    guard.executeWithGuards('primary-llm', 'chat', {}, configOf(integrationOf(parts)), async () => 1);

  it('keeps a tenant’s own connection away from the host’s backends', async () => {
    const hostSecrets = { ...secretsOf('k'), id: 'env', hostOwned: true };
    const guard = new IntegrationCallGuard(hostSecrets);
    expect((await call(guard)).success).toBe(true);
    const refused = await call(guard, { connection: { ownershipMode: 'byok' } });
    expect(refused.error).toMatchObject({ code: 'SECRET_NOT_ALLOWED' });
    expect(refused.error?.message).toContain('"env"');
    const open = new IntegrationCallGuard(hostSecrets, { allowHostSecretsForByok: true });
    expect((await call(open, { connection: { ownershipMode: 'byok' } })).success).toBe(true);
  });

  it('asks the backend that would serve the reference, not the manager in front of it', async () => {
    const backend = { ...secretsOf('k'), id: 'env', hostOwned: true };
    const manager = { ...secretsOf('k'), id: 'manager', resolveProvider: () => backend };
    const refused = await call(new IntegrationCallGuard(manager), { connection: { ownershipMode: 'byok' } });
    expect(refused.error).toMatchObject({ code: 'SECRET_NOT_ALLOWED' });
  });

  it('lets no read of a tenant’s key fall through to a host’s backend', async () => {
    const manager = new SecretProviderManager({
      providers: [
        { provider: new MemorySecretProvider(), priority: 2 },
        { provider: new EnvSecretProvider({ env: { HOST_KEY: 'k' }, aliases: { 'memory://chat': 'HOST_KEY' } }) },
      ],
    });
    const connection = { secretRef: 'memory://chat' };
    const guard = new IntegrationCallGuard(manager);
    expect((await call(guard, { connection })).success).toBe(true);
    const refused = await call(guard, { connection: { ...connection, ownershipMode: 'byok' } });
    expect(refused.error).toMatchObject({ code: 'SECRET_NOT_FOUND' });
    const onlyHost = await call(guard, { connection: { secretRef: 'env://HOST_KEY', ownershipMode: 'byok' } });
    expect(onlyHost.error).toMatchObject({ code: 'SECRET_NOT_ALLOWED' });
  });

  it('lets no read fall through to a backend that the manifest does not allow', async () => {
    const spec = {
      ...CHAT_SPEC,
      credentialManifest: { modes: { managed: { mode: 'managed', allowedSecretProviders: ['memory'] } } },
    } as const;
    const manager = new SecretProviderManager({
      providers: [
        { provider: new MemorySecretProvider(), priority: 2 },
        { provider: new EnvSecretProvider({ env: { HOST_KEY: 'k' }, aliases: { 'memory://chat': 'HOST_KEY' } }) },
      ],
    });
    const guard = new IntegrationCallGuard(manager);
    const result = await call(guard, { spec, connection: { secretRef: 'memory://chat' } });
    expect(result.error).toMatchObject({ code: 'SECRET_NOT_FOUND' });
  });

  it('holds the backends that the integration’s manifest allows', async () => {
    const spec = {
      ...CHAT_SPEC,
      credentialManifest: { modes: { managed: { mode: 'managed', allowedSecretProviders: ['aws'] } } },
    } as const;
    const refused = await call(new IntegrationCallGuard(secretsOf('k')), { spec });
    expect(refused.error).toMatchObject({ code: 'SECRET_NOT_ALLOWED' });
  });

  it('asks the host about each reference, and takes anything but true for no', async () => {
    const secretAccess = vi.fn(({ reference, tenantId }: { reference: string; tenantId: string }) =>
      reference.startsWith(`fixture://${tenantId}/`),
    );
    const guard = new IntegrationCallGuard(secretsOf('k'), { secretAccess });
    expect((await call(guard)).error).toMatchObject({ code: 'SECRET_NOT_ALLOWED' });
    expect((await call(guard, { connection: { secretRef: 'fixture://acme/chat' } })).success).toBe(true);
    expect((await call(guard, { connection: { secretRef: 'fixture://globex/chat' } })).success).toBe(false);
  });

  it('is a failed call when the host’s check throws', async () => {
    const secretAccess = (): boolean => {
      throw new Error('database is down');
    };
    const result = await call(new IntegrationCallGuard(secretsOf('k'), { secretAccess }));
    expect(result.error).toMatchObject({ code: 'UNKNOWN_ERROR' });
  });

  it('refuses a reference that no backend handles', async () => {
    const none = { ...secretsOf('k'), canHandle: () => false };
    expect((await call(new IntegrationCallGuard(none))).error).toMatchObject({ code: 'SECRET_UNSUPPORTED' });
    const broken = {
      ...secretsOf('k'),
      canHandle: () => {
        throw new Error('no');
      },
    };
    expect((await call(new IntegrationCallGuard(broken))).error).toMatchObject({ code: 'SECRET_UNSUPPORTED' });
  });
});
