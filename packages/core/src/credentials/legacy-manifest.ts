import { listSchemaFields } from '../schema/schema-fields.ts';
import type { IntegrationOwnershipMode, IntegrationSpec } from '../spec/integration-spec.ts';
import type {
  IntegrationCredentialFieldRef,
  IntegrationCredentialManifest,
  IntegrationCredentialModeManifest,
} from './manifest.ts';

/** Derives a manifest from the two schemas and the set-up facts of a spec: one entry for each supported mode. */
export function buildLegacyCredentialManifest(spec: IntegrationSpec): IntegrationCredentialManifest {
  const modes: Partial<Record<IntegrationOwnershipMode, IntegrationCredentialModeManifest>> = {};
  for (const mode of spec.supportedModes) modes[mode] = deriveEntry(spec, mode);
  return { modes };
}

function deriveEntry(spec: IntegrationSpec, mode: IntegrationOwnershipMode): IntegrationCredentialModeManifest {
  const setup = mode === 'byok' ? spec.byokSetup : undefined;
  const setupSteps = setup?.provisioningSteps ?? (setup?.setupInstructions && [setup.setupInstructions]);
  return {
    mode,
    configFields: deriveFields(spec.configSchema.schema),
    secretFields: deriveFields(spec.secretSchema.schema),
    validationStrategy: setup === undefined ? 'static-schema' : 'byok-lifecycle',
    rotation: { supported: setup?.keyRotationSupported === true },
    ...(setupSteps ? { setupSteps: [...setupSteps] } : {}),
    ...(spec.docsUrl === undefined ? {} : { docsUrl: spec.docsUrl }),
  };
}

/** New objects for each mode, so that a change to one entry cannot reach another. */
function deriveFields(schema: unknown): IntegrationCredentialFieldRef[] {
  return listSchemaFields(schema).map((field) => ({ ...field }));
}
