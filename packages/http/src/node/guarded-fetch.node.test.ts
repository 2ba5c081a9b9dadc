import { createServer, type Server } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { startProviderServer } from '@mortise/testing/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rejectionOf, specOf } from '../__fixtures__/example-api.ts';
import { createIntegrationClient } from '../client/create-integration-client.ts';
import type { ResolveHost } from './checked-lookup.ts';
import { createGuardedFetch, type GuardedFetchOptions } from './guarded-fetch.ts';

let server: Server;
let port: number;
let connections = 0;
const open: { close(): void }[] = [];

beforeEach(async () => {
  connections = 0;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const { encoding } = Object.fromEntries(new URL(request.url ?? '', 'http://x').searchParams);
      const text = JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body });
      if (encoding === undefined) response.setHeader('set-cookie', ['a=1', 'b=2']).end(text);
      else {
        const encode =
          { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[encoding] ?? ((bytes: Buffer) => bytes);
        response.setHeader('content-encoding', encoding).end(encode(Buffer.from(text)));
      }
    });
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});

afterEach(async () => {
  for (const fetch of open.splice(0)) fetch.close();
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

function guarded(options: GuardedFetchOptions = {}) {
  const fetch = createGuardedFetch(options);
  open.push(fetch);
  return fetch;
}

/** Resolves like a name server that changes its mind: one list of addresses for each question. */
function changing(...answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const resolve: ResolveHost = async (hostname) => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(hostname);
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  return { resolve, asked };
}

const inside = { allowPrivateNetwork: true };

describe('createGuardedFetch', () => {
  it('connects to the address that was checked, and asks only once for it', async () => {
    const { resolve, asked } = changing(['127.0.0.1'], ['10.0.0.1']);
    const response = await guarded({ resolve, network: inside })(`http://rebind.example.com:${port}/a?b=1`, {});
    expect(await response.json()).toMatchObject({
      method: 'GET',
      url: '/a?b=1',
      headers: { host: `rebind.example.com:${port}` },
    });
    expect(asked).toEqual(['rebind.example.com']);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it.each([
    [['127.0.0.1']],
    [['10.0.0.7']],
    [['169.254.169.254']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['64:ff9b::7f00:1']],
    [['8.8.8.8', '127.0.0.1']],
    [['no address']],
    [[]],
  ])('refuses a name that resolves to %j, without a connection', async (addresses) => {
    const fetch = guarded({ resolve: changing(addresses).resolve });
    const error = await rejectionOf(fetch(`http://rebind.example.com:${port}/`, {}));
    expect(error).toMatchObject({ code: 'invalid_request', reason: 'address-refused' });
    expect(connections).toBe(0);
  });

  it('refuses a name that resolves well the first time and into the network the second time', async () => {
    const { resolve } = changing(['192.0.2.1'], ['127.0.0.1']);
    const fetch = guarded({ resolve });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await rejectionOf(fetch(`http://rebind.example.com:${port}/`, {}))).toMatchObject({
        reason: 'address-refused',
      });
    }
    expect(connections).toBe(0);
  });

  it.each(['127.0.0.1', '[::1]', '2130706433', '0x7f.1', '0177.0.0.1', '[::ffff:7f00:1]', '169.254.169.254'])(
    'refuses the address %s, which is never looked up',
    async (host) => {
      const { resolve, asked } = changing(['127.0.0.1']);
      expect(await rejectionOf(guarded({ resolve })(`http://${host}:${port}/`, {}))).toMatchObject({
        reason: 'address-refused',
      });
      expect([asked, connections]).toEqual([[], 0]);
    },
  );

  it('never connects to where clouds hand out credentials, allowed or not', async () => {
    const fetch = guarded({ network: inside, resolve: changing(['169.254.169.254']).resolve });
    expect(await rejectionOf(fetch('http://innocent.example.com/', {}))).toMatchObject({ reason: 'address-refused' });
    expect(await rejectionOf(fetch('http://169.254.169.254/', {}))).toMatchObject({ reason: 'address-refused' });
  });

  it('resolves as the system does when nothing else is given', async () => {
    expect(await rejectionOf(guarded()(`http://localhost:${port}/`, {}))).toMatchObject({ reason: 'address-refused' });
    const response = await guarded({ network: inside })(`http://localhost:${port}/x`, {});
    expect(response.status).toBe(200);
  });

  it.each(['gzip', 'deflate', 'br', 'identity'])('reads a body in %s', async (encoding) => {
    const response = await guarded({ network: inside })(`http://127.0.0.1:${port}/?encoding=${encoding}`, {});
    expect(await response.json()).toMatchObject({ method: 'GET' });
  });

  it.each<[string, NonNullable<RequestInit['body']>, string]>([
    ['text', 'ä', 'ä'],
    ['bytes', new TextEncoder().encode('b'), 'b'],
    ['a blob', new Blob(['c']), 'c'],
    ['a stream', new Blob(['d']).stream(), 'd'],
  ])('sends %s', async (_name, body, expected) => {
    const response = await guarded({ network: inside })(`http://127.0.0.1:${port}/`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({ method: 'POST', body: expected });
  });

  it('sends a form with its boundary', async () => {
    const form = new FormData();
    form.set('a', 'b');
    const response = await guarded({ network: inside })(`http://127.0.0.1:${port}/`, { method: 'POST', body: form });
    expect(await response.json()).toMatchObject({
      headers: { 'content-type': expect.stringMatching(/^multipart\/form-data; boundary=/) },
      body: expect.stringContaining('name="a"'),
    });
  });

  it('keeps connections, until it is closed', async () => {
    const fetch = guarded({ network: inside });
    for (let index = 0; index < 3; index += 1) await (await fetch(`http://127.0.0.1:${port}/`, {})).text();
    expect(connections).toBe(1);
    const head = await fetch(`http://127.0.0.1:${port}/`, { method: 'HEAD' });
    expect(head.body).toBeNull();
  });

  it('ends with the signal, before an answer and in the middle of one', async () => {
    await using slow = await startProviderServer({ handler: () => new Response('x'.repeat(1000)) });
    slow.inject({ kind: 'hang' }, { kind: 'split', at: [10], gapMs: 60_000 });
    const controller = new AbortController();
    const fetch = guarded({ network: inside });
    const waiting = rejectionOf(fetch(slow.url, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 50);
    expect(await waiting).toMatchObject({ name: 'AbortError' });
    const second = new AbortController();
    const response = await fetch(slow.url, { signal: second.signal });
    const reading = rejectionOf(response.text());
    second.abort();
    expect(await reading).toBeInstanceOf(Error);
  });

  it('tells a body that breaks off from one that ends', async () => {
    await using broken = await startProviderServer({ handler: () => new Response('x'.repeat(1000)) });
    broken.inject({ kind: 'truncate', afterBytes: 10 }, { kind: 'reset', afterBytes: 10 }, { kind: 'reset' });
    const fetch = guarded({ network: inside });
    expect(await rejectionOf((await fetch(broken.url, {})).text())).toBeInstanceOf(Error);
    expect(await rejectionOf((await fetch(broken.url, {})).text())).toBeInstanceOf(Error);
    expect(await rejectionOf(fetch(broken.url, {}))).toMatchObject({ code: 'ECONNRESET' });
  });

  it('serves a client whose host a tenant chose', async () => {
    const spec = specOf({ transport: { baseUrl: 'https://{host}/' } });
    const client = createIntegrationClient(spec, {
      connection: { config: { host: 'tenant.example.com' } },
      auth: false,
      fetch: guarded({ resolve: changing(['127.0.0.1']).resolve }),
    });
    expect(await rejectionOf(client.request({}))).toMatchObject({
      reason: 'address-refused',
      message: expect.stringContaining('resolves to'),
    });
  });
});
