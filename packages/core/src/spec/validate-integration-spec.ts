import { parsePointer } from '../schema/json-pointer.ts';
import { isRecord } from '../schema/record.ts';
import { MAX_PROBLEMS, schemaCheckerOf } from '../schema/schema-checker.ts';
import type { SchemaProblem, ValidationResult } from '../schema/validation.ts';
import type { IntegrationSpec } from './integration-spec.ts';
import { fillSpecDefaults } from './prepare-spec.ts';
import { checkManifest } from './rules/credential-rules.ts';
import { checkFields } from './rules/field-rules.ts';
import { checkApiVersions, checkByokSetup, checkProvidedCapabilities } from './rules/identity-rules.ts';
import type { SoundParts, SpecRule } from './rules/report.ts';
import { checkSchemas, checkSecretSchemaCarriesNoSecret } from './rules/schema-rules.ts';
import { checkTexts } from './rules/text-rules.ts';
import { checkPlaces, checkPreferredTransport, checkVersionHeader } from './rules/transport-rules.ts';
import { checkWebhooks, checkWebhookSigning } from './rules/webhook-rules.ts';
import { specStructure } from './spec-structure.ts';

const RULES: readonly SpecRule[] = [
  checkProvidedCapabilities,
  checkByokSetup,
  checkApiVersions,
  checkPreferredTransport,
  checkVersionHeader,
  checkPlaces,
  checkWebhooks,
  checkWebhookSigning,
  checkTexts,
  checkSchemas,
  checkSecretSchemaCarriesNoSecret,
  checkFields,
  checkManifest,
];

/**
 * Checks a spec from any source, such as a JSON or YAML file: its form, and its parts against each other. Lists every
 * problem at once. The value is the spec with its defaults filled in; the same object when none were missing. Nothing
 * is frozen.
 */
export function validateIntegrationSpec(input: unknown): ValidationResult<IntegrationSpec> {
  const spec = fillSpecDefaults(input);
  const problems = schemaCheckerOf(specStructure()).listProblems(spec);
  const report = (path: string, keyword: string, message: string) => {
    problems.push({ path, keyword, message });
  };
  if (hasSoundParts(spec, problems)) {
    for (const rule of RULES) rule(spec, report);
    if (problems.length === 0 && isWhole(spec)) return { valid: true, value: spec, problems: [] };
  } else if (problems.length < MAX_PROBLEMS) {
    // With a cut list it would not be known which parts are sound.
    const parts: unknown = withoutBrokenParts(spec, problems);
    if (hasSoundParts(parts, [])) for (const rule of RULES) rule(parts, report);
  }
  return { valid: false, problems };
}

/** Whether the form of everything in it is right: the schema found nothing to say. */
function hasSoundParts(spec: unknown, problems: readonly SchemaProblem[]): spec is SoundParts {
  return isRecord(spec) && problems.length === 0;
}

/** The schema requires all of these, so nothing is missing from a spec without problems. */
function isWhole(spec: SoundParts): spec is IntegrationSpec {
  return spec.meta !== undefined;
}

function withoutBrokenParts(spec: unknown, problems: readonly SchemaProblem[]): Record<string, unknown> {
  if (!isRecord(spec)) return {};
  const broken = new Set<string>();
  for (const { path } of problems) {
    const [part] = parsePointer(path);
    if (part !== undefined) broken.add(part);
    // Cannot be judged without the part that it refers to.
    if (part === 'transports') broken.add('preferredTransport');
  }
  return Object.fromEntries(Object.entries(spec).filter(([name]) => !broken.has(name)));
}
