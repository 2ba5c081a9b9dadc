import { createServer, request as send, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONFIRMED } from './__fixtures__/confirmed-vendors.ts';
import { receiveWebhook } from './handshake/receive-webhook.ts';
import { signWebhook } from './sign/sign-webhook.ts';

const { contract, secrets } = CONFIRMED.find(({ vendor }) => vendor === 'stripe') ?? {
  contract: undefined,
  secrets: {},
};

describe('an endpoint of Node, on a socket', () => {
  let server: Server;
  let port: number;
  const reasons: string[] = [];

  beforeAll(async () => {
    server = createServer((message, response) => {
      void (async () => {
        if (contract === undefined) return;
        const received = await receiveWebhook(contract, message, secrets, { maxBodyBytes: 100_000 });
        reasons.push(received.kind === 'refused' ? received.failure.reason : received.kind);
        response.writeHead(received.response.status, { ...received.response.headers, connection: 'close' });
        response.end(received.response.body);
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => server.closeAllConnections());

  /** Status of the answer; undefined where the connection broke off first. */
  async function post(headers: Record<string, string | string[]>, body: string | Buffer): Promise<number | undefined> {
    return new Promise((resolve) => {
      const sent = send({ port, host: '127.0.0.1', method: 'POST', path: '/hook?x=1', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', () => resolve(undefined));
      sent.end(body);
    });
  }

  async function sign(body: string): Promise<Record<string, string>> {
    if (contract === undefined) return {};
    return { ...(await signWebhook(contract, { body }, secrets)).headers };
  }

  it('accepts what is signed, refuses what is not, and is still there afterwards', async () => {
    const body = JSON.stringify({ id: 'evt_1', text: '\u00fc'.repeat(20_000) });
    const headers = await sign(body);
    expect(await post(headers, body)).toBe(200);
    expect(await post(headers, `${body} `)).toBe(401);
    expect(await post({}, body)).toBe(401);
    expect(
      await post({ 'Stripe-Signature': [headers['Stripe-Signature'] ?? '', headers['Stripe-Signature'] ?? ''] }, body),
    ).toBe(401);
    expect(reasons.splice(0)).toEqual(['delivery', 'no_match', 'missing_header', 'duplicate_header']);
  });

  it('answers a body that is too large instead of breaking off, told of its length or not', async () => {
    const large = Buffer.alloc(300_000, 'x');
    expect(await post({ 'content-length': String(large.length) }, large)).toBe(413);
    expect(await post({ 'transfer-encoding': 'chunked' }, large)).toBe(413);
    expect(reasons.splice(0)).toEqual(['too_large', 'too_large']);
  });

  it('ends when the sender goes away half-way', async () => {
    const sent = send({ port, host: '127.0.0.1', method: 'POST', headers: { 'content-length': '1000' } });
    sent.on('error', () => undefined);
    sent.write('half');
    await new Promise((resolve) =>
      sent.once('socket', (socket) => socket.once('connect', () => setImmediate(resolve))),
    );
    sent.destroy();
    await expect.poll(() => reasons.splice(0), { timeout: 5000 }).toEqual(['aborted']);
  });
});
