import { requestCredentials } from '@mortise/auth';
import {
  createRedactor,
  type IntegrationAuthConfig,
  type IntegrationSpec,
  type Page,
  type PagedItems,
  type Redactor,
} from '@mortise/core';
import { type HttpClock, systemClock } from '../clock.ts';
import { IntegrationRequestError, misconfigured } from '../errors/integration-request-error.ts';
import { errorFromResponse, readRequestId, readRetryAfter } from '../errors/response-error.ts';
import { ExchangeScope } from '../exchange/exchange-scope.ts';
import { networkError, withOpenOutcome } from '../exchange/network-error.ts';
import { type FetchLike, type PreparedRequest, send } from '../exchange/send.ts';
import { readRateLimits } from '../limits/read-rate-limits.ts';
import { itemsOf, nextCursor, requestForPage } from '../pagination/next-page.ts';
import { paginate } from '../pagination/paginate.ts';
import { deriveKey } from '../request/idempotency-key.ts';
import type { IntegrationRequest } from '../request/integration-request.ts';
import {
  BufferedResponse,
  type IntegrationResponse,
  malformedResponse,
  type ResponseHead,
} from '../response/integration-response.ts';
import { readBody } from '../response/read-body.ts';
import { matchesResponse, type ResponseFacts } from '../response/response-facts.ts';
import { type IntegrationStream, ResponseStream } from '../stream/integration-stream.ts';
import { baseUrlOf, buildRequest, type LinkedPage, type RequestContext, subjectOf } from './build-request.ts';
import type { ClientCredentials, IntegrationClientOptions } from './client-options.ts';
import { apiVersionOf, authMethodsOf, settingsOf, type SpecSettings } from './client-settings.ts';
import type { IntegrationClient, PageOptions, PagesOptions, Parse, StreamRequest } from './integration-client.ts';
import { credentialError } from './credential-error.ts';
import { linkedCursor, pageFromLink } from './linked-page.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BYTES = 10_485_760;
const DEFAULT_MAX_REDIRECTS = 5;
const DEFAULT_IDLE_TIMEOUT_MS = 60_000;
const DEFAULT_MAX_ITEM_LENGTH = 1_048_576;
/** A failed answer says what it has to say within this; more is not worth reading. */
const MAX_ERROR_BYTES = 262_144;

const NO_CREDENTIALS: ClientCredentials = { headers: {}, query: {} };
const platformFetch: FetchLike = (url, init) => fetch(url, init);

/**
 * Makes a client that speaks to the provider of a spec: address, credentials, version, limits, errors and pages follow from
 * the spec, the rest from the connection.
 *
 * @throws {IntegrationRequestError} `misconfigured`: the spec has no REST transport.
 */
export function createIntegrationClient(
  spec: IntegrationSpec,
  options: IntegrationClientOptions = {},
): IntegrationClient {
  return new HttpIntegrationClient(settingsOf(spec), options);
}

/** An exchange whose answer has begun. */
interface OpenExchange {
  readonly request: PreparedRequest;
  readonly context: RequestContext;
  readonly scope: ExchangeScope;
  readonly response: Response;
  readonly head: ResponseHead;
  readonly url: string;
}

class HttpIntegrationClient implements IntegrationClient {
  readonly #settings: SpecSettings;
  readonly #options: IntegrationClientOptions;
  readonly #clock: HttpClock;
  readonly #apiVersion: string | undefined;
  readonly #methods: readonly IntegrationAuthConfig[];
  readonly #cache: RequestContext['cache'] = {};
  #redactor: Redactor | undefined;
  #keys = 0;

  constructor(settings: SpecSettings, options: IntegrationClientOptions) {
    this.#settings = settings;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#apiVersion = apiVersionOf(settings.spec, options);
    this.#methods = authMethodsOf(settings.spec, options.auth, options.connection);
  }

  async request(request: IntegrationRequest): Promise<IntegrationResponse> {
    return (await this.#exchange(request)).response;
  }

  json(request: IntegrationRequest): Promise<unknown>;
  json<Value>(request: IntegrationRequest, parse: Parse<Value>): Promise<Value>;
  async json(request: IntegrationRequest, parse?: Parse<unknown>): Promise<unknown> {
    const { response, prepared } = await this.#exchange(request);
    const value = response.json();
    return parse === undefined ? value : this.#parse(parse, value, response, prepared);
  }

  async stream(request: StreamRequest): Promise<IntegrationStream> {
    const open = await this.#open(request);
    try {
      const { response, head, scope } = open;
      if (isFailure(response.status)) throw await this.#failure(open);
      return new ResponseStream(response, {
        head,
        scope,
        subject: open.request.subject,
        isRepeatable: open.request.isRepeatable,
        idleTimeoutMs: limitOf(request.idleTimeoutMs, DEFAULT_IDLE_TIMEOUT_MS),
        maxBytes: request.maxResponseBytes ?? Number.POSITIVE_INFINITY,
        maxItemLength: request.maxItemLength ?? DEFAULT_MAX_ITEM_LENGTH,
      });
    } catch (error) {
      open.scope.abandon();
      throw error;
    }
  }

  page(request: IntegrationRequest, options?: PageOptions): Promise<Page<unknown>>;
  page<Item>(request: IntegrationRequest, options: PageOptions, parseItem: Parse<Item>): Promise<Page<Item>>;
  async page(
    request: IntegrationRequest,
    options: PageOptions = {},
    parseItem?: Parse<unknown>,
  ): Promise<Page<unknown>> {
    const contract = options.pagination ?? this.#settings.transport.pagination;
    if (contract === undefined) {
      throw misconfigured(`Spec "${this.#settings.spec.meta.key}" does not say how its lists go on`, 'pagination');
    }
    const { cursor, pageSize, signal } = options;
    const asked = signal === undefined ? request : { ...request, signal };
    const isLinked = contract.style === 'link' || contract.style === 'next-url';
    const linked = isLinked && cursor !== undefined ? pageFromLink(cursor) : undefined;
    const exchange = await this.#exchange(requestForPage(asked, contract, { cursor, pageSize }), linked);
    const { response, prepared, context, url } = exchange;
    const facts: ResponseFacts = { status: response.status, headers: response.headers, body: response.json() };
    const items = itemsOf(contract, facts.body);
    if (items === undefined) {
      throw malformedResponse(`${prepared.subject}: expected a list at "${contract.items}"`, {
        isRepeatable: prepared.isRepeatable,
        httpStatus: response.status,
        requestId: response.requestId,
      });
    }
    const next = nextCursor(contract, facts, items, cursor);
    const following =
      next !== undefined && isLinked
        ? linkedCursor(next, {
            from: url,
            origin: baseUrlOf(request, context).origin,
            credentials: context.credentials,
            subject: prepared.subject,
          })
        : next;
    const parsed =
      parseItem === undefined ? items : items.map((item) => this.#parse(parseItem, item, response, prepared));
    return {
      items: parsed,
      hasMore: following !== undefined,
      ...(following === undefined ? {} : { nextCursor: following }),
      ...(response.requestId === undefined ? {} : { requestId: response.requestId }),
    };
  }

  paginate(request: IntegrationRequest, options?: PagesOptions<unknown>): PagedItems<unknown>;
  paginate<Item>(request: IntegrationRequest, options: PagesOptions<Item>, parseItem: Parse<Item>): PagedItems<Item>;
  paginate(
    request: IntegrationRequest,
    options: PagesOptions<unknown> = {},
    parseItem: Parse<unknown> = (item) => item,
  ): PagedItems<unknown> {
    const { through = (readPage) => readPage(), pageSize, pagination } = options;
    return paginate((cursor, signal) => {
      const pageOptions: PageOptions = {
        signal,
        ...(cursor === undefined ? {} : { cursor }),
        ...(pageSize === undefined ? {} : { pageSize }),
        ...(pagination === undefined ? {} : { pagination }),
      };
      return through(() => this.page(request, pageOptions, parseItem), cursor);
    }, options);
  }

  /** Makes a request, reads the answer to its end and judges it. */
  async #exchange(request: IntegrationRequest, linked?: LinkedPage) {
    const open = await this.#open(request, linked);
    const { scope, response, head, request: prepared, context, url } = open;
    try {
      const { expect } = request;
      if (expect === undefined && isFailure(response.status)) throw await this.#failure(open);
      const maxBytes = request.maxResponseBytes ?? this.#options.maxResponseBytes ?? DEFAULT_MAX_BYTES;
      const bytes = await this.#read(open, maxBytes);
      const answer = new BufferedResponse(head, bytes, prepared);
      const failures = this.#settings.transport.errors?.failures;
      if (expect !== undefined || failures !== undefined) {
        const facts: ResponseFacts = { status: head.status, headers: head.headers, body: answer.jsonOrNothing() };
        const isFailed =
          expect === undefined
            ? failures?.some((match) => matchesResponse(match, facts)) === true
            : !matchesResponse(expect, facts);
        if (isFailed) throw this.#errorFrom(facts, open);
      }
      return { response: answer, prepared, context, url };
    } finally {
      scope.close();
    }
  }

  /** Sends a request and waits until its answer begins. */
  async #open(request: IntegrationRequest, linked?: LinkedPage): Promise<OpenExchange> {
    const subject = subjectOf(request);
    const signals = [request.signal, this.#options.signal].filter((signal) => signal !== undefined);
    const scope = new ExchangeScope({
      clock: this.#clock,
      signal: signals.length > 1 ? AbortSignal.any(signals) : signals[0],
      timeoutMs: limitOf(request.timeoutMs ?? this.#options.timeoutMs, DEFAULT_TIMEOUT_MS),
      subject,
    });
    try {
      const context = await this.#context(scope, subject);
      const prepared = buildRequest(request, context, linked);
      const startedAt = this.#clock.monotonicMs();
      const { response, url } = await send(prepared, {
        fetch: this.#options.fetch ?? platformFetch,
        network: context.network,
        maxRedirects: this.#options.maxRedirects ?? DEFAULT_MAX_REDIRECTS,
        scope,
      });
      const head = this.#observe(response, prepared.subject, startedAt);
      return { request: prepared, context, scope, response, head, url };
    } catch (error) {
      scope.abandon();
      throw error;
    }
  }

  async #context(scope: ExchangeScope, subject: string): Promise<RequestContext> {
    const { network = {}, traceparent, tracestate } = this.#options;
    const credentials = await this.#credentials(scope, subject);
    return {
      settings: this.#settings,
      config: this.#config(),
      credentials,
      apiVersion: this.#apiVersion,
      network,
      cache: this.#cache,
      traceparent,
      tracestate,
      nextIdempotencyKey: () => {
        const { idempotencyKey } = this.#options;
        return idempotencyKey === undefined ? undefined : deriveKey(idempotencyKey, (this.#keys += 1));
      },
    };
  }

  async #credentials(scope: ExchangeScope, subject: string): Promise<ClientCredentials> {
    try {
      const made = this.#makeCredentials();
      return made instanceof Promise ? await scope.race(made) : made;
    } catch (error) {
      throw credentialError(scope.explain(error), subject);
    }
  }

  #config(): Readonly<Record<string, unknown>> {
    return { ...this.#settings.configDefaults, ...this.#options.connection?.config };
  }

  #makeCredentials(): ClientCredentials | Promise<ClientCredentials> {
    const { credentials, connection, token, secrets = {} } = this.#options;
    if (credentials !== undefined) return typeof credentials === 'function' ? credentials() : credentials;
    const [first, ...others] = this.#methods;
    if (first === undefined) return NO_CREDENTIALS;
    const method = others.length === 0 ? first : this.#methods;
    const fields = { secrets, config: this.#config() };
    const made = typeof token === 'function' ? token() : (token ?? connection?.oauth2State);
    if (made instanceof Promise) return made.then((ready) => requestCredentials(method, { ...fields, token: ready }));
    return requestCredentials(method, made === undefined ? fields : { ...fields, token: made });
  }

  /** What an answer tells before its body, and who else is to know. */
  #observe(response: Response, subject: string, startedAt: number): ResponseHead {
    const { transport, readings } = this.#settings;
    const nowMs = this.#clock.now().getTime();
    const { headers, status } = response;
    const rateLimits = readRateLimits(headers, readings, nowMs);
    const facts: ResponseFacts = { status, headers, body: undefined };
    const requestId = readRequestId(transport.errors, facts);
    const { onResponse } = this.#options;
    if (onResponse !== undefined) {
      const retryAfterMs = readRetryAfter(facts, { retryAfter: transport.retryAfter, rateLimits, nowMs });
      try {
        onResponse({
          subject,
          status,
          durationMs: this.#clock.monotonicMs() - startedAt,
          rateLimits,
          ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
          ...(requestId === undefined ? {} : { requestId }),
        });
      } catch {
        // Whoever watches has no say in the outcome.
      }
    }
    return { status, headers, rateLimits, ...(requestId === undefined ? {} : { requestId }) };
  }

  async #read({ response, scope, request }: OpenExchange, maxBytes: number): Promise<Uint8Array> {
    try {
      return await readBody(response, { scope, maxBytes, subject: request.subject });
    } catch (error) {
      scope.abandon();
      const reason = scope.explain(error);
      throw IntegrationRequestError.is(reason) ? withOpenOutcome(reason, request) : networkError(reason, request);
    }
  }

  /** The error of an answer with a status that is a failure. Its body is read as far as it is worth it. */
  async #failure(open: OpenExchange): Promise<IntegrationRequestError> {
    let body: unknown;
    try {
      const bytes = await this.#read(open, MAX_ERROR_BYTES);
      body = new BufferedResponse(open.head, bytes, open.request).jsonOrNothing();
    } catch (error) {
      // The status alone says enough, unless the caller left.
      if (IntegrationRequestError.is(error) && error.reason === 'aborted') throw error;
    }
    return this.#errorFrom({ status: open.head.status, headers: open.head.headers, body }, open);
  }

  #errorFrom(facts: ResponseFacts, { head, request, context }: OpenExchange): IntegrationRequestError {
    const { errors, retryAfter } = this.#settings.transport;
    return errorFromResponse(facts, {
      errors,
      retryAfter,
      rateLimits: head.rateLimits,
      subject: request.subject,
      nowMs: this.#clock.now().getTime(),
      redact: (text) => this.#redact(text, context.credentials),
    });
  }

  #parse(parse: Parse<unknown>, value: unknown, response: IntegrationResponse, request: PreparedRequest): unknown {
    try {
      return parse(value);
    } catch (cause) {
      const error = malformedResponse(`${request.subject}: the answer is not of the expected form`, {
        isRepeatable: false,
        httpStatus: response.status,
        requestId: response.requestId,
      });
      throw Object.defineProperty(error, 'cause', { value: cause, configurable: true });
    }
  }

  #redact(text: string, credentials: ClientCredentials): string {
    this.#redactor ??= createRedactor({ secrets: secretsIn(this.#options.secrets ?? {}, credentials) });
    return this.#redactor.text(text);
  }
}

/** Every text that must not appear: the fields of the secret, and the values and parts of values that are sent. */
function* secretsIn(
  secrets: Readonly<Record<string, string | undefined>>,
  credentials: ClientCredentials,
): Generator<string> {
  for (const value of Object.values(secrets)) if (value !== undefined) yield value;
  for (const values of [credentials.headers, credentials.query, credentials.path ?? {}]) {
    for (const value of Object.values(values)) {
      yield value;
      // `Bearer abc` may come back as `abc`.
      const [, bare] = value.split(' ');
      if (bare !== undefined) yield bare;
    }
  }
}

/** Redirects that lead nowhere are failures as well; 304 is what a conditional request hopes for. */
function isFailure(status: number): boolean {
  return status >= 300 && status !== 304;
}

function limitOf(value: number | false | undefined, fallbackMs: number): number {
  return value === false ? Number.POSITIVE_INFINITY : (value ?? fallbackMs);
}
