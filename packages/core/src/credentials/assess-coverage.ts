import { type IntegrationAuthConfig, type IntegrationAuthType, isRequestAuthType } from '../auth.ts';
import { schemaCheckerOf } from '../schema/schema-checker.ts';
import type { IntegrationOwnershipMode, IntegrationSpec } from '../spec/integration-spec.ts';
import { listAuthSecretFields } from './auth-secret-fields.ts';
import { getIntegrationCredentialRequirements } from './credential-manifest.ts';
import type { IntegrationCredentialModeManifest } from './manifest.ts';

/** Coverage of one ownership mode. */
export interface CredentialModeCoverage {
  readonly mode: IntegrationOwnershipMode;
  /** Who provides the credentials: the host for `managed`, the tenant for `byok`. */
  readonly suppliedBy: 'host' | 'tenant';
  readonly covered: boolean;
  /** Auth methods that the mode's fields can satisfy, in declared order. */
  readonly satisfiable: readonly IntegrationAuthType[];
  /** Why the mode is not covered, and what is doubtful when it is. Empty when all is well. */
  readonly reasons: readonly string[];
}

/** Result of `assessCredentialCoverage`. */
export interface CredentialCoverage {
  /** True when every supported mode is covered, or the integration needs no credentials. */
  readonly covered: boolean;
  readonly exempt: boolean;
  readonly modes: readonly CredentialModeCoverage[];
}

/**
 * Whether the credentials that a spec describes suffice to call the provider: for each mode there must be a request
 * auth method whose fields the mode declares. A spec without auth methods must at least require one secret field.
 */
export function assessCredentialCoverage(spec: IntegrationSpec): CredentialCoverage {
  const exempt = spec.credentialManifest?.exempt === true;
  const modes = spec.supportedModes.map((mode) => assessMode(spec, mode));
  return { covered: exempt || (modes.length > 0 && modes.every((mode) => mode.covered)), exempt, modes };
}

function assessMode(spec: IntegrationSpec, mode: IntegrationOwnershipMode): CredentialModeCoverage {
  const suppliedBy = mode === 'managed' ? 'host' : 'tenant';
  const entry = getIntegrationCredentialRequirements(spec, mode);
  if (entry === undefined) {
    const reasons = ['the credential manifest has no entry for this mode'];
    return { mode, suppliedBy, covered: false, satisfiable: [], reasons };
  }
  const secretFields = entry.secretFields ?? [];
  const methods = (spec.supportedAuthMethods ?? []).filter((method) => isRequestAuthType(method.type));
  // One of several sets of fields may be needed, which only the schema can say.
  const requiresSecret = secretFields.some((field) => field.required === true) || refusesEmptySecret(spec);
  if (methods.length === 0) {
    const reasons = requiresSecret
      ? []
      : ['the spec declares no request auth method, and the mode requires no secret field'];
    return { mode, suppliedBy, covered: requiresSecret, satisfiable: [], reasons };
  }
  const missing = methods.map((method) => ({ type: method.type, fields: listMissing(method, entry) }));
  const satisfiable = missing.filter(({ fields }) => fields.length === 0).map(({ type }) => type);
  const covered = satisfiable.length > 0;
  const doubts = requiresSecret ? [] : ['no secret field is required, so an empty secret would pass'];
  const reasons = covered
    ? doubts
    : missing.map(({ type, fields }) => `${type} lacks the secret field ${fields.join(' and ')}`);
  return { mode, suppliedBy, covered, satisfiable, reasons };
}

function refusesEmptySecret({ secretSchema }: IntegrationSpec): boolean {
  return schemaCheckerOf(secretSchema.schema).listProblems({}).length > 0;
}

/** Choices of fields that a method needs and a mode does not declare. */
function listMissing(method: IntegrationAuthConfig, entry: IntegrationCredentialModeManifest): string[] {
  const { secretFields = [], configFields = [] } = entry;
  const choices = listAuthSecretFields(method);
  // OAuth 2 clients and machine accounts read fields of any name, but they do need one.
  if (choices.length === 0) return secretFields.length > 0 ? [] : ['(any)'];
  return choices
    .filter(({ names, mayBeConfig }) => {
      const declared = mayBeConfig === true ? [...secretFields, ...configFields] : secretFields;
      return !declared.some(({ key }) => names.includes(key));
    })
    .map(({ names }) => names.join(' or '));
}
