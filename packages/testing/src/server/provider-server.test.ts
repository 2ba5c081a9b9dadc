import { get, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../faults/fault.ts';
import { TestingError } from '../testing-error.ts';
import { type ProviderServer, type ProviderServerOptions, startProviderServer } from './provider-server.ts';

const BODY = { greeting: 'héllo', list: [1, 2, 3] };

let server: ProviderServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(options: ProviderServerOptions = { handler: () => Response.json(BODY) }): Promise<ProviderServer> {
  server = await startProviderServer(options);
  return server;
}

/** The code of the socket error behind a failed fetch. */
async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 2000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('The condition did not come true within 2 s');
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

describe('answering and recording', () => {
  it('answers by route, then by handler, then with 404', async () => {
    const { url } = await start({ routes: { 'POST /v1/chat': () => Response.json({ ok: 1 }, { status: 201 }) } });
    expect((await fetch(`${url}/v1/chat?x=1`, { method: 'POST' })).status).toBe(201);
    expect((await fetch(`${url}/v1/chat`)).status).toBe(404);
    expect((await fetch(`${url}/constructor`)).status).toBe(404);
  });

  it('records what came in over the wire', async () => {
    const running = await start();
    await fetch(`${running.url}/path?q=1`, {
      method: 'POST',
      headers: { authorization: 'Bearer key' },
      body: JSON.stringify({ text: 'ünï' }),
    });
    const [recorded] = running.requests;
    expect(recorded?.method).toBe('POST');
    expect(recorded?.path).toBe('/path?q=1');
    expect(recorded?.headers['authorization']).toBe('Bearer key');
    expect(recorded?.json()).toEqual({ text: 'ünï' });
    expect(recorded?.text()).toBe('{"text":"ünï"}');
    expect(recorded?.isClosedByClient).toBe(false);
    expect(recorded?.signal.aborted).toBe(false);
  });

  it('counts on when the records are cleared', async () => {
    const running = await start();
    await fetch(running.url);
    running.clearRequests();
    await fetch(running.url);
    expect(running.requests.map((request) => request.index)).toEqual([1]);
  });

  it('sends a Content-Length with a whole body and streams an event stream', async () => {
    const encoder = new TextEncoder();
    let release = (): void => {};
    const { url } = await start({
      routes: {
        'GET /whole': () => Response.json(BODY),
        'GET /stream': () =>
          new Response(
            new ReadableStream<Uint8Array>({
              start: (controller) => {
                controller.enqueue(encoder.encode('data: 1\n\n'));
                release = () => {
                  controller.enqueue(encoder.encode('data: 2\n\n'));
                  controller.close();
                };
              },
            }),
            { headers: { 'content-type': 'text/event-stream' } },
          ),
      },
    });
    const whole = await fetch(`${url}/whole`);
    expect(whole.headers.get('content-length')).toBe(String(encoder.encode(JSON.stringify(BODY)).length));
    expect(await whole.json()).toEqual(BODY);
    const reader = (await fetch(`${url}/stream`)).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('data: 1\n\n');
    release();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('data: 2\n\n');
    expect((await reader?.read())?.done).toBe(true);
  });

  it('turns a handler that throws into status 500', async () => {
    const { url } = await start({
      handler: () => {
        throw new Error('handler broke');
      },
    });
    const response = await fetch(url);
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('handler broke');
  });

  it('passes several headers of one name on', async () => {
    const headers = new Headers();
    headers.append('set-cookie', 'a=1');
    headers.append('set-cookie', 'b=2');
    const { url } = await start({ handler: () => new Response('x', { headers }) });
    expect((await fetch(url)).headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });
});

describe('a client that goes away', () => {
  it('is recorded, and the handler’s signal aborts', async () => {
    let wasAborted = false;
    const running = await start({
      handler: async (request) => {
        await new Promise((resolve) => {
          request.signal.addEventListener('abort', resolve);
        });
        wasAborted = true;
        return new Response();
      },
    });
    const controller = new AbortController();
    const failed = failureOf(fetch(running.url, { signal: controller.signal }));
    await until(() => running.requests.length === 1);
    controller.abort();
    await failed;
    await until(() => running.requests[0]?.isClosedByClient ?? false);
    expect(wasAborted).toBe(true);
  });

  it('is not confused with a server that dies', async () => {
    const running = await start({ faults: [{ kind: 'hang' }] });
    const failed = failureOf(fetch(running.url));
    await until(() => running.requests.length === 1);
    await running.kill();
    await failed;
    await until(() => running.requests[0]?.signal.aborted ?? false);
    expect(running.requests[0]?.isClosedByClient).toBe(false);
  });

  it('is not blamed for a cut that the server made', async () => {
    const running = await start({
      handler: () => Response.json(BODY),
      faults: [{ kind: 'truncate', afterBytes: 3 }, { kind: 'reset' }],
    });
    for (let count = 0; count < 2; count += 1) {
      await failureOf(fetch(running.url).then((response) => response.text()));
    }
    await until(() => running.requests.every((request) => request.signal.aborted));
    expect(running.requests.map((request) => request.isClosedByClient)).toEqual([false, false]);
  });
});

describe('faults on the wire', () => {
  const withFaults = (...faults: Fault[]): Promise<ProviderServer> =>
    start({ handler: () => Response.json(BODY), faults });

  it('answers with a status and headers, once', async () => {
    const { url, requests } = await withFaults({ kind: 'status', status: 429, headers: { 'retry-after': '2' } });
    const limited = await fetch(url);
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '2']);
    expect(await limited.json()).toEqual({ error: { message: 'Injected status 429', code: 429 } });
    expect(await (await fetch(url)).json()).toEqual(BODY);
    expect(requests).toHaveLength(2);
  });

  it('answers a status that has no body', async () => {
    const { url } = await withFaults({ kind: 'status', status: 204 });
    expect((await fetch(url)).status).toBe(204);
  });

  it('answers late', async () => {
    const { url } = await withFaults({ kind: 'latency', delayMs: 80 });
    const startedMs = performance.now();
    expect(await (await fetch(url)).json()).toEqual(BODY);
    expect(performance.now() - startedMs).toBeGreaterThan(70);
  });

  it('hangs until the client gives up', async () => {
    const { url } = await withFaults({ kind: 'hang' });
    expect(await failureOf(fetch(url, { signal: AbortSignal.timeout(60) }))).toContain('23');
  });

  it('resets before the answer', async () => {
    const { url } = await withFaults({ kind: 'reset' });
    expect(await failureOf(fetch(url))).toMatch(/ECONNRESET|UND_ERR_SOCKET/u);
  });

  it('resets in the middle of the body', async () => {
    const { url } = await withFaults({ kind: 'reset', afterBytes: 8 });
    const { error, received } = await readRaw(url);
    expect(error).toBe('ECONNRESET');
    expect(received).toBe('{"greeti');
  });

  it('truncates the body and closes in good order', async () => {
    const { url } = await withFaults({ kind: 'truncate', afterBytes: 8 }, { kind: 'truncate', afterBytes: 8 });
    expect((await readRaw(url)).received).toBe('{"greeti');
    expect(await failureOf(fetch(url).then((response) => response.text()))).toMatch(/UND_ERR_SOCKET|terminated/u);
  });

  it('truncates a stream at the same byte', async () => {
    const { url } = await start({
      handler: () => new Response('data: 1\n\ndata: 2\n\n', { headers: { 'content-type': 'text/event-stream' } }),
      faults: [{ kind: 'truncate', afterBytes: 12 }],
    });
    expect((await readRaw(url)).received).toBe('data: 1\n\ndat');
  });

  it('splits the body at the given bytes, also inside a character', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(BODY));
    const inside = bytes.indexOf(0xc3) + 1;
    const { url } = await withFaults({ kind: 'split', at: [4, inside, 10_000], gapMs: 20 });
    const { chunks } = await readRaw(url);
    expect(chunks.map((chunk) => chunk.length)).toEqual([4, inside - 4, bytes.length - inside]);
    expect(Buffer.concat(chunks).toString()).toBe(JSON.stringify(BODY));
  });

  it('sends JSON that breaks off, and a page where JSON should be', async () => {
    const { url } = await withFaults({ kind: 'malformed', as: 'json' }, { kind: 'malformed', as: 'html' });
    const broken = await fetch(url);
    expect([broken.status, broken.headers.get('content-type')]).toEqual([200, 'application/json']);
    await expect(broken.json()).rejects.toThrow(SyntaxError);
    const page = await fetch(url);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain('<html>');
  });

  it('applies several at once', async () => {
    const { url } = await start({
      faults: [
        [
          { kind: 'latency', delayMs: 60 },
          { kind: 'status', status: 503 },
          { kind: 'split', at: [1] },
        ],
      ],
    });
    const startedMs = performance.now();
    const response = await fetch(url);
    expect(response.status).toBe(503);
    expect(await response.json()).toHaveProperty('error');
    expect(performance.now() - startedMs).toBeGreaterThan(50);
  });

  it('takes injected steps before the plan, and a new plan instead of both', async () => {
    const running = await start({
      handler: () => new Response('fine'),
      faults: ({ index, path }) => (path === '/bad' ? [{ kind: 'status', status: 500 + index }] : []),
    });
    running.inject({ kind: 'status', status: 418 }, 'none');
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await fetch(`${running.url}/bad`)).status);
    running.inject({ kind: 'status', status: 418 });
    running.setFaults();
    statuses.push((await fetch(`${running.url}/bad`)).status);
    expect(statuses).toEqual([418, 200, 502, 200]);
  });
});

describe('life and death', () => {
  it('refuses connections after a kill and answers again on the same port after a restart', async () => {
    const running = await start();
    const { url } = running;
    await fetch(url);
    await running.kill();
    expect(running.isListening).toBe(false);
    expect(await failureOf(fetch(url))).toBe('ECONNREFUSED');
    await running.restart();
    expect(running.url).toBe(url);
    expect((await fetch(url)).status).toBe(200);
    expect(running.requests).toHaveLength(2);
  });

  it('breaks idle connections on a kill', async () => {
    const running = await start();
    const socket = connect(running.port, '127.0.0.1');
    const closed = new Promise((resolve) => {
      socket.on('close', resolve).on('error', () => {});
    });
    await until(async () => (await running.countConnections()) === 1);
    await running.kill();
    await closed;
    expect(await running.countConnections()).toBe(0);
  });

  it('closes at once in the middle of faults, and leaves no request waiting', async () => {
    const running = await start({
      handler: () => Response.json(BODY),
      faults: [{ kind: 'hang' }, { kind: 'latency', delayMs: 60_000 }, { kind: 'split', at: [1], gapMs: 60_000 }],
    });
    const failures = [1, 2, 3].map(() => failureOf(fetch(running.url).then((response) => response.text())));
    await until(() => running.requests.length === 3);
    const startedMs = performance.now();
    await running.close();
    for (const failure of await Promise.all(failures)) expect(failure).not.toBe('Error: it did not fail');
    expect(performance.now() - startedMs).toBeLessThan(1000);
    await running.close();
  });

  it('refuses to start twice, or after the end', async () => {
    const running = await start();
    await expect(running.restart()).rejects.toSatisfy((error) => TestingError.is(error));
    await running.close();
    await expect(running.restart()).rejects.toThrow('was closed');
  });

  it('closes itself at the end of its block', async () => {
    let url = '';
    {
      await using running = await startProviderServer({ handler: () => new Response('x') });
      url = running.url;
      expect((await fetch(url)).status).toBe(200);
    }
    expect(await failureOf(fetch(url))).toBe('ECONNREFUSED');
  });

  it('survives clients that break off in the middle of their request', async () => {
    const running = await start();
    const request = httpRequest(running.url, { method: 'POST', headers: { 'content-length': '100' } });
    request.on('error', () => {});
    request.write('half');
    await until(async () => (await running.countConnections()) === 1);
    request.destroy();
    await until(async () => (await running.countConnections()) === 0);
    expect((await fetch(running.url)).status).toBe(200);
  });
});

interface RawAnswer {
  readonly chunks: readonly Buffer[];
  readonly received: string;
  readonly error: string | undefined;
}

/** Reads as the socket delivers, without a client's own buffering. */
function readRaw(url: string): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const end = (error?: NodeJS.ErrnoException): void => {
      resolve({ chunks, received: Buffer.concat(chunks).toString(), error: error?.code });
    };
    get(url, { agent: false }, (response) => {
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => end());
      response.on('error', end);
    }).on('error', end);
  });
}
