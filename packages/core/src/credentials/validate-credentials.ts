import { validateSecret } from '../connection/validate-connection.ts';
import { appendPointer } from '../schema/json-pointer.ts';
import { ownField } from '../schema/record.ts';
import { schemaCheckerOf } from '../schema/schema-checker.ts';
import type { SchemaProblem, ValidationResult } from '../schema/validation.ts';
import type { ConfigOf, IntegrationOwnershipMode, IntegrationSpec, SecretsOf } from '../spec/integration-spec.ts';
import { getIntegrationCredentialRequirements } from './credential-manifest.ts';
import { hideSecretNames } from './hide-secret-names.ts';
import type { IntegrationCredentialFieldRef } from './manifest.ts';

/** What a host or tenant handed in for a connection. */
export interface CredentialValues<Config = unknown, Secrets = unknown> {
  readonly config: Config;
  readonly secrets: Secrets;
}

/**
 * Checks the values for one ownership mode before a connection is made of them: both schemas, and every field that
 * the mode's manifest requires is there and not blank. Lists every problem at once under `/config` or `/secrets`; no
 * message contains a value.
 */
export function validateCredentials<Spec extends IntegrationSpec>(
  spec: Spec,
  mode: IntegrationOwnershipMode,
  values: CredentialValues,
): ValidationResult<CredentialValues<ConfigOf<Spec>, SecretsOf<Spec>>> {
  const problems: SchemaProblem[] = [];
  if (!spec.supportedModes.includes(mode)) {
    const message = `the integration supports ${spec.supportedModes.join(', ')}; got "${mode}"`;
    problems.push({ path: '', keyword: 'agreement', message });
  }
  for (const problem of schemaCheckerOf(spec.configSchema.schema).listProblems(values.config)) {
    problems.push(hideSecretNames({ ...problem, path: `/config${problem.path}` }));
  }
  const secret = validateSecret(spec, values.secrets);
  for (const problem of secret.problems) problems.push({ ...problem, path: `/secrets${problem.path}` });
  const entry = getIntegrationCredentialRequirements(spec, mode);
  listBlanks(entry?.configFields, values.config, '/config', problems);
  listBlanks(entry?.secretFields, values.secrets, '/secrets', problems);
  return areValuesOf<Spec>(values, problems)
    ? { valid: true, value: values, problems: [] }
    : { valid: false, problems };
}

function listBlanks(
  fields: readonly IntegrationCredentialFieldRef[] = [],
  values: unknown,
  path: string,
  problems: SchemaProblem[],
): void {
  for (const { key, required } of fields) {
    const value = ownField(values, key);
    const isBlank = value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
    const fieldPath = appendPointer(path, key);
    if (required !== true || !isBlank || problems.some((problem) => problem.path === fieldPath)) continue;
    problems.push({ path: fieldPath, keyword: 'required', message: `required field "${key}" is missing or blank` });
  }
}

function areValuesOf<Spec>(
  _values: CredentialValues,
  problems: readonly SchemaProblem[],
): _values is CredentialValues<ConfigOf<Spec>, SecretsOf<Spec>> {
  return problems.length === 0;
}
