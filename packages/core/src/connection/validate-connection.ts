import { type IntegrationAuthConfig, isRequestAuthType } from '../auth.ts';
import type { JsonObject } from '../call/json.ts';
import { hideSecretNames } from '../credentials/hide-secret-names.ts';
import { isRecord, ownField } from '../schema/record.ts';
import { schemaCheckerOf } from '../schema/schema-checker.ts';
import type { SchemaProblem, ValidationResult } from '../schema/validation.ts';
import type { ConfigOf, IntegrationSpec, SecretsOf } from '../spec/integration-spec.ts';
import type { IntegrationConnection } from './connection.ts';

const filledText: JsonObject = { type: 'string', minLength: 1, pattern: '\\S' };
const mode: JsonObject = { enum: ['managed', 'byok'] };
const status: JsonObject = { enum: ['connected', 'disconnected', 'error', 'unknown'] };

/** Form of a connection, open for what a host keeps beside it. Times are checked apart, because they may be `Date`s. */
const CONNECTION_SCHEMA: JsonObject = {
  type: 'object',
  required: ['meta', 'ownershipMode', 'config', 'secretProvider', 'secretRef', 'status'],
  properties: {
    meta: {
      type: 'object',
      required: ['id', 'tenantId', 'integrationKey', 'integrationVersion', 'label', 'createdAt', 'updatedAt'],
      properties: {
        id: filledText,
        tenantId: filledText,
        integrationKey: filledText,
        integrationVersion: filledText,
        label: { type: 'string' },
        environment: filledText,
      },
    },
    ownershipMode: mode,
    externalAccountId: { type: 'string' },
    config: { type: 'object' },
    secretProvider: filledText,
    secretRef: filledText,
    status,
    health: { type: 'object', required: ['status'], properties: { status } },
    usage: { type: 'object' },
    activeTransport: { enum: ['rest', 'mcp', 'webhook', 'sdk'] },
    transportConfig: { type: 'object' },
    authMethod: {
      enum: ['api-key', 'oauth2', 'bearer', 'header', 'basic', 'webhook-signing', 'service-account', 'path-token'],
    },
    oauth2State: { type: 'object', required: ['accessToken', 'tokenType'] },
    apiVersion: filledText,
    byokKeyMetadata: { type: 'object', required: ['createdAt', 'validationStatus'] },
  },
};

/**
 * Checks a connection against the spec that it instantiates: its own fields, what they say against what the spec
 * supports, and its configuration against the spec's schema. Lists every problem at once, each with a JSON pointer;
 * no message contains a value of the configuration. Cheap to call again for the same spec.
 */
export function validateConnection<Spec extends IntegrationSpec>(
  spec: Spec,
  connection: unknown,
): ValidationResult<IntegrationConnection<ConfigOf<Spec>>> {
  const problems = schemaCheckerOf(CONNECTION_SCHEMA).listProblems(connection);
  listTimeProblems(connection, problems);
  listDisagreements(spec, connection, problems);
  const config = ownField(connection, 'config');
  if (isRecord(config)) {
    for (const problem of schemaCheckerOf(spec.configSchema.schema).listProblems(config)) {
      problems.push(hideSecretNames({ ...problem, path: `/config${problem.path}` }));
    }
  }
  return isConnection<Spec>(connection, problems)
    ? { valid: true, value: connection, problems: [] }
    : { valid: false, problems };
}

/**
 * Checks a secret's named fields against the spec's secret schema. Lists every problem at once, each with a JSON
 * pointer; no message contains a value. Cheap to call again for the same spec.
 */
export function validateSecret<Spec extends IntegrationSpec>(
  spec: Spec,
  secret: unknown,
): ValidationResult<SecretsOf<Spec>> {
  const problems = schemaCheckerOf(spec.secretSchema.schema).listProblems(secret);
  return isSecretOf<Spec>(secret, problems)
    ? { valid: true, value: secret, problems: [] }
    : { valid: false, problems: problems.map(hideSecretNames) };
}

function isConnection<Spec>(
  _value: unknown,
  problems: readonly SchemaProblem[],
): _value is IntegrationConnection<ConfigOf<Spec>> {
  return problems.length === 0;
}

function isSecretOf<Spec>(_value: unknown, problems: readonly SchemaProblem[]): _value is SecretsOf<Spec> {
  return problems.length === 0;
}

function listTimeProblems(connection: unknown, problems: SchemaProblem[]): void {
  const meta = ownField(connection, 'meta');
  for (const name of ['createdAt', 'updatedAt']) {
    const time = ownField(meta, name);
    if (time !== undefined && !isInstant(time)) {
      problems.push({ path: `/meta/${name}`, keyword: 'format', message: 'expected a Date or an ISO 8601 instant' });
    }
  }
}

function isInstant(value: unknown): boolean {
  if (value instanceof Date) return !Number.isNaN(value.getTime());
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

/** What the connection chooses must be what the spec offers. */
function listDisagreements(spec: IntegrationSpec, connection: unknown, problems: SchemaProblem[]): void {
  const meta = ownField(connection, 'meta');
  const transports = spec.transports?.map((transport) => transport.type);
  const methods = spec.supportedAuthMethods?.filter(isRequestMethod).map((method) => method.type);
  const choices: readonly (readonly [path: string, chosen: unknown, offered: readonly string[] | undefined])[] = [
    ['/meta/integrationKey', ownField(meta, 'integrationKey'), [spec.meta.key]],
    ['/meta/integrationVersion', ownField(meta, 'integrationVersion'), [spec.meta.version]],
    ['/ownershipMode', ownField(connection, 'ownershipMode'), spec.supportedModes],
    ['/activeTransport', ownField(connection, 'activeTransport'), transports],
    ['/authMethod', ownField(connection, 'authMethod'), methods],
  ];
  for (const [path, chosen, offered] of choices) {
    if (typeof chosen !== 'string' || chosen === '' || offered === undefined || offered.includes(chosen)) continue;
    if (problems.some((problem) => problem.path === path)) continue;
    const message = `expected ${offered.map((name) => `"${name}"`).join(' or ') || 'nothing'}, as the integration spec has it`;
    problems.push({ path, keyword: 'agreement', message });
  }
}

function isRequestMethod(method: IntegrationAuthConfig): boolean {
  return isRequestAuthType(method.type);
}
