import { TestingError } from '@mortise/testing';

/** A member of the service model that ships in the SDK, read into a form that can be walked. */
export type WireShape =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'timestamp' | 'blob' | 'unit' }
  | { readonly kind: 'list'; readonly item: () => WireShape }
  | { readonly kind: 'map'; readonly value: () => WireShape }
  | {
      readonly kind: 'structure';
      readonly name: string;
      readonly members: ReadonlyMap<string, () => WireShape>;
      readonly required: ReadonlySet<string>;
    };

const SIMPLE = new Map<number, WireShape>([
  [0, { kind: 'string' }],
  [1, { kind: 'number' }],
  [2, { kind: 'boolean' }],
  [4, { kind: 'timestamp' }],
  [7, { kind: 'timestamp' }],
  [21, { kind: 'blob' }],
]);
const LIST_OF = 64;
const MAP_OF = 128;

/**
 * Reads one of the SDK's schema objects: a number for a simple type, a function for one that comes later, a pair of a
 * type and its traits, or an array that begins with the kind of the shape.
 *
 * @throws {TestingError} `SERVER_STATE` for a schema that is not understood: the SDK has changed, and a server that
 *   guesses would prove nothing.
 */
export function readShape(schema: unknown): WireShape {
  if (typeof schema === 'function') return readShape(schema());
  if (schema === 'unit') return { kind: 'unit' };
  if (typeof schema === 'number') return readNumber(schema);
  if (!Array.isArray(schema)) throw notUnderstood(schema);
  const [first, second] = schema;
  // A shape names its namespace second; a member with traits is a pair.
  return typeof second === 'string' ? readNamed(schema) : readShape(first);
}

function readNumber(schema: number): WireShape {
  const simple = SIMPLE.get(schema);
  if (simple !== undefined) return simple;
  if (schema >= MAP_OF) return { kind: 'map', value: lazily(schema - MAP_OF) };
  if (schema >= LIST_OF) return { kind: 'list', item: lazily(schema - LIST_OF) };
  throw notUnderstood(schema);
}

function readNamed(schema: readonly unknown[]): WireShape {
  const [kind, , name, , fifth, sixth, requiredCount] = schema;
  if (kind === 0) return readShape(fifth);
  if (kind === 1) return { kind: 'list', item: lazily(fifth) };
  if (kind === 2) return { kind: 'map', value: lazily(sixth) };
  const isStructure = kind === 3 || kind === -3;
  if (!isStructure || typeof name !== 'string' || !Array.isArray(fifth) || !Array.isArray(sixth)) {
    throw notUnderstood(schema);
  }
  const names = fifth.map(String);
  const required = names.slice(0, typeof requiredCount === 'number' ? requiredCount : 0);
  return {
    kind: 'structure',
    name,
    members: new Map(names.map((member, index) => [member, lazily(sixth[index])])),
    required: new Set(required),
  };
}

function lazily(schema: unknown): () => WireShape {
  let shape: WireShape | undefined;
  return () => (shape ??= readShape(schema));
}

function notUnderstood(schema: unknown): TestingError {
  const shown = Array.isArray(schema) ? `an array with ${schema.length} items` : String(schema);
  return new TestingError('SERVER_STATE', `This version of the SDK describes the service in a new way: ${shown}`);
}
