import type { GcpSecret } from '../client/gcp-secret-manager-client.ts';
import { changeSecret, type SecretChange } from './change-secret.ts';
import type { GcpOperation } from './gcp-operation.ts';

/** Behind the name of the current alias: the alias of the version that was current before. */
const PREVIOUS_SUFFIX = '-previous';

/** Longest name of a current alias, so that the one for the version before has room. */
export const MAX_CURRENT_ALIAS_LENGTH = 63 - PREVIOUS_SUFFIX.length;

/** The version an alias stands for; the SDK gives int64 as text, a number or a `Long`. */
export function versionOfAlias(secret: GcpSecret, alias: string): string | undefined {
  const aliases = secret.versionAliases ?? {};
  return Object.hasOwn(aliases, alias) ? String(aliases[alias]) : undefined;
}

/** The version that was current before, as far as it is on record. */
function previousOfAlias(secret: GcpSecret, alias: string): string | undefined {
  return versionOfAlias(secret, `${alias}${PREVIOUS_SUFFIX}`);
}

/**
 * Makes a version current: its alias is moved, and the one for the version before along with it, in one write.
 *
 * @param move.isNew The version was only just written: another writer's that is newer and current already stays so.
 * @returns The version that was current before, or `undefined` where there was none. For a version that is current
 *   already, the one before it. `absent`: there is no such secret.
 */
export async function makeCurrent(
  operation: GcpOperation,
  move: { readonly alias: string; readonly version: string; readonly isNew: boolean },
): Promise<{ readonly previousVersion: string | undefined } | 'absent'> {
  const { alias, version, isNew } = move;
  const before = await changeSecret(operation, (secret): SecretChange | undefined => {
    const current = versionOfAlias(secret, alias);
    if (current === version || (isNew && current !== undefined && Number(current) > Number(version))) return undefined;
    const versionAliases = {
      ...secret.versionAliases,
      [alias]: version,
      ...(current === undefined ? {} : { [`${alias}${PREVIOUS_SUFFIX}`]: current }),
    };
    return { secret: { versionAliases }, mask: ['version_aliases'] };
  });
  if (before === undefined) return 'absent';
  const current = versionOfAlias(before, alias);
  if (current === version) return { previousVersion: previousOfAlias(before, alias) };
  return { previousVersion: isNew && Number(current) > Number(version) ? undefined : current };
}
