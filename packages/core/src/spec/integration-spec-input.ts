import type { InferRecord } from '../schema/infer-schema.ts';
import type { IntegrationCapabilityMapping, IntegrationMeta, IntegrationSpec } from './integration-spec.ts';

/** `IntegrationMeta` as an author may write it. */
export interface IntegrationMetaInput extends Omit<IntegrationMeta, 'version' | 'description' | 'stability'> {
  /** Semver text, or a whole number: `1` becomes `'1'`. */
  readonly version: string | number;
  /** Default: the title, else the key. */
  readonly description?: string;
  /** Default `'stable'`. */
  readonly stability?: IntegrationMeta['stability'];
}

/** A provided capability as an author may write it. */
export interface CapabilityRefInput {
  readonly key: string;
  /** Default `DEFAULT_CAPABILITY_VERSION`. */
  readonly version?: string | number;
}

export interface IntegrationCapabilityMappingInput extends Omit<IntegrationCapabilityMapping, 'provides'> {
  readonly provides: readonly CapabilityRefInput[];
}

/** Config type that a schema stands for. */
export type ConfigFromSchema<Schema> = InferRecord<Schema, Record<string, unknown>>;

/** Secret type that a schema stands for. */
export type SecretsFromSchema<Schema> = InferRecord<Schema, Record<string, string>>;

/** A spec as an author writes it for `defineIntegration`. Every complete `IntegrationSpec` is one, too. */
export interface IntegrationSpecInput<ConfigSchema = unknown, SecretSchema = unknown> extends Omit<
  IntegrationSpec,
  'meta' | 'capabilities' | 'configSchema' | 'secretSchema'
> {
  readonly meta: IntegrationMetaInput;
  readonly capabilities: IntegrationCapabilityMappingInput;
  readonly configSchema: {
    /** JSON Schema (draft 2020-12), written by hand or with TypeBox. */
    readonly schema: ConfigSchema;
    readonly example?: NoInfer<Readonly<ConfigFromSchema<ConfigSchema>>>;
  };
  readonly secretSchema: {
    /** JSON Schema (draft 2020-12), written by hand or with TypeBox. */
    readonly schema: SecretSchema;
    /** Made-up values of the right form. */
    readonly example?: NoInfer<Readonly<InferRecord<SecretSchema, Record<string, unknown>>>>;
  };
}
