import type { BasicAuthConfig } from '@mortise/core';
import { toBase64 } from '../encoding/base64.ts';
import { AuthError } from '../errors/auth-error.ts';
import { type AuthFields, missingField, readRawField } from './auth-fields.ts';

/**
 * The value of `Authorization: Basic` (RFC 7617, in UTF-8). One side may be empty, as where a key alone is the user
 * name: where the spec names only one of the two fields, the other may also be absent.
 *
 * @throws {AuthError} `MISSING_FIELD`; `INVALID_FIELD` for a user name with a colon, which would end up in the password.
 */
export function basicAuthorization(method: BasicAuthConfig, fields: AuthFields): string {
  const { usernameField, passwordField } = method;
  const userName = usernameField ?? 'username';
  const passwordName = passwordField ?? 'password';
  const user = readRawField(fields, userName, 'config or secret');
  const password = readRawField(fields, passwordName, 'secret');
  const userMayBeAbsent = usernameField === undefined && passwordField !== undefined;
  const passwordMayBeAbsent = passwordField === undefined && usernameField !== undefined;
  if (user === undefined && !userMayBeAbsent) throw missingField(fields, [userName], 'config or secret');
  if (password === undefined && !passwordMayBeAbsent) throw missingField(fields, [passwordName], 'secret');
  if ((user ?? '') === '' && (password ?? '') === '') {
    if (usernameField === undefined && passwordField !== undefined)
      throw missingField(fields, [passwordName], 'secret');
    throw missingField(fields, [userName], 'config or secret');
  }
  return `Basic ${toBase64(`${checked(user ?? '', userName, true)}:${checked(password ?? '', passwordName, false)}`)}`;
}

function checked(value: string, field: string, isUser: boolean): string {
  // oxlint-disable-next-line no-control-regex
  if (/[\x00-\x1f\x7f]/.test(value)) {
    throw new AuthError({ code: 'INVALID_FIELD', message: `Field "${field}" holds a control character`, field });
  }
  if (isUser && value.includes(':')) {
    const message = `Field "${field}" holds a colon, which a user name of Basic authentication cannot`;
    throw new AuthError({ code: 'INVALID_FIELD', message, field });
  }
  return value;
}
