import { beforeEach, describe, expect, it } from 'vitest';
import { rawGrpc } from '../__fixtures__/raw-grpc.ts';
import { startServer } from '../__fixtures__/start.ts';
import type { GcpFault, GcpSecretServer } from './index.ts';

// Shapes as https://cloud.google.com/secret-manager/docs/reference/rest documents them (read 2026-11-25).
let server: GcpSecretServer;
beforeEach(async () => {
  server = await startServer({ locations: ['europe-west3'] });
});

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function send(method: string, path: string, body?: unknown): Promise<Answer> {
  const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(`${server.url}/v1/${path}`, { method, ...init });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const SECRETS = 'projects/demo/secrets';
const CREATE = `${SECRETS}?secretId=a`;
const ADD = `${SECRETS}/stripe:addVersion`;
const INVALID = { code: 400, status: 'INVALID_ARGUMENT' };
const ABSENT = { code: 404, status: 'NOT_FOUND' };

interface Refusal {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly code: number;
  readonly status: string;
}

const AUTOMATIC = { replication: { automatic: {} } };

describe('the REST form', () => {
  it('creates, adds, accesses and deletes', async () => {
    expect(await send('POST', `${SECRETS}?secretId=stripe`, AUTOMATIC)).toMatchObject({
      status: 200,
      body: {
        name: expect.stringMatching(/^projects\/[0-9]+\/secrets\/stripe$/),
        replication: { automatic: {} },
        createTime: expect.stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T.*Z$/),
        etag: expect.any(String),
      },
    });
    const payload = { data: btoa('123456789'), dataCrc32c: '3808858755' };
    expect(await send('POST', `${SECRETS}/stripe:addVersion`, { payload })).toMatchObject({
      status: 200,
      body: { name: expect.stringMatching(/versions\/1$/), state: 'ENABLED', clientSpecifiedPayloadChecksum: true },
    });
    expect(await send('GET', `${SECRETS}/stripe/versions/latest:access`)).toEqual({
      status: 200,
      body: { name: expect.stringMatching(/versions\/1$/), payload },
    });
    expect(await send('GET', `${SECRETS}/stripe/versions/1`)).toMatchObject({ body: { state: 'ENABLED' } });
    expect(await send('POST', `${SECRETS}/stripe/versions/1:disable`, {})).toMatchObject({
      body: { state: 'DISABLED' },
    });
    expect(await send('DELETE', `${SECRETS}/stripe`)).toEqual({ status: 200, body: {} });
    expect(server.secret('stripe')).toBeUndefined();
  });

  it('updates by a mask in the query and lists by a filter', async () => {
    for (const data of ['one', 'two']) server.seed('stripe', data);
    const versionAliases = { current: '1' };
    const path = `${SECRETS}/stripe?updateMask=labels,versionAliases`;
    expect(await send('PATCH', path, { labels: { team: 'pay' }, versionAliases })).toMatchObject({
      status: 200,
      body: { labels: { team: 'pay' }, versionAliases },
    });
    expect(await send('GET', `${SECRETS}/stripe/versions?filter=state:ENABLED&pageSize=1`)).toMatchObject({
      body: { versions: [{ name: expect.stringMatching(/versions\/2$/) }], nextPageToken: expect.any(String) },
    });
  });

  it('writes enums as numbers where it is asked to, as the SDK does', async () => {
    server.seed('stripe', 'value');
    const path = `${SECRETS}/stripe/versions/1?$alt=json%3Benum-encoding=int`;
    expect(await send('GET', path)).toMatchObject({ body: { state: 1 } });
  });

  it.each([
    ['an absent secret', { method: 'GET', path: `${SECRETS}/absent`, ...ABSENT }],
    [
      'a disabled version',
      { method: 'GET', path: `${SECRETS}/stripe/versions/1:access`, code: 400, status: 'FAILED_PRECONDITION' },
    ],
    [
      'an existing secret',
      { method: 'POST', path: `${SECRETS}?secretId=stripe`, body: AUTOMATIC, code: 409, status: 'ALREADY_EXISTS' },
    ],
    ['an unknown field', { method: 'POST', path: CREATE, body: { ...AUTOMATIC, colour: 'red' }, ...INVALID }],
    ['an unknown field within', { method: 'POST', path: ADD, body: { payload: { text: 'x' } }, ...INVALID }],
    ['an unknown parameter', { method: 'GET', path: `${SECRETS}/stripe?color=red`, ...INVALID }],
    [
      'a value of the wrong type',
      { method: 'POST', path: CREATE, body: { ...AUTOMATIC, labels: { a: 1 } }, ...INVALID },
    ],
    ['a list for an object', { method: 'POST', path: CREATE, body: { replication: [] }, ...INVALID }],
    ['text that is not base64', { method: 'POST', path: ADD, body: { payload: { data: '***' } }, ...INVALID }],
    ['text that is not JSON', { method: 'POST', path: CREATE, body: '{', ...INVALID }],
    ['a missing field', { method: 'POST', path: ADD, body: {}, ...INVALID }],
    ['an unknown path', { method: 'GET', path: `${SECRETS}/stripe/colours`, ...ABSENT }],
    ['the wrong method', { method: 'PUT', path: `${SECRETS}/stripe`, body: {}, ...ABSENT }],
  ] as const satisfies readonly (readonly [string, Refusal])[])(
    'answers %s as Google does',
    async (_, refusal: Refusal) => {
      const { method, path, body, code, status } = refusal;
      server.seed('stripe', 'value');
      await send('POST', `${SECRETS}/stripe/versions/1:disable`, {});
      expect(await send(method, path, body)).toEqual({
        status: code,
        body: { error: { code, status, message: expect.any(String) } },
      });
    },
  );

  it('says what is required, and repeats no payload', async () => {
    server.seed('stripe', 'value');
    expect(await send('POST', `${SECRETS}/stripe:addVersion`, {})).toMatchObject({
      body: { error: { message: 'Field [payload] is required.' } },
    });
    const wrong = await send('POST', `${SECRETS}/stripe:addVersion`, { payload: { data: { secret: 'sk-live' } } });
    expect(JSON.stringify(wrong)).not.toContain('sk-live');
  });

  it('takes field names in both spellings', async () => {
    server.seed('stripe', 'value');
    const payload = { data: btoa('x'), data_crc32c: '1' };
    expect(await send('POST', `${SECRETS}/stripe:addVersion`, { payload })).toMatchObject({ status: 400 });
  });

  it('is the same service as gRPC', async () => {
    await send('POST', `${SECRETS}?secretId=stripe`, AUTOMATIC);
    const grpc = rawGrpc(server.grpcPort);
    const { response } = await grpc.call('GetSecret', { name: `${SECRETS}/stripe` });
    expect(response).toMatchObject({ replication: { automatic: {} } });
    grpc.close();
    expect(server.requests.map(({ transport }) => transport)).toEqual(['rest', 'grpc']);
  });

  it('asks for the token that it is told to', async () => {
    server = await startServer({ accessToken: 'right' });
    server.seed('stripe', 'value');
    const path = `${server.url}/v1/${SECRETS}/stripe`;
    expect((await fetch(path)).status).toBe(401);
    expect((await fetch(path, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect((await fetch(path, { headers: { authorization: 'Bearer right' } })).status).toBe(200);
  });
});

describe('faults', () => {
  const status: GcpFault = { kind: 'status', status: 'UNAVAILABLE', message: 'Try again.', retryDelayMs: 1500 };

  it('strike first come, first served: chosen by RPC, after some calls, for some calls', async () => {
    server.seed('stripe', 'value');
    server.inject(status, { rpc: 'GetSecret', skip: 1, times: 2 });
    const get = async (): Promise<number> => (await send('GET', `${SECRETS}/stripe`)).status;
    expect((await send('GET', `${SECRETS}/stripe/versions/1`)).status).toBe(200);
    expect([await get(), await get(), await get(), await get()]).toEqual([200, 503, 503, 200]);
    server.inject(status, { times: 5 });
    server.clearFaults();
    expect(await get()).toBe(200);
  });

  it('carry details as Google writes them', async () => {
    server.inject({ ...status, reason: 'RATE_LIMIT_EXCEEDED' });
    expect(await send('GET', `${SECRETS}/stripe`)).toMatchObject({
      status: 503,
      body: {
        error: {
          code: 503,
          status: 'UNAVAILABLE',
          message: 'Try again.',
          details: [
            { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'RATE_LIMIT_EXCEEDED' },
            { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '1.5s' },
          ],
        },
      },
    });
  });

  it('leave the call without effect, or let it have one', async () => {
    server.inject(status);
    await send('POST', `${SECRETS}?secretId=stripe`, AUTOMATIC);
    expect(server.secret('stripe')).toBeUndefined();
    server.inject(status, { isApplied: true });
    expect((await send('POST', `${SECRETS}?secretId=stripe`, AUTOMATIC)).status).toBe(503);
    expect(server.secret('stripe')).toBeDefined();
  });

  it.each([
    ['reset', { kind: 'reset' }],
    ['truncate', { kind: 'truncate', afterBytes: 10 }],
  ] as const)('%s breaks the answer off', async (_, fault) => {
    server.seed('stripe', 'value');
    server.inject(fault);
    await expect(send('GET', `${SECRETS}/stripe`)).rejects.toThrow(TypeError);
  });

  it('damage the payload or its checksum, never both', async () => {
    server.seed('stripe', '123456789');
    const path = `${SECRETS}/stripe/versions/1:access`;
    server.inject({ kind: 'corrupt', part: 'payload' });
    server.inject({ kind: 'corrupt', part: 'checksum' });
    const payload = await send('GET', path);
    expect(payload).toMatchObject({ body: { payload: { dataCrc32c: '3808858755' } } });
    expect(payload).not.toMatchObject({ body: { payload: { data: btoa('123456789') } } });
    const checksum = await send('GET', path);
    expect(checksum).toMatchObject({ body: { payload: { data: btoa('123456789') } } });
    expect(checksum).not.toMatchObject({ body: { payload: { dataCrc32c: '3808858755' } } });
  });

  it('end with a connection that the client gives up', async () => {
    server.seed('stripe', 'value');
    server.inject({ kind: 'hang' });
    await expect(fetch(`${server.url}/v1/${SECRETS}/stripe`, { signal: AbortSignal.timeout(50) })).rejects.toThrow(
      'timeout',
    );
    for (let round = 0; round < 100 && !server.requests[0]?.isCancelled; round += 1) {
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
    expect(server.requests[0]).toMatchObject({ rpc: 'GetSecret', isCancelled: true, status: undefined });
  });
});

describe('what a test may do without a call', () => {
  it('seeds and looks at secrets by id or name, and refuses other names', () => {
    expect(server.seed('stripe', 'one')).toBe('1');
    expect(server.seed('projects/demo/secrets/stripe', 'two')).toBe('2');
    expect(server.secret('gcp://projects/demo/secrets/stripe')?.versions.map(({ version }) => version)).toEqual([
      '1',
      '2',
    ]);
    expect(server.seed('projects/demo/locations/europe-west3/secrets/stripe', 'one')).toBe('1');
    expect(server.secret('absent')).toBeUndefined();
    expect(() => server.seed('a/b', 'x')).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    expect(() => server.clientOptions({ location: 'mars' })).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    );
  });

  it('hands out copies', () => {
    server.seed('stripe', 'value');
    server.secret('stripe')?.versions[0]?.data.fill(0);
    expect(server.secret('stripe')?.versions[0]?.data).toEqual(new TextEncoder().encode('value'));
  });
});
