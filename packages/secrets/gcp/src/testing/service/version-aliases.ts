import { isAlias } from '../../reference/selector.ts';
import { RpcError } from './rpc-error.ts';
import type { StoredSecret } from '../store/stored-secret.ts';

const MAX_ALIASES = 50;

/** The aliases of a request, each for a version that exists. @throws {RpcError} `INVALID_ARGUMENT`. */
export function checkAliases(
  aliases: Readonly<Record<string, unknown>>,
  versions: StoredSecret['versions'],
): Map<string, number> {
  const pairs = Object.entries(aliases).map(([alias, version]) => [alias, Number(String(version))] as const);
  if (pairs.length > MAX_ALIASES) {
    throw new RpcError('INVALID_ARGUMENT', `No more than ${MAX_ALIASES} aliases can be assigned to a given secret.`);
  }
  for (const [alias, number] of pairs) {
    if (!isAlias(alias)) throw new RpcError('INVALID_ARGUMENT', `The version alias '${alias}' is invalid.`);
    if (!versions.some((version) => version.number === number)) {
      throw new RpcError('INVALID_ARGUMENT', `The version alias '${alias}' names a version that does not exist.`);
    }
  }
  return new Map(pairs);
}
