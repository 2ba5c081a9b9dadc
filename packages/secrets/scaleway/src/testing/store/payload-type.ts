import { invalidArgument } from './api-refusal.ts';

export const SECRET_TYPES = [
  'opaque',
  'certificate',
  'key_value',
  'basic_credentials',
  'database_credentials',
  'ssh_key',
] as const;

export type SecretType = (typeof SECRET_TYPES)[number];

const JSON_FIELDS: Partial<Record<SecretType, readonly string[]>> = {
  basic_credentials: ['username', 'password'],
  database_credentials: ['engine', 'username', 'password', 'host', 'dbname', 'port'],
  ssh_key: ['ssh_private_key'],
};

/** @see https://www.scaleway.com/en/docs/secret-manager/reference-content/secret-types-json-format/ (read 2026-11-25) */
export function assertPayloadType(type: SecretType, data: Uint8Array): void {
  if (type === 'opaque') return;
  const text = new TextDecoder().decode(data);
  if (type === 'certificate') {
    if (!/-----BEGIN [A-Z0-9 ]+-----[\s\S]+-----END [A-Z0-9 ]+-----/.test(text)) throw malformed('PEM blocks');
    return;
  }
  const fields = parseFlat(text);
  const missing = (JSON_FIELDS[type] ?? []).find((field) => typeof fields[field] !== 'string');
  if (missing !== undefined) throw malformed(`a JSON object with "${missing}"`);
}

function parseFlat(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('a JSON object');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed('a JSON object');
  const fields: Readonly<Record<string, unknown>> = { ...value };
  if (Object.values(fields).some((field) => typeof field === 'object')) throw malformed('a flat JSON object');
  return fields;
}

function malformed(expected: string): ReturnType<typeof invalidArgument> {
  return invalidArgument('data', 'format', `the type of the secret needs ${expected}`);
}
