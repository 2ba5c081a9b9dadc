import type { CallOptions, JsonValue } from '@mortise/core';
import {
  type FeatureFlagContext,
  type FeatureFlagEvaluation,
  type FeatureFlagProvider,
  isSameKind,
} from '../flags/feature-flag-provider.ts';
import type { ServiceLine } from './service-line.ts';

/** A flag of the in-memory service. */
export interface ScriptedFlag {
  /** Off: everybody gets the default of the call. Default true. */
  readonly isActive?: boolean;
  /** Variants with their share in percent, in order; together 100. */
  readonly variants: readonly { readonly name: string; readonly value: JsonValue; readonly percent: number }[];
}

/** Feature flags in memory. Who gets which variant depends on flag and targeting key alone. */
export class InMemoryFeatureFlags implements FeatureFlagProvider {
  readonly #flags: Map<string, ScriptedFlag>;
  readonly #line: ServiceLine;

  constructor(flags: Readonly<Record<string, ScriptedFlag>>, line: ServiceLine) {
    this.#flags = new Map(Object.entries(flags));
    this.#line = line;
  }

  async evaluate<Value extends JsonValue>(
    key: string,
    defaultValue: Value,
    context: FeatureFlagContext = {},
    options?: CallOptions,
  ): Promise<FeatureFlagEvaluation<Value>> {
    try {
      return await this.#line.send(options, () => this.#resolve(key, defaultValue, context));
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : 'The flags could not be reached';
      return { value: defaultValue, reason: 'ERROR', errorCode: 'GENERAL', errorMessage };
    }
  }

  #resolve<Value extends JsonValue>(
    key: string,
    defaultValue: Value,
    { targetingKey }: FeatureFlagContext,
  ): FeatureFlagEvaluation<Value> {
    const flag = this.#flags.get(key);
    if (flag === undefined) return { value: defaultValue, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' };
    if (flag.isActive === false) return { value: defaultValue, reason: 'DISABLED' };
    const isSplit = flag.variants.length > 1;
    if (isSplit && targetingKey === undefined) {
      return { value: defaultValue, reason: 'ERROR', errorCode: 'TARGETING_KEY_MISSING' };
    }
    let rest = isSplit ? percentOf(`${key}/${targetingKey}`) : 0;
    const chosen = flag.variants.find(({ percent }) => (rest -= percent) < 0);
    if (chosen === undefined) return { value: defaultValue, reason: 'DEFAULT' };
    const { value, name } = chosen;
    if (!isSameKind(value, defaultValue)) return { value: defaultValue, reason: 'ERROR', errorCode: 'TYPE_MISMATCH' };
    return { value, variant: name, reason: isSplit ? 'SPLIT' : 'STATIC' };
  }
}

/** From 0 to just under 100, evenly spread, the same for the same text (FNV-1a). */
function percentOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return (hash / 2 ** 32) * 100;
}
