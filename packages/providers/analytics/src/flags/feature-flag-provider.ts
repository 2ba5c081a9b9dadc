import type { CallOptions, JsonValue } from '@mortise/core';

/** For whom a flag is evaluated. */
export interface FeatureFlagContext {
  /** Whom it is about: a user, a tenant. The same key always gives the same variant. */
  readonly targetingKey?: string;
  /** What rules may look at. */
  readonly attributes?: Readonly<Record<string, JsonValue>>;
}

/** Why a value was chosen, in the words of OpenFeature. */
export type FeatureFlagReason =
  | 'STATIC'
  | 'DEFAULT'
  | 'TARGETING_MATCH'
  | 'SPLIT'
  | 'CACHED'
  | 'DISABLED'
  | 'UNKNOWN'
  | 'STALE'
  | 'ERROR';

/** Why the default was used, in the words of OpenFeature. */
export type FeatureFlagErrorCode =
  | 'PROVIDER_NOT_READY'
  | 'FLAG_NOT_FOUND'
  | 'PARSE_ERROR'
  | 'TYPE_MISMATCH'
  | 'TARGETING_KEY_MISSING'
  | 'INVALID_CONTEXT'
  | 'PROVIDER_FATAL'
  | 'GENERAL';

/** The value of a flag for somebody, and how it came about. */
export interface FeatureFlagEvaluation<Value extends JsonValue = JsonValue> {
  readonly value: Value;
  readonly variant?: string;
  readonly reason: FeatureFlagReason;
  /** There exactly when `reason` is `ERROR`. */
  readonly errorCode?: FeatureFlagErrorCode;
  /** For people. */
  readonly errorMessage?: string;
  readonly metadata?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Feature flags. An evaluation never rejects: whatever goes wrong, it gives the default with `reason` `ERROR` and a code, since
 * an application must go on.
 *
 * @see https://openfeature.dev/specification/types (resolution details)
 */
export interface FeatureFlagProvider {
  /** The flag's value; the default also where its type is another than that of the default. */
  evaluate<Value extends JsonValue>(
    key: string,
    defaultValue: Value,
    context?: FeatureFlagContext,
    options?: CallOptions,
  ): Promise<FeatureFlagEvaluation<Value>>;
  /** Every flag by key. */
  evaluateAll?(
    context?: FeatureFlagContext,
    options?: CallOptions,
  ): Promise<Readonly<Record<string, FeatureFlagEvaluation>>>;
  /** Makes ready, such as by loading rules. */
  initialize?(options?: CallOptions): Promise<void>;
  /** Told of the keys that changed. @returns Stops telling. */
  onChange?(listener: (keys: readonly string[]) => void): () => void;
  /** Reports that something happened that a flag is measured by. */
  track?(event: string, context?: FeatureFlagContext, details?: Readonly<Record<string, JsonValue>>): void;
  close?(): Promise<void>;
}

/** Whether two values are of one kind: boolean, number, text, list, object or null. */
export function isSameKind<Value extends JsonValue>(value: JsonValue, like: Value): value is Value {
  return kindOf(value) === kindOf(like);
}

function kindOf(value: JsonValue): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}
