import { execFile } from 'node:child_process';
import { inspect, promisify } from 'node:util';
import { createCanary, findCanary } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { refusalOf } from './__fixtures__/refusal-of.ts';
import { connect, startServer, TRANSPORTS } from './__fixtures__/start.ts';
import type { GcpFault } from './testing/index.ts';

const SECRET = 'gcp://secrets/stripe';
const show = (value: unknown): string => inspect(value, { depth: 12, showHidden: true, getters: true });

/** Every way in which a backend, or something in its place, may repeat what was sent to it. */
function echoesOf(canary: string): readonly GcpFault[] {
  const base64 = Buffer.from(canary).toString('base64');
  const json = (status: string): string =>
    JSON.stringify({ error: { code: 400, message: canary, status, details: [{ '@type': 'x', value: canary }] } });
  return [
    { kind: 'status', status: 'INVALID_ARGUMENT', message: `Invalid value ${canary}` },
    { kind: 'status', status: 'INTERNAL', message: canary, reason: canary },
    { kind: 'status', status: 'PERMISSION_DENIED', message: base64, reason: canary },
    { kind: 'status', status: 'FAILED_PRECONDITION', message: `${canary} is in DISABLED state` },
    { kind: 'http', status: 400, body: json('INVALID_ARGUMENT'), headers: { 'content-type': 'application/json' } },
    { kind: 'http', status: 401, body: canary, headers: { 'x-echo': canary } },
    { kind: 'http', status: 403, body: json('PERMISSION_DENIED'), headers: { 'x-echo': canary } },
    { kind: 'http', status: 404, body: `<html>${canary}` },
    { kind: 'http', status: 502, body: `<html>${canary}`, headers: { 'x-echo': canary } },
    { kind: 'http', status: 200, body: `{"payload": ${canary}`, headers: { 'content-type': 'application/json' } },
    { kind: 'corrupt', part: 'answer' },
    { kind: 'truncate', afterBytes: 40 },
    { kind: 'reset' },
  ];
}

describe.each(TRANSPORTS)('over %s a secret', (transport) => {
  it('is in no error of a write, also where the backend repeats it', async () => {
    for (const isApplied of [false, true]) {
      const canary = createCanary();
      for (const fault of echoesOf(canary)) {
        const server = await startServer();
        server.seed('stripe', 'old');
        server.inject(fault, { isApplied });
        const error = await refusalOf(connect(server, { transport }).setSecret(SECRET, { data: canary }));
        expect(findCanary(error, canary, { inspect: show })).toEqual([]);
        expect(findCanary(JSON.stringify(error), canary)).toEqual([]);
        expect(findCanary(show({ error, cause: error.cause }), canary)).toEqual([]);
      }
    }
  });

  it('is in no error of a read, also where the answer breaks in the middle of it', async () => {
    const canary = createCanary();
    for (const fault of echoesOf(canary)) {
      const server = await startServer();
      server.seed('stripe', canary);
      server.inject(fault, { times: 2, isApplied: true });
      const error = await refusalOf(connect(server, { transport }).getSecret(SECRET));
      expect(findCanary(error, canary, { inspect: show, fragmentLength: 10 })).toEqual([]);
    }
  });

  it('is in no provider, before and after it is used, and in no value as printed', async () => {
    const canary = createCanary();
    const server = await startServer({ accessToken: createCanary() });
    const provider = connect(server, { transport });
    await provider.setSecret(SECRET, { data: canary });
    const value = await provider.getSecret(SECRET);
    expect(findCanary(show({ provider, value }), canary)).toEqual([]);
    expect(findCanary(JSON.stringify({ provider, value }), canary)).toEqual([]);
  });

  it('is in no error of an operation that goes on in several calls', async () => {
    const canary = createCanary();
    const server = await startServer();
    server.seed('stripe', 'old');
    const provider = connect(server, { transport, currentAlias: 'current', retirePrevious: true });
    for (const rpc of ['GetSecret', 'UpdateSecret', 'DisableSecretVersion', 'AccessSecretVersion']) {
      server.inject({ kind: 'status', status: 'INTERNAL', message: canary, reason: canary }, { rpc, times: 2 });
      const work = provider.rotateSecret(SECRET, { data: canary, labels: { a: 'b' } }, { idempotencyKey: canary });
      const outcome: unknown = await work.catch((error: unknown) => error);
      expect(findCanary(outcome, canary, { inspect: show })).toEqual([]);
      server.clearFaults();
    }
  });
});

describe('credentials', () => {
  it('are in no error, and in no provider', async () => {
    const canary = createCanary();
    const server = await startServer({ accessToken: canary });
    const other = await startServer({ accessToken: 'another one' });
    const { auth } = server.clientOptions();
    const clientOptions = { ...other.clientOptions({ transport: 'rest' }), ...(auth === undefined ? {} : { auth }) };
    const provider = connect(other, { clientOptions });
    const error = await refusalOf(provider.getSecret(SECRET));
    expect(error.code).toBe('UNAUTHENTICATED');
    expect(findCanary(error, canary, { inspect: show })).toEqual([]);
    expect(findCanary(show(provider), canary)).toEqual([]);
  });
});

describe('importing the package', () => {
  it('loads nothing of Google, nor does canHandle', async () => {
    const script = `
      const { createRequire } = await import('node:module');
      const { GcpSecretManagerProvider } = await import(${JSON.stringify(new URL('index.ts', import.meta.url).href)});
      const provider = new GcpSecretManagerProvider({ projectId: 'demo' });
      const answers = [provider.canHandle('gcp://secrets/s'), provider.canHandle('aws://secretsmanager/s')];
      await provider.close();
      const loaded = Object.keys(createRequire('/').cache).filter((file) => /google|grpc|protobuf/.test(file));
      console.log(JSON.stringify({ answers, loaded }));
    `;
    const flags = ['--conditions=@mortise/source', '--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, flags);
    expect(JSON.parse(stdout)).toEqual({ answers: [true, false], loaded: [] });
  });

  it('leaves a process free to end once the provider is closed, over either transport', async () => {
    const script = `
      const { startGcpSecretServer } = await import(${JSON.stringify(new URL('testing/index.ts', import.meta.url).href)});
      const { GcpSecretManagerProvider } = await import(${JSON.stringify(new URL('index.ts', import.meta.url).href)});
      const server = await startGcpSecretServer();
      for (const transport of ['grpc', 'rest']) {
        const provider = new GcpSecretManagerProvider(server.providerOptions({ transport }));
        await provider.setSecret('gcp://secrets/s', { data: transport });
        await provider.close();
      }
      await server.close();
      console.log('closed');
    `;
    const flags = ['--conditions=@mortise/source', '--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, flags, { timeout: 10_000 });
    expect(stdout).toBe('closed\n');
  });
});
