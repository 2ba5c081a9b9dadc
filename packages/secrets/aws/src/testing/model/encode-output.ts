import { TestingError } from '@mortise/testing';
import type { WireShape } from './wire-shape.ts';

/**
 * The output of an operation as JSON: bytes become base64, a Date epoch seconds.
 *
 * @throws {TestingError} `SERVER_STATE` for whatever the model does not have: the server itself is wrong then.
 */
export function encodeOutput(shape: WireShape, value: unknown, path = 'output'): unknown {
  switch (shape.kind) {
    case 'string':
    case 'boolean':
    case 'number':
      if (typeof value !== shape.kind) throw mismatch(path, shape.kind);
      return value;
    case 'timestamp':
      if (!(value instanceof Date)) throw mismatch(path, 'Date');
      return value.getTime() / 1000;
    case 'blob':
      if (!(value instanceof Uint8Array)) throw mismatch(path, 'Uint8Array');
      return Buffer.from(value).toString('base64');
    case 'unit':
      return {};
    case 'list':
      if (!Array.isArray(value)) throw mismatch(path, 'list');
      return value.map((item, index) => encodeOutput(shape.item(), item, `${path}[${index}]`));
    case 'map':
      return encodeEntries(value, path, (key, item) => encodeOutput(shape.value(), item, `${path}.${key}`));
    default: {
      const encoded = encodeEntries(value, path, (key, item) => {
        const member = shape.members.get(key);
        if (member === undefined) throw mismatch(`${path}.${key}`, `member of ${shape.name}`);
        return encodeOutput(member(), item, `${path}.${key}`);
      });
      const missing = [...shape.required].filter((name) => !(name in encoded));
      if (missing.length > 0) throw mismatch(`${path}.${missing.join()}`, 'required member');
      return encoded;
    }
  }
}

function encodeEntries(
  value: unknown,
  path: string,
  change: (key: string, item: unknown) => unknown,
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw mismatch(path, 'structure');
  const given = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(given.map(([key, item]) => [key, change(key, item)]));
}

function mismatch(path: string, expected: string): TestingError {
  return new TestingError('SERVER_STATE', `The server broke the service model at ${path}: expected a ${expected}`);
}
