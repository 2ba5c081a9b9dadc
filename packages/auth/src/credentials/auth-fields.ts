import { AuthError } from '../errors/auth-error.ts';

/** Where an auth method finds what it needs. */
export interface AuthFields {
  /** Named fields of the secret, as the guard's executor gets them. */
  readonly secrets?: Readonly<Record<string, string | undefined>>;
  /** The connection's config, for what is no secret, such as a user name or a client id. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Where a field may stand. */
export type FieldPlace = 'secret' | 'config or secret' | 'config';

/** The field's text; `undefined` where it is absent. An empty text counts as absent. */
export function readField(fields: AuthFields, name: string, place: FieldPlace = 'secret'): string | undefined {
  const text = readRawField(fields, name, place);
  return text === '' ? undefined : text;
}

/** As `readField`, but an empty text is one. */
export function readRawField(fields: AuthFields, name: string, place: FieldPlace): string | undefined {
  if (place !== 'config') {
    const secret = ownText(fields.secrets, name);
    if (secret !== undefined && (secret !== '' || place === 'secret')) return secret;
  }
  return place === 'secret' ? undefined : (ownText(fields.config, name) ?? ownText(fields.secrets, name));
}

/**
 * The first of the fields that holds something.
 *
 * @throws {AuthError} `MISSING_FIELD`
 */
export function requireField(
  fields: AuthFields,
  names: readonly [string, ...string[]],
  place: FieldPlace = 'secret',
): { readonly name: string; readonly value: string } {
  for (const name of names) {
    const value = readField(fields, name, place);
    if (value !== undefined) return { name, value };
  }
  throw missingField(fields, names, place);
}

export function missingField(fields: AuthFields, names: readonly [string, ...string[]], place: FieldPlace): AuthError {
  const [field] = names;
  const isEmpty = names.some((name) => readRawField(fields, name, place) === '');
  const listed = names.map((name) => `"${name}"`).join(' or ');
  return new AuthError({
    code: 'MISSING_FIELD',
    message: `The ${place} has no field ${listed}${isEmpty ? ': it is empty' : ''}`,
    field,
  });
}

/** Own members alone: a field named `constructor` is absent unless it was given. */
function ownText(record: Readonly<Record<string, unknown>> | undefined, name: string): string | undefined {
  if (record === undefined || !Object.hasOwn(record, name)) return undefined;
  const value = record[name];
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' ? value : undefined;
}
