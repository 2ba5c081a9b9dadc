import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from './__fixtures__/refusal-of.ts';
import { connect, rpcsOf, startServer, TRANSPORTS } from './__fixtures__/start.ts';
import { type GcpClientOptions, GcpSecretManagerProvider } from './index.ts';
import type { GcpSecretServer } from './testing/index.ts';

const SECRET = 'gcp://secrets/stripe';
const REASON = new DOMException('The caller went away', 'AbortError');

/** Failures that nobody awaits; the SDK leaves some behind unless it is kept from it. */
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
beforeAll(() => {
  process.on('unhandledRejection', note);
});
afterAll(() => {
  process.off('unhandledRejection', note);
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 3000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('The condition did not come true within 3 s');
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

/** Whether one call came in, and was called off. */
function isCalledOff({ requests }: GcpSecretServer): boolean {
  return requests.length === 1 && requests.every(({ isCancelled }) => isCancelled);
}

function operations(provider: GcpSecretManagerProvider): Record<string, (limits: object) => Promise<unknown>> {
  return {
    getSecret: (limits) => provider.getSecret(SECRET, limits),
    setSecret: (limits) => provider.setSecret(SECRET, { data: 'x' }, limits),
    rotateSecret: (limits) => provider.rotateSecret(SECRET, { data: 'x' }, limits),
    deleteSecret: (limits) => provider.deleteSecret(SECRET, limits),
    retireVersion: (limits) => provider.retireVersion(SECRET, '1', limits),
    stageSecret: async (limits) => provider.stageSecret?.(SECRET, { data: 'x' }, limits),
    promoteSecret: async (limits) => provider.promoteSecret?.(SECRET, '1', limits),
  };
}

const METHODS = [
  'getSecret',
  'setSecret',
  'rotateSecret',
  'deleteSecret',
  'retireVersion',
  'stageSecret',
  'promoteSecret',
];

describe.each(TRANSPORTS)('over %s', (transport) => {
  async function hanging(): Promise<{ server: GcpSecretServer; provider: GcpSecretManagerProvider }> {
    const server = await startServer();
    server.seed('stripe', 'value');
    const provider = connect(server, { transport, currentAlias: 'current' });
    // Loading the SDK and connecting take longer than the deadlines here.
    await provider.getSecret(SECRET, { version: '1' });
    server.clearRequests();
    server.inject({ kind: 'hang' }, { times: 100 });
    return { server, provider };
  }

  it.each(METHODS)('%s ends at its deadline with TIMEOUT and calls the request off', async (method) => {
    const { server, provider } = await hanging();
    const startedMs = performance.now();
    const error = await refusalOf(operations(provider)[method]?.({ timeoutMs: 150 }) ?? Promise.resolve());
    expect(error).toMatchObject({ code: 'TIMEOUT', retryable: true });
    expect(performance.now() - startedMs).toBeLessThan(1500);
    await until(() => isCalledOff(server));
  });

  it.each(METHODS)("%s ends with the caller's own reason and calls the request off", async (method) => {
    const { server, provider } = await hanging();
    const controller = new AbortController();
    const work = operations(provider)[method]?.({ signal: controller.signal });
    await until(() => server.requests.length === 1);
    controller.abort(REASON);
    await expect(work).rejects.toBe(REASON);
    await until(() => isCalledOff(server));
  });

  it.each(METHODS)('%s of a caller who has gone already asks nothing', async (method) => {
    const { server, provider } = await hanging();
    await expect(operations(provider)[method]?.({ signal: AbortSignal.abort(REASON) })).rejects.toBe(REASON);
    expect(server.requests).toEqual([]);
  });

  it('an abort between two calls of a write ends it there', async () => {
    const server = await startServer();
    const provider = connect(server, { transport });
    const controller = new AbortController();
    server.inject({ kind: 'latency', delayMs: 100 }, { rpc: 'CreateSecret' });
    const work = provider.setSecret(SECRET, { data: 'x' }, { signal: controller.signal });
    await until(() => rpcsOf(server).includes('CreateSecret'));
    controller.abort(REASON);
    await expect(work).rejects.toBe(REASON);
    expect(rpcsOf(server)).toEqual(['AddSecretVersion', 'CreateSecret']);
  });

  it('one deadline covers all calls of a write', async () => {
    const server = await startServer();
    const provider = connect(server, { transport, timeoutMs: 250 });
    server.inject({ kind: 'latency', delayMs: 120 }, { times: 10 });
    expect(await refusalOf(provider.setSecret(SECRET, { data: 'x' }))).toMatchObject({ code: 'TIMEOUT' });
  });

  it.each(['RESOURCE_EXHAUSTED', 'UNAVAILABLE', 'INTERNAL', 'DEADLINE_EXCEEDED', 'ABORTED'] as const)(
    'the SDK repeats nothing after %s',
    async (status) => {
      const server = await startServer();
      server.seed('stripe', 'value');
      const provider = connect(server, { transport, currentAlias: 'current' });
      for (const [method, run] of Object.entries(operations(provider))) {
        server.clearRequests();
        server.clearFaults();
        server.inject({ kind: 'status', status }, { times: 50 });
        await refusalOf(run({}));
        expect([method, server.requests.length]).toEqual([method, 1]);
      }
    },
  );

  it('repeats where the caller of a read asks the SDK to', async () => {
    const server = await startServer();
    server.seed('stripe', 'value');
    server.inject({ kind: 'status', status: 'UNAVAILABLE' });
    const backoffSettings = {
      initialRetryDelayMillis: 1,
      retryDelayMultiplier: 1,
      maxRetryDelayMillis: 1,
      initialRpcTimeoutMillis: 1000,
      rpcTimeoutMultiplier: 1,
      maxRpcTimeoutMillis: 1000,
      totalTimeoutMillis: 2000,
    };
    const retry = { retryCodes: [14], backoffSettings };
    expect(await connect(server, { transport }).getSecret(SECRET, {}, { retry })).toMatchObject({ version: '1' });
    expect(server.requests).toHaveLength(2);
  });

  it('no connection is left once the provider is closed, and later calls are INVALID', async () => {
    const server = await startServer();
    server.seed('stripe', 'value');
    const provider = connect(server, { transport });
    await provider.getSecret(SECRET);
    await provider.close();
    // The SDK's connections of REST are kept alive for a moment, in an agent that is not ours.
    if (transport === 'grpc') await until(async () => (await server.countConnections()) === 0);
    expect(await refusalOf(provider.getSecret(SECRET))).toMatchObject({ code: 'INVALID' });
    expect(server.requests).toHaveLength(1);
  });

  it('a call that is under way when the provider is closed comes to an end', async () => {
    const { server, provider } = await hanging();
    const work = refusalOf(provider.getSecret(SECRET, { timeoutMs: 400 }));
    await until(() => server.requests.length === 1);
    await provider.close();
    expect(['UNAVAILABLE', 'TIMEOUT', 'INVALID']).toContain((await work).code);
  });

  it('readers at the same time share one client', async () => {
    const server = await startServer();
    server.seed('stripe', 'value');
    const provider = connect(server, { transport: 'grpc' });
    await Promise.all(Array.from({ length: 20 }, () => provider.getSecret(SECRET)));
    expect(await server.countConnections()).toBe(1);
  });
});

describe('credentials', () => {
  /** Options for gRPC whose credentials come about in this way, as far as a client asks for them. */
  function optionsWhere(server: GcpSecretServer, behaves: () => Promise<string>): GcpClientOptions {
    const options = server.clientOptions();
    const getRequestHeaders = async (): Promise<Headers> => new Headers({ authorization: `Bearer ${await behaves()}` });
    const client = { getRequestHeaders, universeDomain: 'googleapis.com' };
    Object.assign(options.auth ?? {}, {
      getClient: async () => {
        await behaves();
        return client;
      },
      getUniverseDomain: async () => {
        await behaves();
        return 'googleapis.com';
      },
    });
    return options;
  }

  it('that cannot be loaded are UNAUTHENTICATED, leave nothing unhandled, and are looked for again', async () => {
    const server = await startServer();
    server.seed('stripe', 'value');
    let isBroken = true;
    const clientOptions = optionsWhere(server, async () => {
      if (isBroken) throw new Error('Could not load the default credentials. Browse to a page for more.');
      return 'token';
    });
    const provider = connect(server, { clientOptions });
    for (const work of [provider.getSecret(SECRET), provider.getSecret(SECRET)]) {
      expect(await refusalOf(work)).toMatchObject({ code: 'UNAUTHENTICATED', retryable: false });
    }
    isBroken = false;
    expect(await provider.getSecret(SECRET)).toMatchObject({ version: '1' });
  });

  it('whose source never answers end at the deadline', async () => {
    const server = await startServer();
    const provider = connect(server, { clientOptions: optionsWhere(server, () => new Promise(() => {})) });
    expect(await refusalOf(provider.getSecret(SECRET, { timeoutMs: 50 }))).toMatchObject({ code: 'TIMEOUT' });
    const controller = new AbortController();
    const work = provider.getSecret(SECRET, { signal: controller.signal });
    controller.abort(REASON);
    await expect(work).rejects.toBe(REASON);
  });

  it('that the service does not accept are UNAUTHENTICATED', async () => {
    const server = await startServer({ accessToken: 'the right one' });
    server.seed('stripe', 'value');
    expect(await connect(server, { transport: 'rest' }).getSecret(SECRET)).toMatchObject({ version: '1' });
    const other = await startServer({ accessToken: 'another one' });
    const { auth } = other.clientOptions();
    const clientOptions = { ...server.clientOptions({ transport: 'rest' }), ...(auth === undefined ? {} : { auth }) };
    const provider = connect(server, { clientOptions });
    expect(await refusalOf(provider.getSecret(SECRET))).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('options that cannot work', () => {
  it.each([
    ['a deadline of 0', { timeoutMs: 0 }],
    ['a deadline beyond what a timer can wait', { timeoutMs: 2 ** 31 }],
    ['an alias that Google does not take', { currentAlias: 'latest' }],
    ['an alias that leaves no room for the version before', { currentAlias: 'a'.repeat(55) }],
    ['two ideas of what is current', { currentAlias: 'current', latestEnabled: true }],
    ['a destruction in the past', { versionDestroyTtlMs: -1 }],
  ])('are refused at once: %s', (_, options) => {
    expect(() => new GcpSecretManagerProvider(options)).toThrow(expect.objectContaining({ code: 'INVALID' }));
  });

  it('are INVALID at the first call where only the SDK can tell', async () => {
    const clientOptions = { universeDomain: 'a.example', universe_domain: 'b.example' };
    const provider = new GcpSecretManagerProvider({ projectId: 'demo', clientOptions });
    expect(await refusalOf(provider.getSecret(SECRET))).toMatchObject({ code: 'INVALID' });
  });
});

it('nothing failed unhandled in all of this', async () => {
  await new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
  expect(unhandled).toEqual([]);
});
