import type { IntegrationOwnershipMode, IntegrationSpec } from '../spec/integration-spec.ts';
import { buildLegacyCredentialManifest } from './legacy-manifest.ts';
import type { IntegrationCredentialManifest, IntegrationCredentialModeManifest } from './manifest.ts';

/** The spec's own manifest, as a whole; without one, the manifest that its schemas amount to. */
export function getIntegrationCredentialManifest(spec: IntegrationSpec): IntegrationCredentialManifest {
  return spec.credentialManifest ?? buildLegacyCredentialManifest(spec);
}

/** What a mode needs. Undefined for a mode that the spec does not support or its manifest does not describe. */
export function getIntegrationCredentialRequirements(
  spec: IntegrationSpec,
  mode: IntegrationOwnershipMode,
): IntegrationCredentialModeManifest | undefined {
  return spec.supportedModes.includes(mode) ? getIntegrationCredentialManifest(spec).modes?.[mode] : undefined;
}

/**
 * Whether the manifest has an entry for every supported mode, or the integration needs no credentials. Says nothing
 * about what the entries hold: without a manifest of its own a spec always passes. `assessCredentialCoverage` looks
 * closer.
 */
export function integrationHasCredentialCoverage(spec: IntegrationSpec): boolean {
  const manifest = getIntegrationCredentialManifest(spec);
  return manifest.exempt === true || spec.supportedModes.every((mode) => manifest.modes?.[mode] !== undefined);
}

/**
 * A spec whose manifest describes every supported mode: what its own manifest leaves out, whole modes or parts of an
 * entry, is taken from its schemas. What it says itself stays. An exempt spec is returned as it is.
 *
 * @returns A new spec, not frozen; the given one is not changed.
 */
export function withLegacyDefaults<Spec extends IntegrationSpec>(
  spec: Spec,
): Spec & { readonly credentialManifest: IntegrationCredentialManifest } {
  const own = spec.credentialManifest;
  if (own?.exempt === true) return { ...spec, credentialManifest: own };
  const derived = buildLegacyCredentialManifest(spec).modes ?? {};
  const modes: Partial<Record<IntegrationOwnershipMode, IntegrationCredentialModeManifest>> = {};
  for (const mode of spec.supportedModes) {
    modes[mode] = {
      mode,
      ...derived[mode],
      // A derived entry cannot know who would run a key lifecycle, so it claims no more than what is there.
      validationStrategy: spec.healthCheck === undefined ? 'static-schema' : 'provider-health',
      ...own?.modes?.[mode],
    };
  }
  return { ...spec, credentialManifest: { ...own, modes } };
}
