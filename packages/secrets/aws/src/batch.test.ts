import { SecretProviderError } from '@mortise/secrets';
import { describe, expect, it } from 'vitest';
import { refusalOf } from './__fixtures__/refusal-of.ts';
import { NAME, REFERENCE, setUp, text } from './__fixtures__/set-up.ts';
import type { SecretReadOutcome } from './index.ts';

function told(outcomes: ReadonlyMap<string, SecretReadOutcome>): Record<string, string> {
  return Object.fromEntries(
    [...outcomes].map(([reference, { value, error }]) => [
      reference.replace('aws://secretsmanager/', ''),
      value === undefined ? (error?.code ?? '') : text(value),
    ]),
  );
}

describe('getSecrets', () => {
  it('reads up to twenty secrets of a region in one request', async () => {
    const { server, provider, operations } = await setUp();
    const names = Array.from({ length: 45 }, (_, index) => `key-${index}`);
    for (const name of names) server.seed(name, `value of ${name}`);
    server.seed('far', 'in Frankfurt', 'eu-central-1');
    const references = [...names, 'eu-central-1/far'].map((name) => `aws://secretsmanager/${name}`);
    const outcomes = await provider.getSecrets([...references, ...references]);
    expect(told(outcomes)).toEqual({
      ...Object.fromEntries(names.map((name) => [name, `value of ${name}`])),
      'eu-central-1/far': 'in Frankfurt',
    });
    expect(operations()).toEqual(Array.from({ length: 4 }, () => 'BatchGetSecretValue'));
  });

  it('tells of each reference what getSecret would have told', async () => {
    const { server, provider } = await setUp();
    const version = server.seed('old', 'first');
    server.seed('old', 'second');
    server.seed('binary', Uint8Array.of(0xff));
    server.seed('deleted', 'x');
    server.seed('denied', 'x');
    await provider.deleteSecret('aws://secretsmanager/deleted');
    server.revoke({ action: 'secretsmanager:GetSecretValue', secret: 'denied' });
    const arn = server.secret('old')?.arn ?? '';
    const references = ['old', `old?version=${version}`, 'binary', 'deleted', 'denied', 'absent', 'a b', arn].map(
      (rest) => `aws://secretsmanager/${rest}`,
    );
    const outcomes = await provider.getSecrets(references);
    expect(new Set(outcomes.keys())).toEqual(new Set(references));
    expect(told(outcomes)).toEqual({
      old: 'second',
      [`old?version=${version}`]: 'first',
      binary: '\ufffd',
      deleted: 'PENDING_DELETION',
      denied: 'FORBIDDEN',
      absent: 'NOT_FOUND',
      'a b': 'INVALID',
      [arn]: 'second',
    });
    for (const [reference, { value, error }] of outcomes) {
      const alone = await provider.getSecret(reference).catch((thrown: unknown) => thrown);
      if (error === undefined) expect(alone).toMatchObject({ version: value.version, metadata: value.metadata });
      else expect(alone).toMatchObject({ code: error.code, reference });
    }
  });

  it('gives a failure of the whole request to each of its references', async () => {
    const { server, provider } = await setUp();
    server.seed('far', 'x', 'eu-central-1');
    server.failNext({ type: 'ThrottlingException' });
    const outcomes = await provider.getSecrets([REFERENCE, 'aws://secretsmanager/eu-central-1/far']);
    expect(told(outcomes)).toEqual({ [NAME]: 'THROTTLED', 'eu-central-1/far': 'x' });
  });

  it('follows the pages of an answer, and ends where one repeats itself', async () => {
    const { server, provider, operations } = await setUp();
    for (const name of ['a', 'b']) server.seed(name, name);
    const references = ['aws://secretsmanager/a', 'aws://secretsmanager/b'];
    server.tamperNext((answer) => ({
      ...answer,
      SecretValues: [],
      NextToken: Buffer.from('from 0').toString('base64url'),
    }));
    expect(told(await provider.getSecrets(references))).toEqual({ a: 'a', b: 'b' });
    expect(operations()).toHaveLength(2);
    for (let page = 0; page < 2; page += 1) {
      server.tamperNext((answer) => ({
        ...answer,
        SecretValues: [],
        NextToken: Buffer.from('from 0').toString('base64url'),
      }));
    }
    expect(told(await provider.getSecrets(references))).toEqual({ a: 'INTEGRITY', b: 'INTEGRITY' });
    expect(operations()).toHaveLength(2);
  });

  it('asks nothing for nothing, and refuses when the provider is closed', async () => {
    const { server, provider } = await setUp();
    expect((await provider.getSecrets([])).size).toBe(0);
    expect(server.requests).toEqual([]);
    await provider.close();
    expect(SecretProviderError.is(await refusalOf(() => provider.getSecrets([])))).toBe(true);
  });
});
