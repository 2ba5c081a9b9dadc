/**
 * What vendors of the chat-completions format do differently, as data: an adapter for one more vendor is one more
 * record.
 */
export interface ChatCompletionDialect {
  /** Key under which `providerOptions` are merged into the request body. */
  readonly providerKey: string;
  /** Request field that limits the answer. */
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
  /** Request field for repeatable sampling. Absent: not supported. */
  readonly seedField?: 'seed' | 'random_seed';
  /** Word for "call some tool". */
  readonly requiredToolChoice: 'required' | 'any';
  /** Request field for the end user's id. Absent: not supported. */
  readonly userField?: string;
  /** Whether `top_k` is a request field. */
  readonly hasTopK: boolean;
  /** Values of `reasoning_effort`. Absent: no such field. */
  readonly reasoningEfforts?: readonly string[];
  /** How reasoning is sent back. Absent: it cannot be. */
  readonly reasoningInput?: 'thinking-part' | 'reasoning_content';
  /** Whether `stream_options.include_usage` must be set to be told the usage of a stream. */
  readonly asksForStreamUsage: boolean;
  /** Whether messages of every role may carry `name`. */
  readonly hasAuthorName: boolean;
  /** Whether an assistant message may carry a `refusal` part. */
  readonly hasRefusalPart: boolean;
  /** How documents are handed over. */
  readonly documentPart: 'file' | 'document_url';
  /** Whether audio is an object with a format, or the bare base64 text. */
  readonly audioPart: 'object' | 'base64';
  /** Header that makes a repeat harmless. Absent: the vendor has none. */
  readonly idempotencyHeader?: string;
}

/**
 * OpenAI's own form.
 *
 * @see https://developers.openai.com/api/reference/resources/chat (Create chat completion)
 */
export const OPENAI_DIALECT: ChatCompletionDialect = Object.freeze({
  providerKey: 'openai',
  maxTokensField: 'max_completion_tokens',
  seedField: 'seed',
  requiredToolChoice: 'required',
  userField: 'safety_identifier',
  hasTopK: false,
  reasoningEfforts: Object.freeze(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']),
  asksForStreamUsage: true,
  hasAuthorName: true,
  hasRefusalPart: true,
  documentPart: 'file',
  audioPart: 'object',
});

/**
 * Mistral's form.
 *
 * @see https://docs.mistral.ai/api (Chat completion)
 */
export const MISTRAL_DIALECT: ChatCompletionDialect = Object.freeze({
  providerKey: 'mistral',
  maxTokensField: 'max_tokens',
  seedField: 'random_seed',
  requiredToolChoice: 'any',
  hasTopK: false,
  reasoningInput: 'thinking-part',
  asksForStreamUsage: false,
  hasAuthorName: false,
  hasRefusalPart: false,
  documentPart: 'document_url',
  audioPart: 'base64',
});
