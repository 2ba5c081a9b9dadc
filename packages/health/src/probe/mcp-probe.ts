import { type IntegrationSpec, type McpTransportConfig, MortiseError } from '@mortise/core';
import type { IntegrationClient, IntegrationStream } from '@mortise/http';
import { probeClient } from './probe-client.ts';
import type { ProbeEnvironment } from './probe-environment.ts';
import type { ProbeContext } from './probe.ts';

/** A server that answered, but not as an MCP server does. */
export class McpHandshakeError extends MortiseError<'MCP_HANDSHAKE_FAILED'> {}

/** https://modelcontextprotocol.io/specification/2025-06-18/basic/lifecycle */
const PROTOCOL_VERSION = '2025-06-18';
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: PROTOCOL_VERSION, capabilities: {}, clientInfo: { name: 'mortise-health', version: '1' } },
} as const;
const MAX_BYTES = 1_048_576;
const SESSION_ID = /^[\x21-\x7e]{1,512}$/;

const specs = new WeakMap<IntegrationSpec, IntegrationSpec>();

/** Whether an MCP server can be asked over HTTP. */
export function isRemoteMcp(transport: McpTransportConfig): transport is McpTransportConfig & { readonly url: string } {
  return transport.transport !== 'stdio' && transport.url !== undefined;
}

/**
 * Shakes hands with an MCP server over HTTP and ends the session that it opened. The old `sse` transport is there as soon
 * as it names its endpoint.
 */
export async function probeMcp(
  transport: McpTransportConfig & { readonly url: string },
  context: ProbeContext,
  environment: ProbeEnvironment,
): Promise<void> {
  const client = probeClient(asRestSpec(context.spec, transport.url), context, environment);
  if (transport.transport === 'sse') {
    const stream = await client.stream({ headers: { accept: 'text/event-stream' }, maxResponseBytes: MAX_BYTES });
    for await (const { event } of stream.events()) if (event === 'endpoint') return;
    throw failed('the stream ended without an endpoint');
  }
  const stream = await client.stream({
    json: INITIALIZE,
    headers: { accept: 'application/json, text/event-stream' },
    maxResponseBytes: MAX_BYTES,
  });
  const session = stream.headers.get('mcp-session-id');
  checkAnswer(await firstMessage(stream));
  if (session !== null && SESSION_ID.test(session)) await endSession(client, session);
}

/** The answer to our one request, whether it comes as JSON or as an event. */
async function firstMessage(stream: IntegrationStream): Promise<unknown> {
  if (stream.headers.get('content-type')?.includes('text/event-stream') === true) {
    for await (const { data } of stream.events()) {
      const message = parse(data);
      if (memberOf(message, 'id') === 1) return message;
    }
    throw failed('the stream ended without an answer');
  }
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream.chunks()) text += decoder.decode(chunk, { stream: true });
  return parse(text + decoder.decode());
}

function checkAnswer(message: unknown): void {
  const error = memberOf(message, 'error');
  if (error !== undefined) throw failed(`the server refused it with code ${String(memberOf(error, 'code'))}`);
  if (typeof memberOf(memberOf(message, 'result'), 'protocolVersion') !== 'string') {
    throw failed('the answer is no answer to initialize');
  }
}

async function endSession(client: IntegrationClient, session: string): Promise<void> {
  try {
    await client.request({ method: 'DELETE', headers: { 'mcp-session-id': session } });
  } catch {
    // Servers may refuse to end sessions; those run out by themselves.
  }
}

/** The MCP address as a base URL, so that credentials, limits and checks are those of every request. */
function asRestSpec(spec: IntegrationSpec, url: string): IntegrationSpec {
  const known = specs.get(spec);
  if (known !== undefined) return known;
  const made: IntegrationSpec = { ...spec, transports: [{ type: 'rest', baseUrl: url }] };
  specs.set(spec, made);
  return made;
}

function failed(why: string): McpHandshakeError {
  return new McpHandshakeError({ code: 'MCP_HANDSHAKE_FAILED', message: `The MCP handshake failed: ${why}` });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw failed('the answer is no JSON');
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
