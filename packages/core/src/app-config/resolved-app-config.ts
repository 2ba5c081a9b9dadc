import type { CapabilityRef, OptionalVersionedSpecRef, SpecKeyRef, VersionedSpecRef } from '../capability.ts';
import type { ResolvedIntegration } from './binding.ts';

/**
 * What one tenant of one application runs with. The call guard reads the identity fields and `integrations`;
 * everything else is optional here and belongs to whichever framework assembles it.
 */
export interface ResolvedAppConfig {
  readonly appId: string;
  readonly tenantId: string;
  readonly environment?: string;
  readonly blueprintName: string;
  readonly blueprintVersion: string;
  readonly configVersion: string;
  readonly integrations: readonly ResolvedIntegration[];
  readonly capabilities?: { readonly enabled: readonly CapabilityRef[]; readonly disabled: readonly CapabilityRef[] };
  readonly features?: { readonly include: readonly SpecKeyRef[]; readonly exclude: readonly SpecKeyRef[] };
  readonly dataViews?: Readonly<Record<string, OptionalVersionedSpecRef>>;
  readonly workflows?: Readonly<Record<string, OptionalVersionedSpecRef>>;
  readonly jobs?: Readonly<Record<string, OptionalVersionedSpecRef>>;
  readonly policies?: readonly VersionedSpecRef[];
  readonly theme?: { readonly primary: VersionedSpecRef; readonly fallbacks?: readonly VersionedSpecRef[] };
  readonly telemetry?: {
    readonly spec?: OptionalVersionedSpecRef;
    readonly disabledEvents?: readonly string[];
    readonly samplingOverrides?: Readonly<Record<string, number>>;
  };
  readonly experiments?: {
    readonly catalog: readonly OptionalVersionedSpecRef[];
    readonly active: readonly OptionalVersionedSpecRef[];
    readonly paused: readonly OptionalVersionedSpecRef[];
  };
  readonly featureFlags?: readonly ResolvedFeatureFlag[];
  readonly routes?: readonly ResolvedRoute[];
  readonly knowledge?: readonly { readonly binding: unknown; readonly space: unknown; readonly sources: unknown }[];
  readonly translation?: ResolvedTranslation;
  readonly branding?: ResolvedBranding;
  readonly notes?: string;
}

export interface ResolvedFeatureFlag {
  readonly key: string;
  readonly enabled: boolean;
  readonly variant?: string;
  readonly description?: string;
}

export interface ResolvedRoute {
  readonly path: string;
  readonly label?: string;
  readonly dataView?: string;
  readonly workflow?: string;
  readonly guard?: VersionedSpecRef;
  readonly featureFlag?: string;
  readonly experiment?: OptionalVersionedSpecRef;
}

export interface ResolvedTranslation {
  readonly defaultLocale: string;
  readonly supportedLocales: readonly string[];
  readonly blueprintCatalog?: VersionedSpecRef;
  readonly tenantOverrides: readonly {
    readonly key: string;
    readonly locale: string;
    readonly value: string;
    readonly context?: string;
  }[];
}

export interface ResolvedBranding {
  readonly appName: string;
  readonly assets: {
    readonly logo?: string;
    readonly logoDark?: string;
    readonly favicon?: string;
    readonly ogImage?: string;
  };
  readonly colors: { readonly primary: string; readonly secondary: string };
  readonly domain: string;
}
