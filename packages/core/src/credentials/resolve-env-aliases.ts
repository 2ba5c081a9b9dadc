import { createSecretRecord } from '../redaction/secret-record.ts';
import type { IntegrationCredentialFieldRef, IntegrationCredentialModeManifest } from './manifest.ts';

/** A field that no variable supplied. */
export interface MissingCredentialField {
  readonly key: string;
  readonly kind: 'config' | 'secret';
  readonly required: boolean;
  /** Variables that were looked for, in order. Empty when the manifest names none. */
  readonly envVars: readonly string[];
}

/** Result of `resolveCredentialEnvAliases`. */
export interface ResolvedCredentialEnv {
  readonly config: Readonly<Record<string, string>>;
  /** Fields read as plain text; printing the record shows `[redacted]` for each. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly missing: readonly MissingCredentialField[];
}

export interface ResolveCredentialEnvOptions {
  /** Deployment target whose variables come first; those of other targets are left out. Absent: all count. */
  readonly targetId?: string;
}

/**
 * Reads the fields of one mode from an environment. A field takes the first of its variables that is set and not
 * empty: its own `envVar`, then its aliases in declared order. Only variables that the manifest names are read.
 *
 * @param env Any record of variables; the caller decides what is in it.
 */
export function resolveCredentialEnvAliases(
  manifest: IntegrationCredentialModeManifest,
  env: Readonly<Record<string, string | undefined>>,
  options: ResolveCredentialEnvOptions = {},
): ResolvedCredentialEnv {
  const config: [string, string][] = [];
  const secrets: [string, string][] = [];
  const missing: MissingCredentialField[] = [];
  const resolveAll = (
    kind: MissingCredentialField['kind'],
    fields: readonly IntegrationCredentialFieldRef[] = [],
    take: (key: string, value: string) => void,
  ) => {
    for (const field of fields) {
      const envVars = listVariables(field, manifest, options.targetId);
      const name = envVars.find((candidate) => Object.hasOwn(env, candidate) && (env[candidate] ?? '') !== '');
      const value = name === undefined ? undefined : env[name];
      if (value === undefined) missing.push({ key: field.key, kind, required: field.required === true, envVars });
      else take(field.key, value);
    }
  };
  resolveAll('config', manifest.configFields, (key, value) => config.push([key, value]));
  resolveAll('secret', manifest.secretFields, (key, value) => secrets.push([key, value]));
  return { config: Object.fromEntries(config), secrets: createSecretRecord(Object.fromEntries(secrets)), missing };
}

function listVariables(
  field: IntegrationCredentialFieldRef,
  manifest: IntegrationCredentialModeManifest,
  targetId: string | undefined,
): string[] {
  const aliases = (manifest.envAliases ?? []).filter((alias) => alias.logicalKey === field.key);
  const ofTarget = targetId === undefined ? [] : aliases.filter((alias) => alias.targetId === targetId);
  const general = targetId === undefined ? aliases : aliases.filter((alias) => alias.targetId === undefined);
  const own = field.envVar === undefined ? [] : [field.envVar];
  return [...new Set([...ofTarget.map((alias) => alias.envVar), ...own, ...general.map((alias) => alias.envVar)])];
}
