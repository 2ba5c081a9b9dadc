import { describe, expect, it } from 'vitest';
import type { OpenCall } from '../recorded-call.ts';
import { Projects } from '../store/resource-key.ts';
import { SecretStore } from '../store/stored-secret.ts';
import { serviceModel } from '../model/service-model.ts';
import { Permissions } from './permissions.ts';
import { SecretManagerService } from './secret-manager-service.ts';
import { createSecret } from './secret-service.ts';

describe('SecretManagerService', () => {
  it('fails, and remembers it, rather than answer with what the protos do not have', () => {
    const permissions = new Permissions();
    const store = new SecretStore(() => 0);
    const context = { store, projects: new Projects(), now: () => 0, isGranted: () => true };
    const service = new SecretManagerService({ context, permissions, quotas: undefined });
    const secret = createSecret(context, {
      parent: 'projects/demo',
      secretId: 's',
      secret: { replication: { automatic: {} } },
    });
    // As if this server had been written against another version of the protos.
    const stored = store.get(secret.name ?? '');
    if (stored === undefined) throw new Error('The secret is not stored');
    Object.assign(stored, { labels: 'none' });

    const call: OpenCall = {
      rpc: 'GetSecret',
      transport: 'grpc',
      location: undefined,
      headers: {},
      request: undefined,
      status: undefined,
      isCancelled: false,
    };
    const request = serviceModel().get('GetSecret')?.request;
    const bytes = request?.encode({ name: secret.name }).finish() ?? new Uint8Array();
    expect(() => service.answer(call, bytes)).toThrow(expect.objectContaining({ code: 'MODEL_VIOLATION' }));
    expect(service.violations).toEqual([expect.stringContaining('GetSecret: labels')]);
  });
});
