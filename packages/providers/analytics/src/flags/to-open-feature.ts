import type { JsonValue } from '@mortise/core';
import type { FeatureFlagContext, FeatureFlagEvaluation, FeatureFlagProvider } from './feature-flag-provider.ts';

/** OpenFeature's evaluation context, as far as it is read. */
export interface OpenFeatureContext {
  readonly targetingKey?: string;
  readonly [attribute: string]: unknown;
}

/** OpenFeature's resolution details. */
export interface OpenFeatureResolution<Value> {
  value: Value;
  variant?: string;
  reason?: string;
  errorCode?: string;
  errorMessage?: string;
  flagMetadata?: Record<string, string | number | boolean>;
}

/** What `@openfeature/server-sdk` takes for a provider; written out here, so that the SDK need not be installed. */
export interface OpenFeatureProvider {
  readonly metadata: { readonly name: string };
  readonly runsOn: 'server';
  initialize(): Promise<void>;
  onClose(): Promise<void>;
  resolveBooleanEvaluation(
    flagKey: string,
    defaultValue: boolean,
    context: OpenFeatureContext,
  ): Promise<OpenFeatureResolution<boolean>>;
  resolveStringEvaluation(
    flagKey: string,
    defaultValue: string,
    context: OpenFeatureContext,
  ): Promise<OpenFeatureResolution<string>>;
  resolveNumberEvaluation(
    flagKey: string,
    defaultValue: number,
    context: OpenFeatureContext,
  ): Promise<OpenFeatureResolution<number>>;
  resolveObjectEvaluation<Value extends JsonValue>(
    flagKey: string,
    defaultValue: Value,
    context: OpenFeatureContext,
  ): Promise<OpenFeatureResolution<Value>>;
}

/** A flag provider of ours for OpenFeature's server SDK. Attributes that are no JSON are left out. */
export function toOpenFeature(provider: FeatureFlagProvider, name: string): OpenFeatureProvider {
  const resolve = async <Value extends JsonValue>(
    flagKey: string,
    defaultValue: Value,
    context: OpenFeatureContext,
  ): Promise<OpenFeatureResolution<Value>> =>
    toResolution(await provider.evaluate(flagKey, defaultValue, toContext(context)));
  return {
    metadata: { name },
    runsOn: 'server',
    initialize: async () => provider.initialize?.(),
    onClose: async () => provider.close?.(),
    resolveBooleanEvaluation: (key, defaultValue, context) => resolve<boolean>(key, defaultValue, context),
    resolveStringEvaluation: (key, defaultValue, context) => resolve<string>(key, defaultValue, context),
    resolveNumberEvaluation: (key, defaultValue, context) => resolve<number>(key, defaultValue, context),
    resolveObjectEvaluation: resolve,
  };
}

function toResolution<Value extends JsonValue>(evaluation: FeatureFlagEvaluation<Value>): OpenFeatureResolution<Value> {
  const { metadata, ...rest } = evaluation;
  return { ...rest, ...(metadata === undefined ? {} : { flagMetadata: { ...metadata } }) };
}

function toContext({ targetingKey, ...attributes }: OpenFeatureContext): FeatureFlagContext {
  const plain: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value instanceof Date) plain[name] = value.toISOString();
    else if (isJson(value)) plain[name] = value;
  }
  return { ...(targetingKey === undefined ? {} : { targetingKey }), attributes: plain };
}

function isJson(value: unknown): value is JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return (
    typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJson)
  );
}
