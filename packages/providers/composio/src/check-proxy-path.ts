import { IntegrationError } from '@mortise/core';

/** Path characters of RFC 3986; no backslash, space, control character, query or fragment. */
const PATH = /^\/(?!\/)[\w.~!$&'()*+,;=:@%/-]*$/;

/**
 * Refuses a path of a raw call that could lead to another host: the credential of a user's account must not go elsewhere.
 *
 * @throws {IntegrationError} `invalid_request` for an absolute address, `//host`, a backslash, or a segment `.` or `..` in plain or
 * percent-encoded form.
 */
export function assertProxyPath(path: string): void {
  const decoded = path.replaceAll(/%2e/gi, '.').replaceAll(/%(?:2f|5c)/gi, '/');
  const climbs = decoded.split('/').some((segment) => segment === '.' || segment === '..');
  if (PATH.test(path) && !climbs) return;
  throw new IntegrationError({
    code: 'invalid_request',
    field: 'path',
    message: 'path: expected one "/" and a path of the service, without host, query, "." and ".."',
  });
}
