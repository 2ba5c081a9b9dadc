import { type IntegrationAuthType, supportsAuthMethod } from '../auth.ts';
import { type IntegrationTransportType, supportsTransport } from '../transport.ts';
import type { IntegrationSpec } from './integration-spec.ts';

/** The specs that declare a transport of the type. One that declares no transports does not match. */
export function filterByTransport<Spec extends IntegrationSpec>(
  specs: readonly Spec[],
  type: IntegrationTransportType,
): Spec[] {
  return specs.filter((spec) => supportsTransport(spec.transports ?? [], type));
}

/** The specs that declare an auth method of the type. One that declares no auth methods does not match. */
export function filterByAuthMethod<Spec extends IntegrationSpec>(
  specs: readonly Spec[],
  type: IntegrationAuthType,
): Spec[] {
  return specs.filter((spec) => supportsAuthMethod(spec.supportedAuthMethods ?? [], type));
}

/** The specs that declare a policy for the vendor's API versions. */
export function filterVersioned<Spec extends IntegrationSpec>(specs: readonly Spec[]): Spec[] {
  return specs.filter((spec) => spec.versionPolicy !== undefined);
}

/** The specs whose tenants can bring an own key and replace it through the provider's API. */
export function filterByokRotatable<Spec extends IntegrationSpec>(specs: readonly Spec[]): Spec[] {
  return specs.filter((spec) => spec.supportedModes.includes('byok') && spec.byokSetup?.keyRotationSupported === true);
}
