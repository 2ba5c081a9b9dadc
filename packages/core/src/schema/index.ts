export type { Static, TSchema } from 'typebox';
export { Type } from 'typebox';
export type { InferSchema } from './infer-schema.ts';
export type { SchemaProblem, ValidationResult } from './validation.ts';
export { validateAgainstSchema } from './validate-against-schema.ts';
export { integrationSpecJsonSchema } from '../spec/spec-json-schema.ts';
