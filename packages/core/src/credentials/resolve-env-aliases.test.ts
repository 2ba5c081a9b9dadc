import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { IntegrationCredentialModeManifest } from './manifest.ts';
import { resolveCredentialEnvAliases } from './resolve-env-aliases.ts';

const manifest: IntegrationCredentialModeManifest = {
  mode: 'managed',
  configFields: [{ key: 'region', required: true, envVar: 'REGION' }, { key: 'plan' }],
  secretFields: [
    { key: 'apiKey', required: true, envVar: 'API_KEY' },
    { key: 'webhookSecret', envVar: 'HOOK' },
  ],
  envAliases: [
    { logicalKey: 'apiKey', envVar: 'WORKER_KEY', targetId: 'worker' },
    { logicalKey: 'apiKey', envVar: 'OLD_KEY' },
  ],
};

describe('resolveCredentialEnvAliases', () => {
  it('reads each field from the first of its variables that is set and not empty', () => {
    const env = { REGION: 'eu', API_KEY: '', OLD_KEY: 'value-1', OTHER: 'x' };
    const resolved = resolveCredentialEnvAliases(manifest, env);
    expect(resolved.config).toEqual({ region: 'eu' });
    expect(resolved.secrets['apiKey']).toBe('value-1');
    expect(Object.keys(resolved.secrets)).toEqual(['apiKey']);
  });

  it('tells what is missing and where it looked', () => {
    expect(resolveCredentialEnvAliases(manifest, { HOOK: undefined }).missing).toEqual([
      { key: 'region', kind: 'config', required: true, envVars: ['REGION'] },
      { key: 'plan', kind: 'config', required: false, envVars: [] },
      { key: 'apiKey', kind: 'secret', required: true, envVars: ['API_KEY', 'WORKER_KEY', 'OLD_KEY'] },
      { key: 'webhookSecret', kind: 'secret', required: false, envVars: ['HOOK'] },
    ]);
  });

  it('prefers the variables of the deployment target and leaves out those of others', () => {
    const env = { API_KEY: 'general', WORKER_KEY: 'of the worker' };
    const keyFor = (targetId: string) => resolveCredentialEnvAliases(manifest, env, { targetId }).secrets['apiKey'];
    expect(keyFor('worker')).toBe('of the worker');
    expect(keyFor('web')).toBe('general');
    expect(resolveCredentialEnvAliases(manifest, { WORKER_KEY: 'x' }, { targetId: 'web' }).secrets).not.toHaveProperty(
      'apiKey',
    );
  });

  it('reads own variables only', () => {
    const odd = { ...manifest, secretFields: [{ key: 'apiKey', envVar: 'toString' }], envAliases: [] };
    expect(resolveCredentialEnvAliases(odd, {}).missing).toContainEqual(expect.objectContaining({ key: 'apiKey' }));
  });

  it('shows no secret when it is printed', () => {
    const resolved = resolveCredentialEnvAliases(manifest, { API_KEY: 'canary-1', HOOK: 'canary-2' });
    expect(resolved.secrets['webhookSecret']).toBe('canary-2');
    for (const output of [JSON.stringify(resolved), inspect(resolved, { depth: 9 })]) {
      expect(output).not.toContain('canary');
    }
  });
});
