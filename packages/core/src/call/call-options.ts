import type { JsonObject } from './json.ts';

/** Last, optional parameter of every provider method. */
export interface CallOptions {
  /** Aborting ends the call with code `aborted` and closes its connection. */
  readonly signal?: AbortSignal;
  /** Time limit for the whole call; past it the call ends with code `timeout`. */
  readonly timeoutMs?: number;
  /** Same key, same effect: lets the provider drop a repeat. At most 255 characters. */
  readonly idempotencyKey?: string;
  /** Headers added to the provider's own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Settings that only one provider knows, under that provider's key. */
  readonly providerOptions?: Readonly<Record<string, JsonObject>>;
  /** W3C trace context header to send along. */
  readonly traceparent?: string;
}

/** Something that the caller asked for and did not get in full. */
export interface IntegrationWarning {
  readonly type: 'unsupported' | 'compatibility' | 'deprecated' | 'truncated' | 'other';
  /** Input field that the warning is about. */
  readonly field?: string;
  readonly message: string;
}

/** What every result may carry beside its data. */
export interface ResultMeta {
  /** The provider's id of the request, for its support desk. */
  readonly requestId?: string;
  readonly providerMetadata?: Readonly<Record<string, JsonObject>>;
  readonly warnings?: readonly IntegrationWarning[];
  /** Untouched answer of the provider, only where it was asked for. Never goes to telemetry. */
  readonly raw?: unknown;
}
