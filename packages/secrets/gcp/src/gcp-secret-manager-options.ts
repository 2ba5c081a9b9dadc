import type { GcpClientOptions, GcpReplication, GcpSecretManagerClient } from './client/gcp-secret-manager-client.ts';
import { MAX_TIMEOUT_MS } from './client/run-for-caller.ts';
import { failure, type Subject } from './errors/subject.ts';
import { MAX_CURRENT_ALIAS_LENGTH } from './operations/current-alias.ts';
import type { RetireBy } from './operations/retire-version.ts';
import { isAlias } from './reference/selector.ts';

export interface GcpSecretManagerProviderOptions {
  /** Default `gcp-secret-manager`. */
  readonly id?: string;
  /** Project of references that name none. Absent: that of `clientOptions`, else that of the credentials. */
  readonly projectId?: string;
  /** A client of your own, used for every reference, regional ones included. `close` does not end it. */
  readonly client?: GcpSecretManagerClient;
  /** For the clients that the provider makes. `{ fallback: true }` speaks REST instead of gRPC. */
  readonly clientOptions?: GcpClientOptions;
  /**
   * What is different for a location's own client, such as its endpoint behind Private Service Connect. Absent: the
   * endpoint is `secretmanager.{location}.rep.googleapis.com`, or `apiEndpoint` where `clientOptions` has one.
   */
  readonly regionalClientOptions?: (location: string) => GcpClientOptions;
  /** For global secrets that `setSecret` creates. Default `{ automatic: {} }`. */
  readonly defaultReplication?: GcpReplication;
  /**
   * For secrets that `setSecret` creates: milliseconds, rounded up to seconds, for which a destroyed version can still be
   * enabled again. Google takes a day or more. Absent: destroyed at once.
   */
  readonly versionDestroyTtlMs?: number;
  /** Milliseconds for each call of the provider, all its round trips together. Default 10,000. */
  readonly timeoutMs?: number;
  /**
   * Default false: current is Google's `latest`, the version created last, also where it is disabled. True: current is
   * the newest version that is enabled; where `latest` is not, a read takes three calls instead of one.
   */
  readonly latestEnabled?: boolean;
  /**
   * Alias whose version is current, instead of `latest`. Reads of an unpinned reference read it, writes move it, and
   * `stageSecret` and `promoteSecret` exist. Every reader has to be configured alike. A secret without that alias reads
   * as `NOT_FOUND` until it is written or promoted. The alias with `-previous` behind its name keeps the version before.
   */
  readonly currentAlias?: string;
  /** Default false. True: writes retire the version that was current before, unless they ask for an overlap. */
  readonly retirePrevious?: boolean;
  /** What retiring a version means. Default `disable`, which can be undone. */
  readonly retireBy?: RetireBy;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
}

export const DEFAULT_TIMEOUT_MS = 10_000;

/** @throws {SecretProviderError} `INVALID`: these options cannot work. */
export function checkOptions(options: GcpSecretManagerProviderOptions, subject: Subject): void {
  const { currentAlias, latestEnabled, versionDestroyTtlMs, timeoutMs = DEFAULT_TIMEOUT_MS, retireBy } = options;
  const refuse = (fault: string): never => {
    throw failure(subject, 'INVALID', fault);
  };
  if (!(timeoutMs > 0 && timeoutMs <= MAX_TIMEOUT_MS)) {
    refuse(`timeoutMs must be milliseconds from above 0 to ${MAX_TIMEOUT_MS}`);
  }
  if (currentAlias !== undefined && (!isAlias(currentAlias) || currentAlias.length > MAX_CURRENT_ALIAS_LENGTH)) {
    refuse(`currentAlias must be a letter and at most ${MAX_CURRENT_ALIAS_LENGTH - 1} letters, digits, "-" and "_"`);
  }
  if (currentAlias !== undefined && latestEnabled === true) refuse('currentAlias and latestEnabled exclude each other');
  if (versionDestroyTtlMs !== undefined && !(versionDestroyTtlMs > 0 && Number.isFinite(versionDestroyTtlMs))) {
    refuse('versionDestroyTtlMs must be milliseconds above 0');
  }
  if (retireBy !== undefined && retireBy !== 'disable' && retireBy !== 'destroy') {
    refuse('retireBy must be "disable" or "destroy"');
  }
}
