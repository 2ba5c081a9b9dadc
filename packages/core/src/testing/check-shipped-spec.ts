// By the package's own name: a build that shared modules with the root entry would cut the root into more files.
import {
  assessCredentialCoverage,
  getIntegrationCredentialManifest,
  type IntegrationSpec,
  isRequestAuthType,
  validateIntegrationSpec,
} from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';

/** What is asked of a spec that a package ships, beyond its holding together. */
export type ShippedSpecCheck =
  /** It holds together. */
  | 'valid'
  /** Nobody who gets hold of it can change it. */
  | 'frozen'
  /** Each field of configuration and secret is described and typed, and others are refused. */
  | 'fields'
  /** Both schemas have an example, and it fits. */
  | 'examples'
  /** Each mode can authenticate with the secret fields that it declares, by every declared request method. */
  | 'auth'
  /** No environment variable of the host stands in for a tenant's key. */
  | 'tenant-key'
  /** A tenant is told where and how to get a key. */
  | 'byok-setup'
  /** Documentation and endpoints are reached by https. */
  | 'https'
  /** Facts name their sources, read within a year. */
  | 'sources';

export interface ShippedSpecFinding {
  readonly check: ShippedSpecCheck;
  readonly message: string;
}

export interface ShippedSpecOptions {
  /** Day on which the sources were last reviewed as a whole, `YYYY-MM-DD`. Given, not taken from a clock. */
  readonly reviewedOn: string;
}

const A_YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const HTTPS = /^https:\/\//;

/** Everything that keeps a spec from being shipped; empty when nothing does. For the tests of packages with specs. */
export function checkShippedSpec(spec: IntegrationSpec, options: ShippedSpecOptions): ShippedSpecFinding[] {
  const findings = (check: ShippedSpecCheck, messages: Iterable<string>): ShippedSpecFinding[] =>
    [...messages].map((message) => ({ check, message }));
  return [
    ...findings(
      'valid',
      validateIntegrationSpec(spec).problems.map(({ path, message }) => `${path}: ${message}`),
    ),
    ...findings(
      'frozen',
      Object.isFrozen(spec) && Object.isFrozen(spec.meta) ? [] : ['it was not made by defineIntegration'],
    ),
    ...findings('fields', [...fieldFaults('configSchema', spec), ...fieldFaults('secretSchema', spec)]),
    ...findings('examples', [...exampleFaults('configSchema', spec), ...exampleFaults('secretSchema', spec)]),
    ...findings('auth', authFaults(spec)),
    ...findings('tenant-key', tenantKeyFaults(spec)),
    ...findings('byok-setup', byokSetupFaults(spec)),
    ...findings('https', httpsFaults(spec)),
    ...findings('sources', sourceFaults(spec, options.reviewedOn)),
  ];
}

type SchemaPart = 'configSchema' | 'secretSchema';

function* fieldFaults(part: SchemaPart, spec: IntegrationSpec): Iterable<string> {
  const { schema } = spec[part];
  for (const [name, field] of Object.entries(ownField(schema, 'properties') ?? {})) {
    const description = ownField(field, 'description');
    if (typeof description !== 'string' || description.trim() === '')
      yield `${part}: field "${name}" has no description`;
    if (ownField(field, 'type') === undefined) yield `${part}: field "${name}" has no type`;
  }
  if (ownField(schema, 'additionalProperties') !== false) yield `${part}: other fields are not refused`;
}

function* exampleFaults(part: SchemaPart, spec: IntegrationSpec): Iterable<string> {
  const { schema, example } = spec[part];
  if (example === undefined) {
    yield `${part}: there is no example`;
    return;
  }
  const { problems } = validateAgainstSchema<unknown>(schema, example);
  for (const { path, message } of problems) yield `${part}: example${path}: ${message}`;
}

function* authFaults(spec: IntegrationSpec): Iterable<string> {
  const declared = (spec.supportedAuthMethods ?? []).map(({ type }) => type).filter(isRequestAuthType);
  if (declared.length === 0) yield 'no method authenticates a request';
  for (const { mode, satisfiable, reasons } of assessCredentialCoverage(spec).modes) {
    for (const reason of reasons) yield `${mode}: ${reason}`;
    for (const type of declared) {
      if (!satisfiable.includes(type)) yield `${mode}: the declared secret fields do not suffice for "${type}"`;
    }
  }
}

function* tenantKeyFaults(spec: IntegrationSpec): Iterable<string> {
  const byok = getIntegrationCredentialManifest(spec).modes?.byok;
  for (const { logicalKey, envVar } of byok?.envAliases ?? []) yield `"${envVar}" stands in for "${logicalKey}"`;
  for (const { key, envVar } of byok?.secretFields ?? []) {
    if (envVar !== undefined) yield `"${envVar}" stands in for "${key}"`;
  }
}

function* byokSetupFaults(spec: IntegrationSpec): Iterable<string> {
  if (!spec.supportedModes.includes('byok')) return;
  if (!/https:\/\//.test(spec.byokSetup?.setupInstructions ?? '')) yield 'the instructions name no address';
  if ((spec.byokSetup?.provisioningSteps ?? []).length < 3) yield 'there are fewer than three steps';
}

function* httpsFaults(spec: IntegrationSpec): Iterable<string> {
  if (!HTTPS.test(spec.docsUrl ?? '')) yield 'docsUrl is no https address';
  for (const transport of spec.transports ?? []) {
    const url = transport.type === 'rest' ? transport.baseUrl : undefined;
    if (url !== undefined && !HTTPS.test(url)) yield `base URL ${url} is no https address`;
  }
  if ((spec.transports ?? []).length === 0) yield 'there is no transport';
}

function* sourceFaults({ sources = [] }: IntegrationSpec, reviewedOn: string): Iterable<string> {
  if (sources.length === 0) yield 'there is no source';
  for (const { url, checkedOn, facts = '' } of sources) {
    if (!HTTPS.test(url)) yield `${url} is no https address`;
    if (facts.trim() === '') yield `${url} does not say which facts it is for`;
    const ageMs = Date.parse(reviewedOn) - Date.parse(checkedOn);
    if (!(ageMs >= 0 && ageMs < A_YEAR_MS))
      yield `${url} was read on ${checkedOn}, not in the year before ${reviewedOn}`;
  }
}

function ownField(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
