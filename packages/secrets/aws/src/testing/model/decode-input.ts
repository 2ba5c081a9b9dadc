import { ServiceError } from '../service-error.ts';
import type { WireShape } from './wire-shape.ts';

/**
 * The input of an operation from JSON: base64 becomes bytes, epoch seconds a Date. What the model does not have is
 * refused as AWS refuses what it cannot read (AWS itself passes over unknown members; a client that sends one is wrong
 * all the same).
 *
 * @throws {ServiceError} `SerializationException` for a wrong type or an unknown member, `ValidationException` for a
 *   missing one.
 */
export function decodeInput(shape: WireShape, json: unknown, path = ''): unknown {
  switch (shape.kind) {
    case 'string':
    case 'boolean':
    case 'number':
      if (typeof json !== shape.kind) throw wrongType(path, shape.kind);
      return json;
    case 'timestamp':
      if (typeof json !== 'number') throw wrongType(path, 'number of seconds');
      return new Date(json * 1000);
    case 'blob':
      return decodeBlob(json, path);
    case 'unit':
      return {};
    case 'list':
      if (!Array.isArray(json)) throw wrongType(path, 'list');
      return json.map((item, index) => decodeInput(shape.item(), item, `${path}[${index}]`));
    case 'map':
      return mapEntries(json, path, (key, value) => decodeInput(shape.value(), value, `${path}.${key}`));
    default:
      return decodeStructure(shape, json, path);
  }
}

function decodeStructure(
  shape: Extract<WireShape, { kind: 'structure' }>,
  json: unknown,
  path: string,
): Record<string, unknown> {
  const decoded = mapEntries(json, path, (key, value) => {
    const member = shape.members.get(key);
    if (member === undefined) {
      throw new ServiceError('SerializationException', `Unknown member '${key}' in ${shape.name}`);
    }
    // AWS takes null for absent.
    return value === null ? undefined : decodeInput(member(), value, path === '' ? key : `${path}.${key}`);
  });
  for (const name of shape.required) {
    if (decoded[name] !== undefined) continue;
    const where = path === '' ? name : `${path}.${name}`;
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value null at '${where}' failed to satisfy constraint: Member must not be null`,
    );
  }
  return decoded;
}

function mapEntries(
  json: unknown,
  path: string,
  change: (key: string, value: unknown) => unknown,
): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw wrongType(path, 'structure');
  const entries = Object.entries(json).map(([key, value]): [string, unknown] => [key, change(key, value)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function decodeBlob(json: unknown, path: string): Uint8Array {
  const bytes = typeof json === 'string' ? Buffer.from(json, 'base64') : undefined;
  if (bytes === undefined || bytes.toString('base64') !== json) throw wrongType(path, 'base64 text');
  return new Uint8Array(bytes);
}

function wrongType(path: string, expected: string): ServiceError {
  return new ServiceError('SerializationException', `The value at '${path}' cannot be converted to a ${expected}`);
}
