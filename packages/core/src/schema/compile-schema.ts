import { valueAt } from './json-pointer.ts';
import { ARRAY_KEYWORDS } from './keywords/array-keywords.ts';
import { COMPOSITE_KEYWORDS } from './keywords/composite-keywords.ts';
import { OBJECT_KEYWORDS } from './keywords/object-keywords.ts';
import { SCALAR_KEYWORDS } from './keywords/scalar-keywords.ts';
import { TEXT_KEYWORDS } from './keywords/text-keywords.ts';
import {
  assertion,
  type CompileContext,
  conjunction,
  type KeywordMaker,
  type Validator,
} from './keywords/validator.ts';
import { isRecord } from './record.ts';
import { UnusableSchemaError } from './unusable-schema-error.ts';

const KEYWORDS: Readonly<Record<string, KeywordMaker>> = {
  ...SCALAR_KEYWORDS,
  ...TEXT_KEYWORDS,
  ...ARRAY_KEYWORDS,
  ...OBJECT_KEYWORDS,
  ...COMPOSITE_KEYWORDS,
};

/** Keywords that change which values fit and are not understood: a schema with one of them must not be guessed at. */
export const UNSUPPORTED_KEYWORDS: readonly string[] = ['$dynamicRef', '$recursiveRef', 'unevaluatedItems'];

/** References may form a circle that consumes nothing of the value, or the value itself may be one. */
const MAX_DEPTH = 200;

const FITS: Validator = () => true;
const REFUSES: Validator = assertion(
  'boolean',
  () => false,
  () => 'nothing is allowed here',
);

/**
 * Makes a schema (draft 2020-12) ready for repeated use, as plain functions and without `eval`.
 *
 * @throws {UnusableSchemaError} The schema cannot be evaluated. The validators throw it at a reference that leads nowhere
 * or in a circle.
 */
export function compileSchema(root: unknown): Validator {
  const compiled = new Map<unknown, Validator>();
  let depth = 0;
  const nested = <Result>(run: () => Result): Result => {
    if (depth >= MAX_DEPTH)
      throw new UnusableSchemaError('its references form a circle, or the value is nested too deep');
    depth++;
    try {
      return run();
    } finally {
      depth--;
    }
  };
  const context: CompileContext = {
    compile(schema) {
      if (typeof schema === 'boolean') return schema ? FITS : REFUSES;
      if (!isRecord(schema)) throw new UnusableSchemaError('a part of it is neither an object nor a boolean');
      const known = compiled.get(schema);
      if (known !== undefined) return known;
      const validator = compileKeywords(schema, context);
      compiled.set(schema, validator);
      return validator;
    },
    schemaAt: (reference) => findTarget(root, reference),
    resolve(reference) {
      // Later, because a schema may refer to itself.
      let target: Validator | undefined;
      return (value, trace) =>
        nested(() => {
          target ??= context.compile(findTarget(root, reference));
          return target(value, trace);
        });
    },
  };
  return context.compile(root);
}

function compileKeywords(schema: Readonly<Record<string, unknown>>, context: CompileContext): Validator {
  const unsupported = UNSUPPORTED_KEYWORDS.find((keyword) => keyword in schema);
  if (unsupported !== undefined) throw new UnusableSchemaError(`"${unsupported}" is not supported`);
  const validators = Reflect.ownKeys(schema).flatMap((name) => {
    if (typeof name !== 'string' || !Object.hasOwn(KEYWORDS, name)) return [];
    return KEYWORDS[name]?.(schema[name], { name, schema, context }) ?? [];
  });
  return conjunction(validators);
}

/** What a reference leads to: a pointer within the schema, or a part that names itself so. */
function findTarget(root: unknown, reference: string): unknown {
  const target = reference.startsWith('#') ? findFragment(root, reference.slice(1)) : findNamed(root, '$id', reference);
  if (target === undefined) throw new UnusableSchemaError('a reference leads nowhere within it');
  return target;
}

function findFragment(root: unknown, fragment: string): unknown {
  if (fragment === '' || fragment.startsWith('/')) return valueAt(root, decodeURIComponent(fragment));
  return findNamed(root, '$anchor', fragment);
}

function findNamed(schema: unknown, keyword: '$id' | '$anchor', name: string): unknown {
  if (Array.isArray(schema))
    return schema.map((part) => findNamed(part, keyword, name)).find((part) => part !== undefined);
  if (!isRecord(schema)) return undefined;
  if (schema[keyword] === name) return schema;
  return findNamed(Object.values(schema), keyword, name);
}
