import type { Static, TSchema } from 'typebox';
import type { XStatic } from 'typebox/schema';

type IsAny<Type> = 0 extends 1 & Type ? true : false;

/** Keys of every member of a union, not just the common ones. */
type KeyOfEach<Type> = Type extends Type ? keyof Type : never;

/** Type of the values that a schema accepts: a TypeBox schema, or a JSON Schema literal whose type is still literal. */
export type InferSchema<Schema> =
  IsAny<Schema> extends true
    ? unknown
    : Schema extends { readonly '~kind': string } & TSchema
      ? Static<Schema>
      : Schema extends object | boolean
        ? XStatic<Schema>
        : unknown;

/** `InferSchema`, or the fallback where the schema names no field: `{ type: 'object' }`, `unknown` and the like. */
export type InferRecord<Schema, Fallback> =
  IsAny<InferSchema<Schema>> extends true
    ? Fallback
    : [KeyOfEach<InferSchema<Schema>>] extends [never]
      ? Fallback
      : InferSchema<Schema> extends object
        ? InferSchema<Schema>
        : Fallback;
