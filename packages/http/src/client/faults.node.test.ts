import { alwaysFault } from '@mortise/testing';
import { type ProviderServer, startProviderServer } from '@mortise/testing/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rejectionOf, specOf } from '../__fixtures__/example-api.ts';
import { createIntegrationClient } from './create-integration-client.ts';
import type { IntegrationClient } from './integration-client.ts';

let server: ProviderServer;
let client: IntegrationClient;

beforeAll(async () => {
  server = await startProviderServer({
    routes: {
      'GET /v1/items': () => Response.json({ items: ['ä', 2] }),
      'POST /v1/items': (request) => Response.json({ got: request.json() }, { status: 201 }),
      'GET /v1/events': () =>
        new Response('data: 1\n\ndata: 2\n\n', { headers: { 'content-type': 'text/event-stream' } }),
      'GET /v1/lines': () =>
        new Response('{"n":1}\n{"n":2}\n', { headers: { 'content-type': 'application/x-ndjson' } }),
      'GET /v1/moved': () => new Response(null, { status: 302, headers: { location: '/v1/items' } }),
    },
  });
  const spec = specOf({ transport: { baseUrl: `${server.url}/v1` } });
  client = createIntegrationClient(spec, { credentials: { headers: { authorization: 'Bearer k' }, query: {} } });
});

beforeEach(() => {
  server.clearRequests();
  server.setFaults();
});

afterAll(() => server.close());

describe('over a real connection', () => {
  it('requests, follows, streams', async () => {
    expect(await client.json({ path: '/moved' })).toEqual({ items: ['ä', 2] });
    expect(server.requests.map(({ headers }) => headers['authorization'])).toEqual(['Bearer k', 'Bearer k']);
    expect(await client.json({ path: '/items', json: { a: 1 } })).toEqual({ got: { a: 1 } });
    expect(await client.json({ path: '/items', body: new Blob(['[1]']).stream() })).toEqual({ got: [1] });
    const events: unknown[] = [];
    for await (const { data } of (await client.stream({ path: '/events' })).events()) events.push(data);
    expect(events).toEqual(['1', '2']);
  });

  it.each([
    ['a reset before the answer', { kind: 'reset' }, { reason: 'network', code: 'unavailable' }],
    ['a reset within the answer', { kind: 'reset', afterBytes: 5 }, { reason: 'network', code: 'unavailable' }],
    ['an answer that is cut off', { kind: 'truncate', afterBytes: 5 }, { reason: 'network', code: 'unavailable' }],
    ['no answer', { kind: 'hang' }, { reason: 'timeout', code: 'timeout' }],
    ['half an answer', { kind: 'split', at: [5], gapMs: 60_000 }, { reason: 'timeout', code: 'timeout' }],
    ['JSON that breaks off', { kind: 'malformed', as: 'json' }, { reason: 'malformed-response' }],
    ['the page of a proxy', { kind: 'malformed', as: 'html' }, { reason: 'malformed-response' }],
    [
      'a status',
      { kind: 'status', status: 503, headers: { 'retry-after': '2' } },
      { code: 'unavailable', retryAfterMs: 2000 },
    ],
  ] as const)('survives %s', async (_name, fault, expected) => {
    // Every request suffers: some platforms repeat a reading that was reset.
    server.setFaults(alwaysFault(fault));
    const isSlow = fault.kind === 'hang' || fault.kind === 'split';
    const error = await rejectionOf(client.json({ path: '/items', timeoutMs: isSlow ? 100 : 20_000 }));
    expect(error).toMatchObject({ retryable: true, ...expected });
    server.setFaults();
    expect(await client.json({ path: '/items' })).toEqual({ items: ['ä', 2] });
  });

  it('reads a body in pieces that cut characters', async () => {
    server.inject({ kind: 'split', at: [11, 12, 13, 14], gapMs: 1 });
    expect(await client.json({ path: '/items' })).toEqual({ items: ['ä', 2] });
  });

  it('says that nobody listens, and that a write never left', async () => {
    const gone = await startProviderServer();
    await gone.close();
    const spec = specOf({ transport: { baseUrl: gone.url } });
    const lonely = createIntegrationClient(spec, { auth: false });
    const error = await rejectionOf(lonely.request({ json: {} }));
    expect(error).toMatchObject({ reason: 'network', code: 'unavailable', retry: 'transient' });
  });

  it('closes the connection of a stream that is left, and tells one that breaks', async () => {
    server.inject({ kind: 'split', at: [8], gapMs: 60_000 });
    for await (const line of (await client.stream({ path: '/lines' })).lines()) {
      expect(line).toEqual({ n: 1 });
      break;
    }
    await expect.poll(() => server.requests[0]?.isClosedByClient).toBe(true);
    server.inject({ kind: 'reset', afterBytes: 9 });
    const stream = await client.stream({ path: '/lines' });
    const lines: unknown[] = [];
    const reading = (async () => {
      for await (const line of stream.lines()) lines.push(line);
    })();
    expect(await rejectionOf(reading)).toMatchObject({ reason: 'network' });
    expect(lines).toEqual([{ n: 1 }]);
  });

  it('stops reading at the limit', async () => {
    await using huge = await startProviderServer({
      handler: () =>
        new Response(new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(65_536)) }), {
          headers: { 'content-type': 'text/event-stream' },
        }),
    });
    const spec = specOf({ transport: { baseUrl: huge.url } });
    const error = await rejectionOf(
      createIntegrationClient(spec, { auth: false }).request({ maxResponseBytes: 1_000_000 }),
    );
    expect(error).toMatchObject({ reason: 'response-too-large' });
    await expect.poll(() => huge.requests[0]?.isClosedByClient).toBe(true);
  });
});
