import {
  constants,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GcpFault } from '../faults/gcp-fault.ts';
import { encodeStatus, statusNumber } from '../model/encode-status.ts';
import { SERVICE_NAME } from '../model/service-model.ts';
import { RpcError } from '../service/rpc-error.ts';
import type { Answer, CallHandler } from './call-handler.ts';
import { listen } from './listen.ts';

const PREFIX_BYTES = 5;

/**
 * Speaks gRPC over cleartext HTTP/2, unary calls only, so that faults can strike anywhere in an answer.
 *
 * @see https://grpc.github.io/grpc/core/md_doc__p_r_o_t_o_c_o_l-_h_t_t_p2.html (read 2026-11-25)
 */
export class GrpcEndpoint {
  readonly #handler: CallHandler;
  readonly #location: string | undefined;
  readonly #server: Http2Server;
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #sockets = new WeakMap<object, Socket>();
  readonly #ending = new AbortController();
  #port = 0;

  constructor(handler: CallHandler, location: string | undefined) {
    this.#handler = handler;
    this.#location = location;
    this.#server = createServer();
    // HTTP/2 keeps its sockets to itself, but it can be seen which one a session is made of.
    let socket: Socket | undefined;
    this.#server.prependListener('connection', (connected: Socket) => {
      socket = connected;
    });
    this.#server.on('session', (session) => {
      this.#sessions.add(session);
      if (socket !== undefined) this.#sockets.set(session, socket);
      session.on('close', () => this.#sessions.delete(session));
      session.on('error', () => {});
    });
    this.#server.on('stream', (stream, headers) => {
      // It fails when the connection is gone, which the client has seen by itself.
      stream.on('error', () => {});
      this.#serve(stream, headers).catch(() => stream.destroy());
    });
  }

  get port(): number {
    return this.#port;
  }

  get connectionCount(): number {
    return this.#sessions.size;
  }

  async start(): Promise<void> {
    this.#port = await listen(this.#server);
  }

  async close(): Promise<void> {
    this.#ending.abort();
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    for (const session of this.#sessions) session.destroy();
    await closed;
  }

  async #serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> {
    const path = headers[':path'] ?? '';
    const service = `/${SERVICE_NAME}/`;
    const rpc = path.startsWith(service) ? path.slice(service.length) : path;
    const { call, struck } = this.#handler.open({
      rpc,
      transport: 'grpc',
      location: this.#location,
      headers: plainHeaders(headers),
    });
    stream.on('close', () => {
      if (stream.rstCode === constants.NGHTTP2_CANCEL) call.isCancelled = true;
    });
    const body = await readBody(stream);
    const fault = struck?.fault;
    if (fault?.kind === 'latency') await sleep(fault.delayMs, undefined, { signal: this.#ending.signal });
    if (stream.destroyed) return;
    const answer = this.#handler.answer(call, () => unframe(body), struck);
    if (fault?.kind === 'reset') this.#reset(stream);
    else send(stream, answer, fault?.kind === 'truncate' ? fault : undefined);
  }

  #reset({ session }: ServerHttp2Stream): void {
    if (session !== undefined) this.#sockets.get(session)?.resetAndDestroy();
  }
}

function send(
  stream: ServerHttp2Stream,
  answer: Answer,
  truncation: Extract<GcpFault, { kind: 'truncate' }> | undefined,
): void {
  if (answer.kind === 'none') return;
  if (answer.kind === 'http') {
    const { status, body = '', headers = { 'content-type': 'text/html' } } = answer.fault;
    stream.respond({ ...headers, ':status': status });
    stream.end(body);
    return;
  }
  const head = { ':status': 200, 'content-type': 'application/grpc' };
  if (answer.kind === 'error') {
    stream.respond({ ...head, ...errorTrailers(answer.error) }, { endStream: true });
    return;
  }
  const frame = toFrame(answer.bytes);
  if (truncation !== undefined) {
    stream.respond(head);
    stream.end(frame.subarray(0, PREFIX_BYTES + truncation.afterBytes));
    return;
  }
  stream.respond(head, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(frame);
}

function errorTrailers(error: RpcError): Record<string, string> {
  return {
    'grpc-status': String(statusNumber(error)),
    'grpc-message': encodeURIComponent(error.message),
    ...(error.details.length === 0
      ? {}
      : { 'grpc-status-details-bin': Buffer.from(encodeStatus(error)).toString('base64') }),
  };
}

async function readBody(stream: ServerHttp2Stream): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) {
    if (chunk instanceof Uint8Array) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The one message of a unary call. */
function unframe(body: Uint8Array): Uint8Array {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (body.length < PREFIX_BYTES || view.getUint32(1) !== body.length - PREFIX_BYTES) {
    throw new RpcError('INTERNAL', 'A unary call has exactly one message.');
  }
  if (view.getUint8(0) !== 0) throw new RpcError('UNIMPLEMENTED', 'Compressed messages are not supported.');
  return body.subarray(PREFIX_BYTES);
}

function toFrame(message: Uint8Array): Buffer {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
