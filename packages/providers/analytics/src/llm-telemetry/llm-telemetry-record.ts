/** What a model, or what serves it, was asked to do. */
export type LLMTelemetryOperation =
  | 'chat'
  | 'embeddings'
  | 'rerank'
  | 'execute_tool'
  | 'retrieval'
  | 'invoke_agent'
  | 'image'
  | 'speech'
  | 'transcription';

/** One call, without content: it holds nothing that was asked or answered. An unknown fact is absent, never 0. */
export interface LLMTelemetryRecord {
  readonly operation: LLMTelemetryOperation;
  readonly provider: string;
  readonly requestModel: string;
  readonly responseModel?: string;
  readonly responseId?: string;
  readonly sessionId?: string;
  readonly traceId: string;
  readonly spanId: string;
  /** The span that this one belongs to. */
  readonly parentId?: string;
  /** Input tokens include cached ones, output tokens include reasoning. */
  readonly usage?: {
    readonly inputTokens?: number;
    readonly outputTokens?: number;
    readonly cacheReadTokens?: number;
    readonly cacheWriteTokens?: number;
    readonly reasoningTokens?: number;
  };
  readonly costUsd?: { readonly input?: number; readonly output?: number; readonly total: number };
  readonly latencyMs: number;
  readonly timeToFirstChunkMs?: number;
  readonly stream?: boolean;
  readonly finishReasons?: readonly string[];
  readonly error?: { readonly type: string; readonly httpStatus?: number; readonly retryable?: boolean };
  readonly temperature?: number;
  readonly maxOutputTokens?: number;
  readonly toolName?: string;
  readonly tenantId?: string;
  readonly connectionId?: string;
  /** 1 for the first try. */
  readonly attempt?: number;
}
