import { errorInfo, retryInfo, RpcError } from './rpc-error.ts';

/** Limits of a project, and of single secrets. */
export interface GcpQuotas {
  /** Default 90,000. */
  readonly accessPerMinute?: number;
  /** Default 600. */
  readonly readsPerMinute?: number;
  /** Default 600. */
  readonly writesPerMinute?: number;
  /** Versions added to one global secret in a second. Default 2. */
  readonly addsPerSecond?: number;
  /** Versions added to one regional secret in a second. Default 80. */
  readonly regionalAddsPerSecond?: number;
  /** Changes of state of one version in a second. Default 1. */
  readonly stateChangesPerSecond?: number;
}

const READS = new Set([
  'ListSecrets',
  'GetSecret',
  'ListSecretVersions',
  'GetSecretVersion',
  'GetIamPolicy',
  'TestIamPermissions',
]);
const STATE_CHANGES = new Set(['EnableSecretVersion', 'DisableSecretVersion', 'DestroySecretVersion']);
const MINUTE_MS = 60_000;
const SECOND_MS = 1000;

/**
 * Counts calls in sliding windows.
 *
 * @see https://cloud.google.com/secret-manager/quotas (read 2026-11-25)
 */
export class QuotaMeter {
  readonly #quotas: GcpQuotas;
  readonly #now: () => number;
  readonly #calls = new Map<string, number[]>();

  constructor(quotas: GcpQuotas, now: () => number) {
    this.#quotas = quotas;
    this.#now = now;
  }

  /**
   * @param subject The secret or version that the call is about.
   * @throws {RpcError} `RESOURCE_EXHAUSTED`, with the time until there is room again.
   */
  take(rpc: string, subject: string, isRegional: boolean): void {
    const { accessPerMinute = 90_000, readsPerMinute = 600, writesPerMinute = 600 } = this.#quotas;
    const { addsPerSecond = 2, regionalAddsPerSecond = 80, stateChangesPerSecond = 1 } = this.#quotas;
    if (rpc === 'AccessSecretVersion') return this.#take('access', accessPerMinute, MINUTE_MS);
    if (READS.has(rpc)) return this.#take('read', readsPerMinute, MINUTE_MS);
    if (rpc === 'AddSecretVersion') {
      this.#take(`add ${subject}`, isRegional ? regionalAddsPerSecond : addsPerSecond, SECOND_MS);
    }
    if (STATE_CHANGES.has(rpc)) this.#take(`state ${subject}`, stateChangesPerSecond, SECOND_MS);
    return this.#take('write', writesPerMinute, MINUTE_MS);
  }

  #take(metric: string, limit: number, windowMs: number): void {
    const now = this.#now();
    const recent = (this.#calls.get(metric) ?? []).filter((atMs) => atMs > now - windowMs);
    const oldest = recent[0];
    if (recent.length >= limit) {
      const waitMs = oldest === undefined ? windowMs : oldest + windowMs - now;
      const message = `Quota exceeded for quota metric '${metric.split(' ')[0]} requests' of service 'secretmanager.googleapis.com'.`;
      throw new RpcError('RESOURCE_EXHAUSTED', message, [errorInfo('RATE_LIMIT_EXCEEDED'), retryInfo(waitMs)]);
    }
    this.#calls.set(metric, [...recent, now]);
  }
}
