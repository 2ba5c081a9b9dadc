import { IntegrationError, type IntegrationWarning, type Page, type Sleep } from '@mortise/core';
import { type CallScope, openCallScope } from '../call/call-scope.ts';
import type { LLMCountTokensOptions, LLMListModelsOptions, LLMProvider, TokenCountResult } from '../llm-provider.ts';
import type { LLMCapabilities, LLMFeature } from '../model/capabilities.ts';
import type { LLMChatOptions } from '../model/chat-options.ts';
import type { LLMMessage } from '../model/message.ts';
import type { LLMModelInfo } from '../model/model-listing.ts';
import type { LLMResponse } from '../model/response.ts';
import { chunksFromParts } from '../stream/chunks-from-parts.ts';
import { collectResponse } from '../stream/collect-response.ts';
import { iterateOnce } from '../stream/iterate-once.ts';
import type { LLMStreamChunk } from '../stream/stream-chunk.ts';
import type { LLMStreamPart } from '../stream/stream-part.ts';
import { observe } from './observe.ts';
import type { LLMObservedRequest } from './observed-request.ts';
import { playAnswer } from './play-answer.ts';
import type { ScriptedAnswer, ScriptedModel } from './scripted-answer.ts';

export interface InMemoryLLMProviderOptions {
  /** What is answered: the same each time, or as a function of the request. */
  readonly model: ScriptedAnswer | ScriptedModel;
  /** Stands for the credential that a real provider would send. */
  readonly credential?: string;
  /** Features that the model has. Default all. */
  readonly features?: readonly LLMFeature[];
  /** What `listModels` gives. Default one model, `in-memory`. */
  readonly models?: readonly LLMModelInfo[];
  /** Waits for time limits. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

const ALL_FEATURES: readonly LLMFeature[] = [
  'tools',
  'tool-choice',
  'json',
  'json-schema',
  'reasoning',
  'files',
  'usage',
];

/** How many characters the estimate takes for a token, a common rule of thumb for English. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * A language model that answers by script, in memory, and keeps every rule of `LLMProvider`: the reference against
 * which the kit itself is tested, and a double for the tests of applications.
 */
export class InMemoryLLMProvider implements LLMProvider {
  readonly capabilities: LLMCapabilities;
  readonly #options: InMemoryLLMProviderOptions;
  readonly #model: ScriptedModel;
  readonly #closing = new AbortController();
  readonly #requests: LLMObservedRequest[] = [];
  #open = 0;

  constructor(options: InMemoryLLMProviderOptions) {
    const { model } = options;
    this.#options = options;
    this.#model = typeof model === 'function' ? model : () => model;
    this.capabilities = {
      methods: {
        stream: 'emulated',
        streamParts: 'native',
        countTokens: 'emulated',
        listModels: 'native',
        batch: 'none',
      },
      features: options.features ?? ALL_FEATURES,
      inputMediaTypes: ['*/*'],
    };
  }

  /** What was asked so far, in order. */
  get requests(): readonly LLMObservedRequest[] {
    return this.#requests;
  }

  /** Calls whose answer is still under way. */
  get openRequests(): number {
    return this.#open;
  }

  async chat(messages: readonly LLMMessage[], options: LLMChatOptions = {}): Promise<LLMResponse> {
    return collectResponse(this.streamParts(messages, options));
  }

  stream(messages: readonly LLMMessage[], options: LLMChatOptions = {}): AsyncIterable<LLMStreamChunk> {
    return chunksFromParts(this.streamParts(messages, options));
  }

  streamParts(messages: readonly LLMMessage[], options: LLMChatOptions = {}): AsyncIterable<LLMStreamPart> {
    return iterateOnce(() => this.#answer(messages, options));
  }

  async countTokens(messages: readonly LLMMessage[], options: LLMCountTokensOptions = {}): Promise<TokenCountResult> {
    this.#openScope(options).close();
    const { text } = observe(messages, options);
    return { promptTokens: Math.ceil(text.length / CHARACTERS_PER_TOKEN), estimated: true };
  }

  async listModels(options: LLMListModelsOptions = {}): Promise<Page<LLMModelInfo>> {
    this.#openScope(options).close();
    if (options.cursor !== undefined) {
      throw new IntegrationError({
        code: 'invalid_request',
        field: 'cursor',
        message: 'cursor: the list comes in one page, so no cursor was ever given out',
      });
    }
    return { items: this.#options.models ?? [{ id: 'in-memory' }], hasMore: false };
  }

  close(): Promise<void> {
    this.#closing.abort();
    return Promise.resolve();
  }

  async *#answer(messages: readonly LLMMessage[], options: LLMChatOptions): AsyncGenerator<LLMStreamPart, void> {
    const scope = this.#openScope(options);
    this.#open += 1;
    try {
      const warnings = this.#refusals(messages, options);
      const request = observe(messages, options, this.#options.credential);
      this.#requests.push(request);
      for await (const part of playAnswer(this.#model(request), { options, warnings, scope })) {
        scope.throwIfEnded();
        yield part;
        scope.throwIfEnded();
      }
    } finally {
      this.#open -= 1;
      scope.close();
    }
  }

  /** A warning for each option that needs a feature which this model lacks. */
  #refusals(messages: readonly LLMMessage[], options: LLMChatOptions): IntegrationWarning[] {
    const { features } = this.capabilities;
    const needs: readonly (readonly [LLMFeature, string, boolean])[] = [
      ['tools', 'tools', (options.tools ?? []).length > 0],
      ['tool-choice', 'toolChoice', options.toolChoice !== undefined],
      ['json', 'responseFormat', options.responseFormat === 'json'],
      ['json-schema', 'responseFormat', typeof options.responseFormat === 'object'],
      ['reasoning', 'reasoning', options.reasoning !== undefined],
      ['files', 'file', messages.some(({ content }) => content.some((part) => part.type === 'file'))],
    ];
    return needs.flatMap(([feature, field, isNeeded]) =>
      isNeeded && !features.includes(feature)
        ? [{ type: 'unsupported' as const, field, message: `This model has no feature "${feature}"` }]
        : [],
    );
  }

  #openScope(options: Pick<LLMChatOptions, 'signal' | 'timeoutMs'>): CallScope {
    if (this.#closing.signal.aborted) {
      throw new IntegrationError({ code: 'invalid_request', message: 'The provider is closed; create another' });
    }
    const { signal } = options;
    const either = signal === undefined ? this.#closing.signal : AbortSignal.any([signal, this.#closing.signal]);
    return openCallScope({ ...options, signal: either }, this.#options.sleep);
  }
}
