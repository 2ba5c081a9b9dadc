import { describe, expect, it } from 'vitest';
import { answering, API_KEY, connectionOf, SECRETS, specOf } from '../__fixtures__/example.ts';
import { checkConnection } from '../check/check-connection.ts';

const spec = specOf({
  transports: [{ type: 'mcp', transport: 'http', url: 'https://mcp.example.com/mcp' }],
  healthCheck: {},
});
const RESULT = {
  jsonrpc: '2.0',
  id: 1,
  result: { protocolVersion: '2025-06-18', capabilities: {}, serverInfo: { name: 's', version: '1' } },
};
const event = (message: unknown) => `event: message\ndata: ${JSON.stringify(message)}\n\n`;
const sse = (text: string) => new Response(text, { headers: { 'content-type': 'text/event-stream' } });

const ask = (response: () => Response) =>
  checkConnection(spec, connectionOf(), SECRETS, { fetch: answering(response) });

describe('an MCP server over HTTP', () => {
  it('is connected when it shakes hands, with the credentials of the connection, and its session is ended', async () => {
    const asked: unknown[] = [];
    const fetch = answering((url, init) => {
      const headers = new Headers(init.headers);
      asked.push([
        init.method,
        url.href,
        headers.get('authorization'),
        headers.get('mcp-session-id'),
        headers.get('accept'),
      ]);
      return init.method === 'POST'
        ? Response.json(RESULT, { headers: { 'mcp-session-id': 's-1' } })
        : new Response(null, { status: 405 });
    });
    expect(await checkConnection(spec, connectionOf(), SECRETS, { fetch })).toMatchObject({
      status: 'connected',
      probe: 'mcp',
    });
    expect(asked).toEqual([
      ['POST', 'https://mcp.example.com/mcp', `Bearer ${API_KEY}`, null, 'application/json, text/event-stream'],
      ['DELETE', 'https://mcp.example.com/mcp', `Bearer ${API_KEY}`, 's-1', 'application/json'],
    ]);
  });

  it('may answer in a stream, after other messages', async () => {
    expect(await ask(() => sse(event({ jsonrpc: '2.0', method: 'note' }) + event(RESULT)))).toMatchObject({
      status: 'connected',
    });
  });

  it.each([
    ['a refusal', () => Response.json({ jsonrpc: '2.0', id: 1, error: { code: -32_602, message: 'no' } })],
    ['no result', () => Response.json({ hello: 'world' })],
    ['no JSON', () => new Response('<html>')],
    ['a stream without an answer', () => sse(event({ jsonrpc: '2.0', method: 'note' }))],
  ])('is unknown when it answers with %s', async (_name, response) => {
    expect(await ask(response)).toMatchObject({ status: 'unknown', errorCode: 'MCP_HANDSHAKE_FAILED' });
  });

  it('is what its status says otherwise', async () => {
    expect(await ask(() => new Response('', { status: 401 }))).toMatchObject({ status: 'auth_required' });
    expect(await ask(() => new Response('', { status: 503 }))).toMatchObject({ status: 'unreachable' });
  });

  it('of the old kind is connected when it names its endpoint', async () => {
    const old = specOf({ transports: [{ type: 'mcp', transport: 'sse', url: 'https://mcp.example.com/sse' }] });
    const check = (text: string) =>
      checkConnection(old, connectionOf(), SECRETS, { fetch: answering(() => sse(text)) });
    expect(await check('event: endpoint\ndata: /messages?s=1\n\n')).toMatchObject({
      status: 'connected',
      probe: 'mcp',
    });
    expect(await check('event: ping\ndata: 1\n\n')).toMatchObject({ status: 'unknown' });
  });
});
