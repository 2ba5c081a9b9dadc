import type { Operation } from './operation.ts';
import { secretOperations } from './secret-operations.ts';
import { versionOperations } from './version-operations.ts';

export interface Route {
  readonly operation: Operation;
  readonly region: string;
  readonly secretId: string;
  readonly revision: string;
}

const PREFIX = /^\/secret-manager\/v1beta1\/regions\/(?<region>[^/]+)(?<rest>\/.*)$/;

const PATTERNS = [...secretOperations, ...versionOperations].map((operation) => ({
  operation,
  pattern: new RegExp(
    `^${operation.path.replace('{id}', '(?<id>[0-9a-f]{8}-[0-9a-f-]{27})').replace('{revision}', '(?<revision>[^/]+)')}$`,
  ),
}));

/** The operation that a request is for; `undefined` where the API has none. */
export function findRoute(method: string, pathname: string): Route | undefined {
  const { region = '', rest = '' } = PREFIX.exec(pathname)?.groups ?? {};
  for (const { operation, pattern } of PATTERNS) {
    const match = operation.method === method ? pattern.exec(rest) : null;
    if (match === null) continue;
    const { id = '', revision = '' } = match.groups ?? {};
    return { operation, region, secretId: id, revision };
  }
  return undefined;
}
