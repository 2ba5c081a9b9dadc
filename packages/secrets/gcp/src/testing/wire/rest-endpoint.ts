import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '@mortise/testing';
import { type ProviderServer, type RecordedRequest, startProviderServer } from '@mortise/testing/server';
import type { StruckFault } from '../faults/gcp-fault.ts';
import { toHttpError } from '../model/encode-status.ts';
import { readJsonMessage, writeJsonMessage } from '../model/read-json.ts';
import type { OpenCall } from '../recorded-call.ts';
import { RpcError } from '../service/rpc-error.ts';
import type { Answer, CallHandler } from './call-handler.ts';
import { type MatchedRule, matchRule } from './match-rule.ts';

/** What is decided when the head of a request is in, kept until its body is. */
interface Begun {
  readonly matched: MatchedRule | undefined;
  readonly call: OpenCall;
  readonly struck: StruckFault | undefined;
}

/** The same service in its REST and JSON form, transcoded by the HTTP rules of the protos. */
export class RestEndpoint {
  readonly #handler: CallHandler;
  readonly #location: string | undefined;
  readonly #begun = new Map<number, Begun>();
  #server: ProviderServer | undefined;

  constructor(handler: CallHandler, location: string | undefined) {
    this.#handler = handler;
    this.#location = location;
  }

  get port(): number {
    return this.#server?.port ?? 0;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  async countConnections(): Promise<number> {
    return (await this.#server?.countConnections()) ?? 0;
  }

  async start(): Promise<void> {
    this.#server = await startProviderServer({
      faults: ({ index, method, path }) => this.#begin(index, method, path),
      handler: (request) => this.#answer(request),
    });
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  /** Puts the call on record; what strikes it on the wire is the HTTP server's to do. */
  #begin(index: number, method: string, path: string): readonly Fault[] {
    const matched = matchRule(method, path.split('?', 1)[0] ?? '');
    const { call, struck } = this.#handler.open({
      rpc: matched?.model.name ?? path,
      transport: 'rest',
      location: this.#location,
      headers: {},
    });
    this.#begun.set(index, { matched, call, struck });
    return toHttpFaults(struck);
  }

  async #answer(request: RecordedRequest): Promise<Response> {
    const begun = this.#begun.get(request.index);
    if (begun === undefined) return Response.json({}, { status: 500 });
    this.#begun.delete(request.index);
    const { matched, call, struck } = begun;
    call.headers = request.headers;
    request.signal.addEventListener('abort', () => {
      call.isCancelled ||= request.isClosedByClient;
    });
    const fault = struck?.fault;
    if (fault?.kind === 'latency') await sleep(fault.delayMs, undefined, { signal: request.signal });
    const url = new URL(request.path, 'http://loopback');
    const answer = this.#handler.answer(call, () => this.#read(matched, url, request), struck);
    if (answer.kind === 'none') {
      if (fault?.kind === 'hang') await aborted(request.signal);
      return new Response(null, { status: 200 });
    }
    return toResponse(answer, matched, isNumeric(url));
  }

  #read(matched: MatchedRule | undefined, url: URL, request: RecordedRequest): Uint8Array {
    if (matched === undefined) throw new RpcError('NOT_FOUND', 'The requested URL was not found on this server.');
    const { accessToken } = this.#handler;
    if (accessToken !== undefined && request.headers['authorization'] !== `Bearer ${accessToken}`) {
      throw new RpcError('UNAUTHENTICATED', 'Request had invalid authentication credentials.');
    }
    const json = bodyOf(matched, request);
    for (const [key, value] of url.searchParams) {
      if (!key.startsWith('$') && key !== 'alt') setField(json, key, isNumber(matched, key) ? Number(value) : value);
    }
    for (const [field, value] of Object.entries(matched.fields)) setField(json, field, value);
    return readJsonMessage(matched.model.request, json);
  }
}

type Json = Record<string, unknown>;

function bodyOf({ rule }: MatchedRule, request: RecordedRequest): Json {
  if (rule.body === undefined || request.body.length === 0) return {};
  let body: unknown;
  try {
    body = request.json();
  } catch {
    throw new RpcError('INVALID_ARGUMENT', 'Invalid JSON payload received.');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new RpcError('INVALID_ARGUMENT', 'Invalid JSON payload received. An object was expected.');
  }
  return rule.body === '*' ? { ...body } : { [rule.body]: { ...body } };
}

function setField(json: Json, path: string, value: unknown): void {
  const [head = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    json[head] = value;
    return;
  }
  const inner = json[head];
  const next: Json = typeof inner === 'object' && inner !== null ? { ...inner } : {};
  setField(next, rest.join('.'), value);
  json[head] = next;
}

function isNumber({ model }: MatchedRule, key: string): boolean {
  return model.request.fieldsArray.some(({ name, type }) => name === key && type === 'int32');
}

/** `$alt=json;enum-encoding=int`, which the SDK asks for. */
function isNumeric(url: URL): boolean {
  return (url.searchParams.get('$alt') ?? url.searchParams.get('alt') ?? '').includes('enum-encoding=int');
}

function toResponse(
  answer: Exclude<Answer, { kind: 'none' }>,
  matched: MatchedRule | undefined,
  isNumericEnums: boolean,
): Response {
  if (answer.kind === 'http') {
    const { status, body = '', headers = { 'content-type': 'text/html' } } = answer.fault;
    return new Response(body, { status, headers });
  }
  if (answer.kind === 'error' || matched === undefined) {
    const { status, body } = toHttpError(
      answer.kind === 'error' ? answer.error : new RpcError('NOT_FOUND', 'The requested URL was not found.'),
    );
    return Response.json(body, { status });
  }
  try {
    return Response.json(writeJsonMessage(matched.model.response, answer.bytes, isNumericEnums));
  } catch {
    // Bytes that were damaged on purpose and are no message any more go out as they are.
    return new Response(Buffer.from(answer.bytes), { headers: { 'content-type': 'application/json' } });
  }
}

function toHttpFaults(struck: StruckFault | undefined): readonly Fault[] {
  const fault = struck?.fault;
  switch (fault?.kind) {
    case 'reset':
      return [struck?.isApplied === true ? { kind: 'reset', afterBytes: 0 } : { kind: 'reset' }];
    case 'truncate':
      return [{ kind: 'truncate', afterBytes: fault.afterBytes }];
    default:
      return [];
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
