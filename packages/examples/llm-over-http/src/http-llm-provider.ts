import { IntegrationError, type Page, type Sleep } from '@mortise/core';
import type { IntegrationRequest, ResponseHead } from '@mortise/http';
import {
  type CallScope,
  chunksFromParts,
  iterateOnce,
  type LLMCapabilities,
  type LLMChatOptions,
  type LLMListModelsOptions,
  type LLMMessage,
  type LLMModelInfo,
  type LLMProvider,
  type LLMResponse,
  type LLMStreamChunk,
  type LLMStreamPart,
  openCallScope,
  type TokenCountResult,
} from '@mortise/provider-llm';
import {
  type ChatCompletionAnswerContext,
  decodeChatCompletionStream,
  fromChatCompletionResponse,
  loadFileStreams,
  toChatCompletionRequest,
} from '@mortise/provider-llm/wire';
import { type ConnectedVendor, withoutEffect } from './connected-vendor.ts';
import { readableFrom } from './readable-from.ts';

export interface HttpLLMProviderOptions {
  /** Model of calls that name none. Default the connection's. */
  readonly model?: string;
  /** Waits for time limits. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

/** A language model of a vendor that speaks chat completions: the spec says where and how, the wire what. */
export class HttpLLMProvider implements LLMProvider {
  readonly capabilities: LLMCapabilities;
  readonly #connected: ConnectedVendor;
  readonly #model: string;
  readonly #sleep: Sleep | undefined;
  readonly #closing = new AbortController();

  /** @throws {IntegrationError} `invalid_request`: neither the options nor the configuration name a model. */
  constructor(connected: ConnectedVendor, { model, sleep }: HttpLLMProviderOptions = {}) {
    const chosen = model ?? connected.config['model'];
    if (typeof chosen !== 'string') {
      throw new IntegrationError({ code: 'invalid_request', field: 'model', message: 'model: expected a name' });
    }
    this.#connected = connected;
    this.#model = chosen;
    this.#sleep = sleep;
    const takesReasoning = connected.vendor.dialect.reasoningInput !== undefined;
    this.capabilities = {
      methods: { stream: 'emulated', streamParts: 'native', listModels: 'native', countTokens: 'none', batch: 'none' },
      features: [
        'tools',
        'tool-choice',
        'json',
        'json-schema',
        'files',
        'usage',
        ...(takesReasoning ? (['reasoning'] as const) : []),
      ],
    };
  }

  async chat(messages: readonly LLMMessage[], options: LLMChatOptions = {}): Promise<LLMResponse> {
    const scope = this.#open(options);
    try {
      const { request, context } = await this.#prepare(messages, options, { scope, stream: false });
      const response = await this.#connected.client.request(request);
      const { requestId } = response;
      return await fromChatCompletionResponse(response.json(), {
        ...context,
        ...(requestId === undefined ? {} : { requestId }),
      });
    } catch (error) {
      throw scope.explain(withoutEffect(error));
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
      new IntegrationError({ code: 'unsupported', message: 'Chat completions have no way to count tokens' }),
    );
  }

  async listModels(options: LLMListModelsOptions = {}): Promise<Page<LLMModelInfo>> {
    const scope = this.#open(options);
    try {
      const { client, at } = this.#connected;
      const items = await client.json({ ...at('/models'), ...this.#extras(options, scope) }, modelIds);
      return { items, hasMore: false };
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
      const { request, context } = await this.#prepare(messages, options, { scope, stream: true });
      const answer = await this.#connected.client.stream({ ...request, idleTimeoutMs: false });
      try {
        checkEventStream(answer);
        const { requestId } = answer;
        const told = { ...context, ...(requestId === undefined ? {} : { requestId }) };
        for await (const part of decodeChatCompletionStream(readableFrom(answer.chunks()), told)) {
          scope.throwIfEnded();
          yield part;
          scope.throwIfEnded();
        }
      } finally {
        await answer.cancel();
      }
    } catch (error) {
      throw scope.explain(withoutEffect(error));
    } finally {
      scope.close();
    }
  }

  async #prepare(
    messages: readonly LLMMessage[],
    options: LLMChatOptions,
    { scope, stream }: { readonly scope: CallScope; readonly stream: boolean },
  ): Promise<{ request: IntegrationRequest; context: ChatCompletionAnswerContext }> {
    const { at, vendor } = this.#connected;
    const settings = { dialect: vendor.dialect, model: this.#model, stream };
    const { body, warnings } = toChatCompletionRequest(await loadFileStreams(messages), options, settings);
    scope.throwIfEnded();
    const { responseFormat, includeRaw } = options;
    return {
      request: { ...at('/chat/completions'), method: 'POST', json: body, ...this.#extras(options, scope) },
      context: {
        warnings,
        ...(responseFormat === undefined ? {} : { responseFormat }),
        ...(includeRaw === undefined ? {} : { includeRaw }),
      },
    };
  }

  /** What every request carries. */
  #extras({ headers, traceparent }: LLMListModelsOptions, { signal }: CallScope): IntegrationRequest {
    const { vendor, config } = this.#connected;
    return {
      signal,
      headers: { ...vendor.headersOf(config), ...headers },
      ...(traceparent === undefined ? {} : { traceparent }),
    };
  }

  #open(options: LLMListModelsOptions): CallScope {
    if (this.#closing.signal.aborted) {
      throw new IntegrationError({ code: 'invalid_request', message: 'The provider is closed; create another' });
    }
    if (options.cursor !== undefined) {
      throw new IntegrationError({
        code: 'invalid_request',
        field: 'cursor',
        message: 'cursor: the list of models comes in one page, so no cursor was ever given out',
      });
    }
    const { signal } = options;
    const either = signal === undefined ? this.#closing.signal : AbortSignal.any([signal, this.#closing.signal]);
    return openCallScope({ ...options, signal: either }, this.#sleep);
  }
}

function checkEventStream({ headers, status }: ResponseHead): void {
  if (headers.get('content-type')?.toLowerCase().startsWith('text/event-stream') === true) return;
  throw new IntegrationError({
    code: 'provider_error',
    retry: 'transient',
    httpStatus: status,
    message: 'Expected an event stream from the provider, got something else',
  });
}

function modelIds(body: unknown): LLMModelInfo[] {
  const list: unknown = Object(body).data;
  if (!Array.isArray(list)) {
    throw new IntegrationError({ code: 'provider_error', message: 'Expected a list of models, got something else' });
  }
  return list.flatMap((model: unknown) => {
    const id: unknown = Object(model).id;
    return typeof id === 'string' && id !== '' ? [{ id }] : [];
  });
}
