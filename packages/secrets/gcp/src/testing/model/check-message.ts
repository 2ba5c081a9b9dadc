import { gax, type MessageField, type MessageType } from './sdk-modules.ts';

type Message = Readonly<Record<string, unknown>>;

/**
 * The path of the first field that the protos call required and the message leaves out. Empty text counts as left out,
 * because the wire cannot tell the two apart.
 */
export function findMissingField(type: MessageType, message: object): string | undefined {
  for (const field of type.fieldsArray) {
    const value: unknown = Object.hasOwn(message, field.name) ? Reflect.get(message, field.name) : undefined;
    const isAbsent =
      value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (isAbsent) {
      if (isRequired(field)) return toSnakeCase(field.name);
      continue;
    }
    const inner = field.resolve().resolvedType;
    if (!(inner instanceof gax.protobuf.Type)) continue;
    for (const [index, part] of partsOf(value, field).entries()) {
      const missing = isObject(part) ? findMissingField(inner, part) : undefined;
      if (missing !== undefined) return `${toSnakeCase(field.name)}${field.repeated ? `[${index}]` : ''}.${missing}`;
    }
  }
  return undefined;
}

/** What in a plain object does not fit the type: a field that it does not have, or a value of the wrong kind. */
export function findViolation(type: MessageType, message: Message): string | undefined {
  return findUnknownField(type, message) ?? type.verify(message) ?? undefined;
}

function findUnknownField(type: MessageType, message: Message): string | undefined {
  for (const [key, value] of Object.entries(message)) {
    if (!Object.hasOwn(type.fields, key)) return `${type.name} has no field ${key}`;
    const field = type.fields[key];
    const inner = field?.resolve().resolvedType;
    if (field === undefined || !(inner instanceof gax.protobuf.Type)) continue;
    for (const part of partsOf(value, field)) {
      const unknown = isObject(part) ? findUnknownField(inner, part) : undefined;
      if (unknown !== undefined) return unknown;
    }
  }
  return undefined;
}

function partsOf(value: unknown, field: MessageField): readonly unknown[] {
  if (field.map && isObject(value)) return Object.values(value);
  return Array.isArray(value) ? value : [value];
}

function isRequired({ options }: MessageField): boolean {
  return options?.['(google.api.field_behavior)'] === 'REQUIRED';
}

function isObject(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

export function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
