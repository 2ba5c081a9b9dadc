import { RpcError } from '../service/rpc-error.ts';
import { toSnakeCase } from './check-message.ts';
import { gax, type JsonValue, type MessageField, type MessageType, serializer } from './sdk-modules.ts';

/**
 * Reads a message from JSON as strictly as the service does: a name that the message does not have, or a value of the
 * wrong kind, is an error.
 *
 * @throws {RpcError} `INVALID_ARGUMENT`, in the words of the service.
 */
export function readJsonMessage(type: MessageType, json: unknown): Uint8Array {
  const known = toCamelCase(type, json, '');
  try {
    const message = serializer.fromProto3JSON(type, known);
    return type.encode(message ?? type.create()).finish();
  } catch {
    // The library's message repeats the value, which may be a payload.
    throw new RpcError(
      'INVALID_ARGUMENT',
      `Invalid JSON payload received. A value has the wrong type in ${type.name}.`,
    );
  }
}

/** A message as JSON, as the service answers with it. */
export function writeJsonMessage(type: MessageType, bytes: Uint8Array, hasNumericEnums: boolean): unknown {
  return serializer.toProto3JSON(type.decode(bytes), { numericEnums: hasNumericEnums });
}

/** Names of fields in their one spelling; both are accepted, as JSON of protobuf allows. */
function toCamelCase(type: MessageType, json: unknown, path: string): JsonValue {
  if (type.fullName === '.google.protobuf.FieldMask' && typeof json === 'string') {
    // Paths are written in camelCase in JSON, and in snake_case on the wire.
    return json.split(',').map(toSnakeCase).join(',');
  }
  if (type.fullName.startsWith('.google.protobuf.')) return toJsonValue(json, path);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new RpcError('INVALID_ARGUMENT', `Invalid value at '${path}' (${type.name}), an object was expected`);
  }
  const result: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(json)) {
    const field = type.fieldsArray.find(({ name }) => name === key || toSnakeCase(name) === key);
    if (field === undefined) {
      const where = path === '' ? '' : ` at '${path}'`;
      throw new RpcError(
        'INVALID_ARGUMENT',
        `Invalid JSON payload received. Unknown name "${key}"${where}: Cannot find field.`,
      );
    }
    const inner = field.resolve().resolvedType;
    const place = path === '' ? toSnakeCase(field.name) : `${path}.${toSnakeCase(field.name)}`;
    const convert = (part: unknown): JsonValue =>
      inner instanceof gax.protobuf.Type
        ? toCamelCase(inner, part, place)
        : checkScalar(field, toJsonValue(part, place), place);
    result[field.name] = convertParts(field, value, convert);
  }
  return result;
}

function convertParts(field: MessageField, value: unknown, convert: (part: unknown) => JsonValue): JsonValue {
  if (field.map && typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, convert(part)]));
  }
  return Array.isArray(value) ? value.map(convert) : convert(value);
}

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** The library decodes what is not base64 to garbage, and takes anything in maps; the service refuses it. */
function checkScalar({ type }: MessageField, value: JsonValue, path: string): JsonValue {
  const isText = typeof value === 'string';
  if (type === 'bytes' ? isText && BASE64.test(value) : type !== 'string' || isText) return value;
  const fault = type === 'bytes' ? '(TYPE_BYTES), Base64 decoding failed' : '(TYPE_STRING)';
  throw new RpcError('INVALID_ARGUMENT', `Invalid value at '${path}' ${fault}`);
}

function toJsonValue(value: unknown, path: string): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  throw new RpcError('INVALID_ARGUMENT', `Invalid value at '${path}'`);
}
