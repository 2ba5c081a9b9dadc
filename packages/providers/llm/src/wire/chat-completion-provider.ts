import { type CallOptions, IntegrationError, type Page, type Sleep } from '@mortise/core';
import { type CallScope, openCallScope } from '../call/call-scope.ts';
import type { LLMListModelsOptions, LLMProvider, TokenCountResult } from '../llm-provider.ts';
import type { LLMCapabilities } from '../model/capabilities.ts';
import type { LLMChatOptions } from '../model/chat-options.ts';
import type { LLMMessage } from '../model/message.ts';
import type { LLMModelInfo } from '../model/model-listing.ts';
import type { LLMResponse } from '../model/response.ts';
import { chunksFromParts } from '../stream/chunks-from-parts.ts';
import { iterateOnce } from '../stream/iterate-once.ts';
import type { LLMStreamChunk } from '../stream/stream-chunk.ts';
import type { LLMStreamPart } from '../stream/stream-part.ts';
import { toChatCompletionRequest } from './chat-completion-request.ts';
import { fromChatCompletionResponse } from './chat-completion-response.ts';
import { decodeChatCompletionStream } from './chat-completion-stream.ts';
import { type ChatCompletionDialect, OPENAI_DIALECT } from './dialect.ts';
import { errorFromAnswer, requestIdOf } from './error-from-wire.ts';
import { loadFileStreams } from './load-file-streams.ts';
import { modelsFromWire } from './models-from-wire.ts';

export interface ChatCompletionProviderOptions {
  /** Address below which `chat/completions` and `models` lie, version included: `https://api.mistral.ai/v1`. */
  readonly baseUrl: string;
  /** Model for calls that name none. */
  readonly model: string;
  /** Headers of every request, the credential among them; a function is asked anew for each. */
  readonly headers: Readonly<Record<string, string>> | (() => Promise<Readonly<Record<string, string>>>);
  /** Default OpenAI's. */
  readonly dialect?: ChatCompletionDialect;
  /** Default the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** Epoch milliseconds, to read a `Retry-After` date. Default `Date.now`. */
  readonly now?: () => number;
  /** Waits for time limits. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

const CAPABILITIES: LLMCapabilities = Object.freeze({
  methods: Object.freeze({ stream: 'emulated', streamParts: 'native', listModels: 'native', countTokens: 'none' }),
  features: Object.freeze(['tools', 'tool-choice', 'json', 'json-schema', 'files', 'usage'] as const),
});

/**
 * A provider for any service that speaks the chat-completions format over HTTP. One request per call and no retry:
 * that is the call guard's work.
 */
export function createChatCompletionProvider(options: ChatCompletionProviderOptions): LLMProvider {
  return new ChatCompletionProvider(options);
}

class ChatCompletionProvider implements LLMProvider {
  readonly capabilities: LLMCapabilities;
  readonly #options: ChatCompletionProviderOptions;
  readonly #dialect: ChatCompletionDialect;
  readonly #closing = new AbortController();

  constructor(options: ChatCompletionProviderOptions) {
    this.#options = options;
    this.#dialect = options.dialect ?? OPENAI_DIALECT;
    this.capabilities =
      this.#dialect.reasoningInput === undefined
        ? CAPABILITIES
        : { ...CAPABILITIES, features: [...CAPABILITIES.features, 'reasoning'] };
  }

  async chat(messages: readonly LLMMessage[], options: LLMChatOptions = {}): Promise<LLMResponse> {
    const scope = this.#open(options);
    try {
      const { answer, warnings } = await this.#post(messages, options, scope, false);
      const body: unknown = await readJson(answer);
      const requestId = requestIdOf(answer.headers);
      return await fromChatCompletionResponse(body, {
        ...answerOptions(options),
        warnings,
        ...(requestId === undefined ? {} : { requestId }),
      });
    } catch (error) {
      throw scope.explain(error);
    } finally {
      scope.close();
    }
  }

  stream(messages: readonly LLMMessage[], options: LLMChatOptions = {}): AsyncIterable<LLMStreamChunk> {
    return chunksFromParts(this.streamParts(messages, options));
  }

  streamParts(messages: readonly LLMMessage[], options: LLMChatOptions = {}): AsyncIterable<LLMStreamPart> {
    return iterateOnce(() => this.#streamParts(messages, options));
  }

  countTokens(): Promise<TokenCountResult> {
    return Promise.reject(
      new IntegrationError({ code: 'unsupported', message: 'The chat-completions format has no way to count tokens' }),
    );
  }

  async listModels(options: LLMListModelsOptions = {}): Promise<Page<LLMModelInfo>> {
    if (options.cursor !== undefined) {
      throw new IntegrationError({
        code: 'invalid_request',
        field: 'cursor',
        message: 'cursor: the model list comes in one page, so no cursor was ever given out',
      });
    }
    const scope = this.#open(options);
    try {
      const answer = await this.#send('models', { method: 'GET' }, options, scope);
      return { items: modelsFromWire(await readJson(answer)), hasMore: false };
    } catch (error) {
      throw scope.explain(error);
    } finally {
      scope.close();
    }
  }

  close(): Promise<void> {
    this.#closing.abort();
    return Promise.resolve();
  }

  async *#streamParts(messages: readonly LLMMessage[], options: LLMChatOptions): AsyncGenerator<LLMStreamPart, void> {
    const scope = this.#open(options);
    try {
      const { answer, warnings } = await this.#post(messages, options, scope, true);
      if (answer.body === null || !isType(answer, 'text/event-stream'))
        throw notWhatWasAsked('an event stream', answer);
      const requestId = requestIdOf(answer.headers);
      const context = { ...answerOptions(options), warnings, ...(requestId === undefined ? {} : { requestId }) };
      for await (const part of decodeChatCompletionStream(answer.body, context)) {
        scope.throwIfEnded();
        yield part;
        scope.throwIfEnded();
      }
    } catch (error) {
      throw scope.explain(error);
    } finally {
      scope.close();
    }
  }

  async #post(messages: readonly LLMMessage[], options: LLMChatOptions, scope: CallScope, stream: boolean) {
    const { model } = this.#options;
    const settings = { dialect: this.#dialect, model, stream };
    const { body, warnings } = toChatCompletionRequest(await loadFileStreams(messages), options, settings);
    const answer = await this.#send('chat/completions', { method: 'POST', body: JSON.stringify(body) }, options, scope);
    return { answer, warnings };
  }

  async #send(path: string, init: RequestInit, options: CallOptions, scope: CallScope): Promise<Response> {
    const { headers, fetch: send = fetch, baseUrl, now = Date.now } = this.#options;
    const own = typeof headers === 'function' ? await headers() : headers;
    scope.throwIfEnded();
    let answer: Response;
    try {
      answer = await send(`${baseUrl.replace(/\/+$/, '')}/${path}`, {
        ...init,
        // Not followed: a redirect would carry the credential to wherever it points.
        redirect: 'manual',
        headers: this.#headers(own, options, init.body !== undefined),
        signal: scope.signal,
      });
    } catch (cause) {
      throw unreachable(cause);
    }
    if (answer.ok) return answer;
    const body = await answer.text().catch(() => '');
    throw errorFromAnswer({ status: answer.status, headers: answer.headers, body }, now());
  }

  #headers(own: Readonly<Record<string, string>>, options: CallOptions, hasBody: boolean): Headers {
    const headers = new Headers(own);
    if (hasBody) headers.set('content-type', 'application/json');
    if (options.traceparent !== undefined) headers.set('traceparent', options.traceparent);
    const { idempotencyHeader } = this.#dialect;
    if (options.idempotencyKey !== undefined && idempotencyHeader !== undefined) {
      headers.set(idempotencyHeader, options.idempotencyKey);
    }
    for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
    return headers;
  }

  #open(options: CallOptions): CallScope {
    if (this.#closing.signal.aborted) {
      throw new IntegrationError({ code: 'invalid_request', message: 'The provider is closed; create another' });
    }
    const { signal } = options;
    const either = signal === undefined ? this.#closing.signal : AbortSignal.any([signal, this.#closing.signal]);
    return openCallScope({ ...options, signal: either }, this.#options.sleep);
  }
}

function answerOptions({
  responseFormat,
  includeRaw,
}: LLMChatOptions): Pick<LLMChatOptions, 'responseFormat' | 'includeRaw'> {
  return {
    ...(responseFormat === undefined ? {} : { responseFormat }),
    ...(includeRaw === undefined ? {} : { includeRaw }),
  };
}

async function readJson(answer: Response): Promise<unknown> {
  let text: string;
  try {
    text = await answer.text();
  } catch (cause) {
    throw unreachable(cause);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw notWhatWasAsked('JSON', answer);
  }
}

function isType(answer: Response, type: string): boolean {
  return answer.headers.get('content-type')?.toLowerCase().startsWith(type) === true;
}

function notWhatWasAsked(expected: string, answer: Response): IntegrationError {
  return new IntegrationError({
    code: 'provider_error',
    retry: 'transient',
    httpStatus: answer.status,
    message: `Expected ${expected} from the provider, got something else with status ${answer.status}`,
  });
}

function unreachable(cause: unknown): IntegrationError {
  return new IntegrationError({
    code: 'unavailable',
    retry: 'transient',
    message: 'The provider could not be reached, or the connection broke before the answer was complete',
    cause,
  });
}
