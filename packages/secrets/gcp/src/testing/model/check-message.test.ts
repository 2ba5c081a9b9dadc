import { describe, expect, it } from 'vitest';
import { findMissingField, findViolation } from './check-message.ts';
import { serviceModel } from './service-model.ts';

function typeOf(rpc: string, which: 'request' | 'response') {
  const model = serviceModel().get(rpc);
  if (model === undefined) throw new Error(`The protos have no ${rpc}`);
  return model[which];
}

describe('the model of the service', () => {
  it('has the RPCs of the protos, each reached over HTTP for global and regional secrets', () => {
    expect([...serviceModel().keys()]).toContain('AccessSecretVersion');
    expect(serviceModel().size).toBe(17);
    for (const { name, rules } of serviceModel().values()) {
      expect([name, rules.map(({ template }) => template.includes('/locations/'))]).toEqual([name, [false, true]]);
    }
    expect(serviceModel().get('AddSecretVersion')?.rules[0]).toEqual({
      method: 'POST',
      template: '/v1/{parent=projects/*/secrets/*}:addVersion',
      body: '*',
    });
  });
});

describe('findViolation', () => {
  const version = typeOf('GetSecretVersion', 'response');

  it('finds nothing in an answer that fits', () => {
    expect(findViolation(version, { name: 'n', state: 1, createTime: { seconds: 1, nanos: 0 } })).toBeUndefined();
  });

  it.each([
    ['a field that the message does not have', { name: 'n', colour: 'red' }, /SecretVersion has no field colour/],
    ['one further in', { createTime: { seconds: 1, hours: 1 } }, /Timestamp has no field hours/],
    [
      'one in a list',
      { replicationStatus: { userManaged: { replicas: [{ place: 'x' }] } } },
      /ReplicaStatus has no field place/,
    ],
    ['a number for a text', { name: 5 }, /name: string expected/],
    ['an unknown state', { state: 9 }, /state: enum value expected/],
  ])('finds %s', (_, message, expected) => {
    expect(findViolation(version, message)).toMatch(expected);
  });
});

describe('findMissingField', () => {
  it('finds what the protos call required, however deep', () => {
    const request = typeOf('CreateSecret', 'request');
    expect(findMissingField(request, {})).toBe('parent');
    expect(findMissingField(request, { parent: 'p', secretId: '' })).toBe('secret_id');
    const replicas = [{ location: 'a', customerManagedEncryption: {} }];
    const secret = { replication: { userManaged: { replicas } } };
    expect(findMissingField(request, { parent: 'p', secretId: 's', secret })).toBe(
      'secret.replication.user_managed.replicas[0].customer_managed_encryption.kms_key_name',
    );
    expect(findMissingField(request, { parent: 'p', secretId: 's', secret: {} })).toBeUndefined();
  });
});
