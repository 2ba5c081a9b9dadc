import type { OwnerShipMeta } from '@mortise/core';

/** A property of a telemetry event. */
export interface TelemetryPropertyDef {
  readonly type: 'string' | 'number' | 'boolean' | 'json' | 'timestamp';
  readonly required?: boolean;
  /** Holds personal data or content. */
  readonly pii?: boolean;
  /** Is masked before the event leaves. */
  readonly redact?: boolean;
  readonly description?: string;
}

/** One kind of event. */
export interface TelemetryEventDef {
  readonly key: string;
  readonly version: string;
  readonly semantics: { readonly who?: string; readonly what: string; readonly why?: string };
  readonly properties: Readonly<Record<string, TelemetryPropertyDef>>;
  readonly privacy: 'public' | 'internal' | 'pii' | 'sensitive';
  readonly tags?: readonly string[];
}

/** Where events go to. */
export interface TelemetryProviderConfig {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Telemetry of a part of an application, as data. */
export interface TelemetrySpec {
  readonly meta: OwnerShipMeta;
  readonly events: readonly TelemetryEventDef[];
  readonly config?: {
    readonly defaultRetentionDays?: number;
    /** From 0 to 1. */
    readonly defaultSamplingRate?: number;
    readonly providers?: readonly TelemetryProviderConfig[];
  };
}
