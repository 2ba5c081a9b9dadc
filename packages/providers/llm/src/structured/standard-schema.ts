/**
 * The part of Standard Schema (and Standard JSON Schema) that is read here, so that a Zod, Valibot or ArkType schema
 * can be given without depending on any of them.
 *
 * @see https://standardschema.dev (interface `StandardSchemaV1` and `StandardJSONSchemaV1`)
 */
export interface StandardSchemaLike<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardSchemaResult<Output> | Promise<StandardSchemaResult<Output>>;
    /** Absent in libraries that cannot give a JSON Schema. */
    readonly jsonSchema?: {
      readonly input: (options: { readonly target: 'draft-2020-12' }) => Record<string, unknown>;
    };
  };
}

/** Outcome of a validation: the value, possibly transformed, or what is wrong with it. */
export type StandardSchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[];
    };
