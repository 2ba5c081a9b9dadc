import type { CallRow } from './call-row.ts';
import type { SecretSearch } from './search-for-secrets.ts';

/** A slot of a tenant as it was resolved. */
export interface ResolvedSlot {
  readonly tenant: string;
  readonly slot: string;
  readonly integration: string;
  readonly connectionId: string;
  readonly ownershipMode: string;
  /** Where the secret is; not the secret. */
  readonly secretRef: string;
}

/** All that the demo has to say; what `--json` prints. */
export interface DemoReport {
  /** Every call ended as expected, and no secret was printed. */
  readonly ok: boolean;
  readonly slots: readonly ResolvedSlot[];
  readonly calls: readonly CallRow[];
  /** Telemetry that the guards sent. */
  readonly telemetry: { readonly callEvents: number; readonly attemptEvents: number };
  readonly secretSearch: SecretSearch;
  /** Milliseconds until everything was up, and for all calls together. */
  readonly setUpMs: number;
  readonly callsMs: number;
}
