import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordingFetch, rejectionOf, specOf, virtualClock } from '../__fixtures__/example-api.ts';
import type { ClientCredentials } from '../client/client-options.ts';
import { createIntegrationClient } from '../client/create-integration-client.ts';
import type { StreamRequest } from '../client/integration-client.ts';

const credentials: ClientCredentials = { headers: {}, query: {} };
const encoder = new TextEncoder();

/** A body in given pieces; tells how many were taken and whether the rest was given up. */
function pieces(parts: readonly (string | Uint8Array | Error)[], hangs = false) {
  const state = { pulled: 0, isCancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const part = parts[state.pulled];
        state.pulled += 1;
        if (part instanceof Error) controller.error(part);
        else if (part !== undefined) controller.enqueue(typeof part === 'string' ? encoder.encode(part) : part);
        else if (hangs) await new Promise(() => undefined);
        else controller.close();
      },
      cancel() {
        state.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, state };
}

async function open(body: ReadableStream<Uint8Array>, request: StreamRequest = {}, options = {}) {
  const { fetch } = recordingFetch(() => new Response(body, { headers: { 'x-request-id': 'r1' } }));
  return createIntegrationClient(specOf(), { credentials, fetch, ...options }).stream({ path: '/stream', ...request });
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('server-sent events', () => {
  it('come with their event, id and data, wherever the bytes are cut', async () => {
    const text = '\ufeff: hi\nevent: a\nid: 1\ndata: x\ndata: ä€😀\n\ndata:[DONE]\r\n\r\ndata: cut';
    const bytes = encoder.encode(text);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 8 }), async (cuts) => {
        const places = [0, ...cuts.toSorted((one, other) => one - other), bytes.length];
        const parts = places.slice(1).map((end, index) => bytes.slice(places[index], end));
        const stream = await open(pieces(parts).body);
        expect(await collect(stream.events())).toEqual([{ event: 'a', id: '1', data: 'x\nä€😀' }, { data: '[DONE]' }]);
      }),
      { numRuns: 100 },
    );
  });

  it('are refused when one is too long', async () => {
    const { body, state } = pieces(['data: ok\n\n', `data: ${'x'.repeat(200)}`, 'x'.repeat(200)], true);
    const stream = await open(body, { maxItemLength: 300 });
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const event of stream.events()) seen.push(event);
    })();
    expect(await rejectionOf(reading)).toMatchObject({ reason: 'response-too-large' });
    expect(seen).toEqual([{ data: 'ok' }]);
    expect(state.isCancelled).toBe(true);
  });
});

describe('newline-delimited JSON', () => {
  it('comes line by line, wherever the bytes are cut', async () => {
    const bytes = encoder.encode('{"a":"ä😀"}\r\n\n  [1]\n"last"');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 8 }), async (cuts) => {
        const places = [0, ...cuts.toSorted((one, other) => one - other), bytes.length];
        const parts = places.slice(1).map((end, index) => bytes.slice(places[index], end));
        const stream = await open(pieces(parts).body);
        expect(await collect(stream.lines())).toEqual([{ a: 'ä😀' }, [1], 'last']);
      }),
      { numRuns: 100 },
    );
  });

  it('is an error where a line is no JSON, or too long, and tells nothing of it', async () => {
    const broken = await open(pieces(['1\n{"canary-value": \n2\n']).body);
    const error = await rejectionOf(collect(broken.lines()));
    expect(error).toMatchObject({
      reason: 'malformed-response',
      message: 'GET /stream: line 2 is no JSON (16 characters)',
    });
    const long = await open(pieces(['"', 'x'.repeat(100), 'x'.repeat(100)], true).body, { maxItemLength: 150 });
    expect(await rejectionOf(collect(long.lines()))).toMatchObject({ reason: 'response-too-large' });
  });

  it('takes linear time for one line in many pieces', async () => {
    const many = Array.from({ length: 20_000 }, () => 'xxxxxxxxxx');
    const startedAt = performance.now();
    const stream = await open(pieces(['"', ...many, '"']).body);
    expect(await collect(stream.lines())).toEqual(['xxxxxxxxxx'.repeat(20_000)]);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});

describe('a stream', () => {
  it('is not read ahead of the loop', async () => {
    const { body, state } = pieces(['1\n', '2\n', '3\n', '4\n'], true);
    const stream = await open(body);
    expect(stream).toMatchObject({ status: 200, requestId: 'r1', rateLimits: [] });
    for await (const line of stream.lines()) if (line === 2) break;
    expect(state).toEqual({ pulled: 2, isCancelled: true });
  });

  it('can be gone through once', async () => {
    const stream = await open(pieces(['1']).body);
    expect(await collect(stream.chunks())).toHaveLength(1);
    expect(await rejectionOf(collect(stream.lines()))).toMatchObject({ reason: 'misconfigured' });
  });

  it('ends with cancel, and with its scope', async () => {
    const { body, state } = pieces([], true);
    const stream = await open(body);
    await stream.cancel();
    expect(state.isCancelled).toBe(true);
    await stream.cancel();
  });

  it('ends when nothing comes for too long; the time limit of the request is over when it begins', async () => {
    const { fake, clock } = virtualClock();
    const { body, state } = pieces(['1\n'], true);
    const stream = await open(body, { timeoutMs: 1000, idleTimeoutMs: 5000 }, { clock });
    const error = await fake.settle(rejectionOf(collect(stream.lines())));
    expect(error).toMatchObject({ code: 'timeout', message: 'GET /stream sent no more within 5000 ms' });
    expect(fake.monotonicMs()).toBe(5000);
    expect(fake.pendingTimers).toBe(0);
    expect(state.isCancelled).toBe(true);
  });

  it('ends when the caller aborts, or the connection breaks', async () => {
    const controller = new AbortController();
    const stream = await open(pieces(['1\n'], true).body, { signal: controller.signal });
    const reading = rejectionOf(collect(stream.lines()));
    controller.abort();
    expect(await reading).toMatchObject({ code: 'aborted' });
    const broken = await open(pieces(['1\n', new Error('reset')]).body);
    expect(await rejectionOf(collect(broken.lines()))).toMatchObject({ reason: 'network', code: 'unavailable' });
    const write = await open(pieces(['1\n', new Error('reset')]).body, { json: {} });
    expect(await rejectionOf(collect(write.lines()))).toMatchObject({ reason: 'network', code: 'outcome_unknown' });
  });

  it('may have a limit for the whole', async () => {
    const stream = await open(pieces(['12345', '67890'], true).body, { maxResponseBytes: 8 });
    expect(await rejectionOf(collect(stream.chunks()))).toMatchObject({ reason: 'response-too-large' });
  });

  it('is an error when the answer is a failure', async () => {
    const { fetch } = recordingFetch(() =>
      Response.json({ m: 'no' }, { status: 429, headers: { 'retry-after': '3' } }),
    );
    const client = createIntegrationClient(specOf(), { credentials, fetch });
    expect(await rejectionOf(client.stream({}))).toMatchObject({ code: 'rate_limited', retryAfterMs: 3000 });
  });
});
