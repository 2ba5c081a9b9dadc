import { createRedactor, createSecretRecord, type IntegrationSpec, type Redactor, validateSecret } from '@mortise/core';
import { SecretProviderError, type SecretProviderErrorCode, type SecretValue } from '@mortise/secrets';
import type { GuardErrorCode } from './call-result.ts';
import { type CallFailure, callFailure, messageOf } from './failure.ts';
import { decodeSecretPayload } from './secret-payload.ts';

/** A secret that was read, checked against its spec and made ready for use. */
export interface SecretLease {
  readonly spec: IntegrationSpec;
  readonly bytes: Uint8Array;
  /** Named fields that print as `[redacted]`. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly version: string | undefined;
  /** Knows this secret's values. */
  readonly redactor: () => Redactor;
}

/** Checks a secret and makes it usable; the known lease is kept if it was made from the same bytes for the same spec. */
export function leaseSecret(
  value: SecretValue,
  spec: IntegrationSpec,
  known: SecretLease | undefined,
): SecretLease | CallFailure {
  if (known?.spec === spec && known.version === value.version && sameBytes(known.bytes, value.data)) return known;
  const bytes = value.data.slice();
  const payload = decodeSecretPayload(bytes, onlyFieldOf(spec.secretSchema.schema));
  const checked = validateSecret(spec, payload.json ?? withoutExtra(payload.fields));
  if (!checked.valid) {
    const problems = checked.problems.map(({ path, message }) => `${path === '' ? 'secret' : path}: ${message}`);
    return callFailure(
      'SECRET_INVALID',
      `The secret does not fit the schema of integration "${spec.meta.key}": ${problems.join('; ')}`,
    );
  }
  const values = payload.text === undefined ? [] : [...Object.values(payload.fields), payload.text];
  let redactor: Redactor | undefined;
  return {
    spec,
    bytes,
    secrets: createSecretRecord(payload.fields),
    version: value.version,
    redactor: () => (redactor ??= createRedactor({ secrets: values })),
  };
}

/** Plain text stands under `secret` and, with a single-field schema, under that field: the schema only knows the latter. */
function withoutExtra(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const names = Object.keys(fields);
  if (names.length < 2) return fields;
  const { secret: _secret, ...named } = fields;
  return named;
}

/** The one field that a secret schema requires, or the one it has; undefined when there are several or none. */
function onlyFieldOf(schema: unknown): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  const required: unknown = Reflect.get(schema, 'required');
  if (Array.isArray(required) && required.length === 1) return String(required[0]);
  const properties: unknown = Reflect.get(schema, 'properties');
  if (typeof properties !== 'object' || properties === null) return undefined;
  const names = Object.keys(properties);
  return names.length === 1 ? names[0] : undefined;
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index += 1) if (left[index] !== right[index]) return false;
  return true;
}

const GUARD_CODES: Partial<Record<SecretProviderErrorCode, GuardErrorCode>> = {
  NOT_FOUND: 'SECRET_NOT_FOUND',
  FORBIDDEN: 'SECRET_FORBIDDEN',
  UNAUTHENTICATED: 'SECRET_FORBIDDEN',
  INVALID: 'SECRET_INVALID',
  UNSUPPORTED: 'SECRET_UNSUPPORTED',
};

const SHAPES = createRedactor();

/** A secret backend's error as a failed call. The backend's own words are kept only where it is one of ours. */
export function secretFailure(error: unknown, reference: string): CallFailure {
  if (!SecretProviderError.is(error)) {
    return callFailure(
      'SECRET_UNAVAILABLE',
      `Secret "${reference}" could not be read: ${SHAPES.text(messageOf(error))}`,
      {
        retryable: false,
        cause: error,
      },
    );
  }
  // A keeper of OAuth grants says so where only the user can help.
  const isAuthRequired = Reflect.get(error, 'isAuthRequired') === true;
  const code = isAuthRequired ? 'AUTH_REQUIRED' : (GUARD_CODES[error.code] ?? 'SECRET_UNAVAILABLE');
  return callFailure(code, SHAPES.text(error.message), {
    retryable: error.retryable,
    retryAfterMs: error.retryAfterMs,
    cause: error,
  });
}
