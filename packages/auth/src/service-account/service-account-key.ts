import type { ServiceAccountAuthConfig } from '@mortise/core';
import { type AuthFields, requireField } from '../credentials/auth-fields.ts';
import { AuthError } from '../errors/auth-error.ts';

/** What a key file, or a bare key, says about a machine account. */
export interface ServiceAccountKey {
  /** PEM. */
  readonly privateKey: string;
  readonly keyId?: string;
  readonly email?: string;
  readonly tokenUri?: string;
}

/**
 * Finds the key in the secret: a JSON key file, as Google gives them out, or a bare PEM key. Where the secret *is* the key
 * file, its own members are found too.
 *
 * @throws {AuthError} `MISSING_FIELD`; `INVALID_KEY`; `UNSUPPORTED` for `p12`, which Web Crypto cannot read.
 */
export function readServiceAccountKey(method: ServiceAccountAuthConfig, fields: AuthFields): ServiceAccountKey {
  switch (method.credentialFormat) {
    case 'pem':
      return { privateKey: requireField(fields, [method.credentialField ?? 'privateKey']).value };
    case 'json-key':
      return jsonKey(method, fields);
    case 'p12':
      throw new AuthError({
        code: 'UNSUPPORTED',
        message: 'PKCS #12 keys cannot be read here; convert it to PEM ("openssl pkcs12 -nocerts -nodes")',
      });
    default:
      throw new AuthError({ code: 'UNSUPPORTED', message: 'The method names no known credential format' });
  }
}

function jsonKey(method: ServiceAccountAuthConfig, fields: AuthFields): ServiceAccountKey {
  const { secrets = {} } = fields;
  if (method.credentialField === undefined && typeof secrets['private_key'] === 'string') return fromMembers(secrets);
  const { name, value } = requireField(fields, [method.credentialField ?? 'serviceAccountKey']);
  return fromMembers(parse(value, name));
}

function parse(text: string, field: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // No cause: the parser's message quotes the text.
    value = undefined;
  }
  if (typeof value === 'object' && value !== null) return { ...value };
  throw new AuthError({ code: 'INVALID_KEY', message: `Field "${field}" is no JSON key file`, field });
}

function fromMembers(members: Readonly<Record<string, unknown>>): ServiceAccountKey {
  const text = (name: string): string | undefined => {
    const value = Object.hasOwn(members, name) ? members[name] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const privateKey = text('private_key');
  if (privateKey === undefined) {
    const type = text('type') === 'external_account' ? ', and is one of workload identity federation' : '';
    throw new AuthError({ code: 'INVALID_KEY', message: `The key file has no "private_key"${type}` });
  }
  const keyId = text('private_key_id');
  const email = text('client_email');
  const tokenUri = text('token_uri');
  return {
    privateKey,
    ...(keyId === undefined ? {} : { keyId }),
    ...(email === undefined ? {} : { email }),
    ...(tokenUri === undefined ? {} : { tokenUri }),
  };
}
