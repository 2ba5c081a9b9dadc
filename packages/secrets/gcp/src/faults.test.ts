import { describe, expect, it } from 'vitest';
import { refusalOf, text } from './__fixtures__/refusal-of.ts';
import { connect, startServer, TRANSPORTS } from './__fixtures__/start.ts';

const SECRET = 'gcp://projects/demo/secrets/stripe';

describe.each(TRANSPORTS)('over %s', (transport) => {
  it('a permission that is revoked half-way through a first write leaves a secret without versions, which the same call completes', async () => {
    const server = await startServer();
    const provider = connect(server, { transport });
    // Add, which finds nothing, and Create pass; the second Add does not.
    server.revoke('secretmanager.versions.add', { afterCalls: 2 });
    const write = (): Promise<unknown> =>
      provider.setSecret(SECRET, { data: 'value', labels: { team: 'pay' } }, { idempotencyKey: 'k' });
    const error = await refusalOf(write());
    expect(error).toMatchObject({ code: 'FORBIDDEN', retryable: false });
    expect(error.message).toContain('secretmanager.versions.add');
    expect(await refusalOf(provider.getSecret(SECRET))).toMatchObject({ code: 'NOT_FOUND' });
    server.grant('secretmanager.versions.add');
    expect(await write()).toMatchObject({ version: '1' });
    expect(server.secret('stripe')).toMatchObject({ labels: { team: 'pay' }, versions: [{ version: '1' }] });
  });

  it('a permission that is revoked before the alias is moved leaves the old version current, and the same call completes it', async () => {
    const server = await startServer();
    const provider = connect(server, { transport, currentAlias: 'current' });
    await provider.setSecret(SECRET, { data: 'old' });
    server.revoke('secretmanager.secrets.update');
    const write = (): Promise<unknown> => provider.rotateSecret(SECRET, { data: 'new' }, { idempotencyKey: 'k' });
    expect(await refusalOf(write())).toMatchObject({ code: 'FORBIDDEN' });
    expect(text((await provider.getSecret(SECRET)).data)).toBe('old');
    server.grant('secretmanager.secrets.update');
    expect(await write()).toMatchObject({ version: '2', previousVersion: '1' });
    expect(text((await provider.getSecret(SECRET)).data)).toBe('new');
  });

  it('a permission that is revoked for one secret leaves the others alone', async () => {
    const server = await startServer();
    for (const secret of ['stripe', 'mistral']) server.seed(secret, secret);
    server.revoke('secretmanager.versions.access', { secret: 'stripe' });
    const provider = connect(server, { transport });
    expect(await refusalOf(provider.getSecret(SECRET))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await provider.getSecret('gcp://secrets/mistral')).toMatchObject({ version: '1' });
  });

  it.each([-10, 10])('a clock that is %s years off harms nothing', async (years) => {
    const server = await startServer({ startMs: Date.now() + years * 365 * 86_400_000 });
    const provider = connect(server, { transport });
    await provider.setSecret(SECRET, { data: 'value' });
    const { retrievedAt } = await provider.getSecret(SECRET);
    expect(Math.abs(retrievedAt.getTime() - Date.now())).toBeLessThan(5000);
  });

  it('a quota that is used up is THROTTLED with the time until there is room, and then there is', async () => {
    const server = await startServer({ quotas: { addsPerSecond: 2 }, startMs: 1_000_000 });
    server.seed('stripe', 'value');
    const provider = connect(server, { transport });
    for (let round = 0; round < 2; round += 1) await provider.rotateSecret(SECRET, { data: `${round}` });
    const error = await refusalOf(provider.rotateSecret(SECRET, { data: 'too many' }));
    expect(error).toMatchObject({ code: 'THROTTLED', retryable: true });
    expect(error.retryAfterMs).toBeGreaterThan(0);
    expect(error.retryAfterMs).toBeLessThanOrEqual(1000);
    server.advance(1000);
    expect(await provider.rotateSecret(SECRET, { data: 'enough' })).toMatchObject({ version: '4' });
  });

  it.each(['reset', 'truncate', 'corrupt'] as const)(
    'an answer to a write that is hit by %s leaves its outcome open, and nothing half-done',
    async (kind) => {
      const server = await startServer();
      server.seed('stripe', 'old');
      const provider = connect(server, { transport });
      const fault = {
        reset: { kind: 'reset' },
        truncate: { kind: 'truncate', afterBytes: 5 },
        corrupt: { kind: 'corrupt', part: 'answer' },
      } as const;
      server.inject(fault[kind], { rpc: 'AddSecretVersion', isApplied: true });
      const error = await refusalOf(provider.rotateSecret(SECRET, { data: 'new' }, { idempotencyKey: 'k' }));
      expect(['UNAVAILABLE', 'INTEGRITY', 'UNKNOWN']).toContain(error.code);
      expect(await provider.rotateSecret(SECRET, { data: 'new' }, { idempotencyKey: 'k' })).toMatchObject({
        version: '2',
      });
      expect(server.secret('stripe')?.versions.map(({ data }) => text(data))).toEqual(['old', 'new']);
    },
  );

  it('a service that comes back is used again by the same client', async () => {
    const server = await startServer();
    server.seed('stripe', 'value');
    const provider = connect(server, { transport });
    await provider.getSecret(SECRET);
    server.inject({ kind: 'reset' }, { times: 2 });
    for (let round = 0; round < 2; round += 1) await refusalOf(provider.getSecret(SECRET));
    expect(await provider.getSecret(SECRET)).toMatchObject({ version: '1' });
  });
});
